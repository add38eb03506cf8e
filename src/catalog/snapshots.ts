import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { sha256 } from './hash.ts';
import { appendNumbered, manifestPath, type Numbered, readNumbered, type Series } from './numbered.ts';
import { objectRefShape, orNull, type Shape } from './shape.ts';
import type { Store } from './store.ts';
import type { Receipt, Snapshot } from './types.ts';

const shape: Shape = {
  format: 'number',
  source: 'text',
  number: 'number',
  receipt: 'number',
  received: 'text',
  contract: 'text',
  synthetic: 'yes_no',
  periods: [{ period: 'text', rows: 'number' }],
  rows: 'number',
  file: objectRefShape,
  content: 'text',
  refused: 'number',
  quarantine: orNull(objectRefShape),
  checks: [{ check: 'text', outcome: 'text', text: 'text' }],
};

const seriesOf = (source: string): Series => ({ folder: source, digits: 1, shape });

/**
 * The snapshots of a source, oldest first: those that a receipt names, by the hash it gives. A manifest that
 * no receipt names was written by a run that was killed before its receipt; it is nothing.
 */
export async function readSnapshots(
  store: Store,
  source: string,
  receipts: readonly Receipt[],
): Promise<Checked<readonly Snapshot[]>> {
  const named = receipts
    .flatMap((receipt) => receipt.snapshots)
    .filter((snapshot) => snapshot.source === source);
  if (named.length === 0) return { value: [], diagnostics: [] };
  const written = new Map((await readWritten(store, source)).map((one) => [one.number, one]));
  const value: Snapshot[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { number, sha256: expected } of named) {
    const found = written.get(number);
    if (found !== undefined && sha256(found.bytes) === expected) value.push(found.value);
    else diagnostics.push(damaged(store, source, number));
  }
  return { value, diagnostics };
}

/**
 * Writes the snapshot that a receipt is going to name. Where a killed run has left the very same manifest it
 * is taken instead, so that a run that is done again gives what it would have given.
 */
export async function appendSnapshot(
  store: Store,
  receipts: readonly Receipt[],
  snapshot: Omit<Snapshot, 'format' | 'number'>,
): Promise<Numbered<Snapshot>> {
  const { source } = snapshot;
  const make = (number: number): Snapshot => ({ ...snapshot, format: 1, number });
  const named = new Set(
    receipts.flatMap((receipt) =>
      receipt.snapshots.filter((one) => one.source === source).map((one) => one.number),
    ),
  );
  const leftover = (await readWritten(store, source)).find(
    ({ number, bytes }) => !named.has(number) && sha256(bytes) === sha256(canonicalBytes(make(number))),
  );
  if (leftover !== undefined) return leftover;
  const written = await appendNumbered<Snapshot>(store, seriesOf(source), make);
  invariant(written !== null, 'a snapshot is always made');
  return written;
}

/** Manifests that lie there and can be read, whether a receipt names them or not. */
export const writtenSnapshots = async (store: Store, source: string): Promise<readonly Snapshot[]> =>
  (await readWritten(store, source)).map(({ value }) => value);

/** Damage here is told of where a receipt names what is damaged. */
const readWritten = async (store: Store, source: string): Promise<readonly Numbered<Snapshot>[]> =>
  (await readNumbered<Snapshot>(store, seriesOf(source))).value ?? [];

const damaged = (store: Store, source: string, number: number): Diagnostic =>
  diagnostic(
    'manifest-damaged',
    `The manifest ${store.name}/${manifestPath(seriesOf(source), number)} is not what its receipt says.`,
    { hint: 'restore the file from a backup; until then nothing new is added after it' },
  );
