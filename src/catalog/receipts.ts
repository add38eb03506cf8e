import type { Checked } from '../diagnostics/diagnostic.ts';
import { brokenLinks } from './chain.ts';
import { sha256 } from './hash.ts';
import { claimNumber, manifestPath, readNumbered, type Series } from './numbered.ts';
import { objectRefShape, orNull } from './shape.ts';
import type { Store } from './store.ts';
import type { Receipt } from './types.ts';

const series: Series = {
  folder: 'receipts',
  digits: 1,
  shape: {
    format: 'number',
    number: 'number',
    file: 'text',
    sha256: 'text',
    size: 'number',
    received: 'text',
    sender: orNull('text'),
    synthetic: 'yes_no',
    previous: orNull('text'),
    verdict: 'text',
    rules: 'text',
    sources: [
      {
        source: 'text',
        verdict: 'text',
        rules: 'text',
        rows: 'number',
        refused: 'number',
        quarantine: orNull(objectRefShape),
      },
    ],
    snapshots: [{ source: 'text', number: 'number', sha256: 'text' }],
    messages: [{ code: 'text', severity: 'text', text: 'text' }],
  },
};

/** All receipts, oldest first. Each names the one before it by hash, so that none can be exchanged in silence. */
export async function readReceipts(store: Store): Promise<Checked<readonly Receipt[]>> {
  const read = await readNumbered<Receipt>(store, series);
  const receipts = read.value ?? [];
  const diagnostics = [...read.diagnostics, ...brokenLinks(store, series, receipts)];
  return { value: receipts.map(({ value }) => value), diagnostics };
}

/**
 * Writes the receipt that comes after `receipts`; false if another process has written one meanwhile.
 * This is the commit point of a delivery: its snapshots are visible once it is there.
 */
export async function claimReceipt(
  store: Store,
  receipts: readonly Receipt[],
  make: Omit<Receipt, 'format' | 'number' | 'previous'>,
): Promise<Receipt | null> {
  const number = receipts.length + 1;
  const before = number === 1 ? null : await store.read(manifestPath(series, number - 1));
  const receipt: Receipt = { ...make, format: 1, number, previous: before && sha256(before) };
  return (await claimNumber(store, series, number, receipt))?.value ?? null;
}
