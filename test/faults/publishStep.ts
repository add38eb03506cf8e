import { countOfPeriod, readLatestEdition } from '../../src/catalog/editions.ts';
import { sha256 } from '../../src/catalog/hash.ts';
import { type Holder, withLease } from '../../src/catalog/leases.ts';
import { putObject } from '../../src/catalog/objects.ts';
import type { Store } from '../../src/catalog/store.ts';
import type { EditionManifest, ObjectRef } from '../../src/catalog/types.ts';
import { claimEdition, type Draft } from '../../src/publish/claimEdition.ts';
import { testSigning } from '../support/signing.ts';

/** Every process of a test signs with one key. */
export const { signer, trust } = testSigning();

/** What a build would have made: files, named, ready to be put. */
export interface Prepared {
  readonly cube: string;
  readonly files: readonly Uint8Array[];
}

/**
 * The publish step and nothing before it: lease, objects, manifest, claim. It is done again where another publisher
 * was faster, as `publishCube` does it.
 */
export async function publishStep(
  prepared: Prepared,
  editionStore: Store,
  now: () => Date,
  holder: Holder | null = thisProcess,
): Promise<EditionManifest> {
  const work = () => publishUnheld(prepared, editionStore, now);
  return holder === null
    ? work()
    : withLease(editionStore, holder, { purpose: 'write', objects: null }, work);
}

/** Only this process is alive. */
export const thisProcess: Holder = {
  host: 'here',
  own: process.pid,
  isAlive: (id) => id === process.pid,
  now: () => new Date(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

async function publishUnheld(
  { cube, files }: Prepared,
  editionStore: Store,
  now: () => Date,
): Promise<EditionManifest> {
  const refs: ObjectRef[] = [];
  for (const bytes of files) refs.push(await putObject(editionStore, bytes));
  for (;;) {
    const latest = await readLatestEdition(editionStore, cube, trust);
    if (!latest.value) throw new Error(latest.diagnostics.map(({ message }) => message).join('\n'));
    const last = latest.value.last?.manifest ?? null;
    const draft = draftOf(cube, refs);
    if (last?.inputHash === draft.inputHash) return last;
    const { value: ofPeriod } = await countOfPeriod(editionStore, cube, last, draft.period, trust);
    if (ofPeriod === undefined) throw new Error('the editions before cannot be read');
    const before = { number: latest.value.number, last, ofPeriod };
    const claimed = await claimEdition(draft, before, { editionStore, now, signer });
    if (claimed !== null) return claimed;
  }
}

function draftOf(cube: string, refs: readonly ObjectRef[]): Draft {
  const [model, ...parts] = refs;
  if (model === undefined) throw new Error('a version has a model at least');
  return {
    format: 2,
    cube,
    period: '2026M07',
    inputHash: sha256(refs.map((ref) => ref.sha256).join()),
    builder: 'test',
    engine: 'none',
    synthetic: true,
    inputs: [],
    model,
    dimensions: [],
    tables: [
      {
        source: 'star.ledighed',
        made: 'm'.repeat(64),
        dimensions: ['kommune'],
        levelColumns: [],
        periods: ['2026M07'],
        states: [{ state: 'sum_vaerdi', aggregate: 'sum', decimals: 0 }],
        parts: parts.map((file, at) => ({ partition: String(2000 + at), rows: 1, file })),
      },
    ],
    reconciliations: [],
  };
}

/** Files of the n-th version: the first is every version's, the others are its own; sizes differ. */
export function versionOf(cube: string, n: number, files: number, size: number): Prepared {
  const own = Array.from({ length: files - 1 }, (_, at) => filled(size * (at + 1), n * 1009 + at));
  return { cube, files: [filled(size, 7), ...own] };
}

/** Bytes that look like nothing, the same for the same seed. */
export function filled(length: number, seed: number): Uint8Array {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
