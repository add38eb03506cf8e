import { publishedCubes, readEditions } from '../../src/catalog/editions.ts';
import type { Memory } from '../../src/catalog/seen.ts';
import { standingOf } from '../../src/catalog/shelf.ts';
import type { Store } from '../../src/catalog/store.ts';
import { verifyFiles } from '../../src/serve/verify.ts';
import { trust } from './publishStep.ts';

export interface Soundness {
  /** Sentences; none where all is well. */
  readonly problems: readonly string[];
  /** Cube to the numbers of its editions. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
}

const forgetful: Memory = {
  recall: async () => ({ value: null, diagnostics: [] }),
  remember: async () => [],
};

/** A claim of a wrong clock is refused, and that is right. */
const ofClocks: ReadonlySet<string> = new Set(['claim-expired', 'claim-ahead']);

/**
 * Opens a store as a stranger does: every edition of every cube, its number, its chain, what is said
 * to be the newest, and all its files.
 */
export async function soundnessOf(
  editionStore: Store,
  snapshotStore: Store = editionStore,
): Promise<Soundness> {
  const problems: string[] = [];
  const numbers = new Map<string, readonly number[]>();
  const verified = new Set<string>();
  for (const cube of await publishedCubes(editionStore)) {
    const read = await readEditions(editionStore, cube, trust);
    problems.push(...read.diagnostics.map(({ message }) => message));
    const editions = read.value ?? [];
    numbers.set(
      cube,
      editions.map(({ number }) => number),
    );
    if (editions.some(({ number }, at) => number !== at + 1)) problems.push(`${cube} has a gap`);
    const shelf = { store: editionStore, trust, memory: forgetful, now: new Date() };
    const { wrong, wrongRetractions, unclaimed } = await standingOf(shelf, cube);
    const said = [...wrong, ...wrongRetractions, ...unclaimed];
    problems.push(...said.filter(({ code }) => !ofClocks.has(code)).map(({ message }) => message));
    for (const manifest of editions) {
      const { value } = await verifyFiles(manifest, { editionStore, snapshotStore, verified });
      problems.push(...value.problems);
    }
  }
  return { problems, numbers };
}
