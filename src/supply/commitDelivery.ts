import { sha256 } from '../catalog/hash.ts';
import { claimReceipt, readReceipts } from '../catalog/receipts.ts';
import { appendSnapshot, readSnapshots } from '../catalog/snapshots.ts';
import { compareReceipt, currentParts } from '../catalog/sourceState.ts';
import type { Store } from '../catalog/store.ts';
import type { Receipt, Snapshot, Verdict } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { type PreparedDelivery, type PreparedSource, receiptsOf } from './prepared.ts';

/** What became of a delivery. */
export interface Committed {
  /** The receipt written, or, with `isNew` false, the one that another run wrote meanwhile. */
  readonly receipt: Receipt;
  readonly isNew: boolean;
  readonly snapshots: readonly Snapshot[];
}

/**
 * Makes a prepared delivery part of the store, or none of it:
 *
 *   objects (by `prepareSource`) -> a manifest per snapshot, naming the receipt to come -> the receipt
 *
 * The receipt names each snapshot by number and hash, and only what a receipt names is read. A run that is
 * killed before the receipt has done nothing; run again it finds its objects by their hash and its manifests
 * by their bytes, and ends as if it had not been killed. Where another process takes the receipt's number
 * first, everything is decided again on the new state: the manifests that were written stay behind, unnamed.
 */
export async function commitDelivery(prepared: PreparedDelivery, store: Store): Promise<Checked<Committed>> {
  for (;;) {
    const recorded = await readReceipts(store);
    const receipts = recorded.value ?? [];
    if (hasErrors(recorded.diagnostics)) return { diagnostics: recorded.diagnostics };
    const before = receiptsOf(receipts, prepared.arrival);
    const same = before.find(({ rules }) => rules === prepared.arrival.rules);
    if (same !== undefined) return { value: { receipt: same, isNew: false, snapshots: [] }, diagnostics: [] };
    const decided = await decide(prepared, store, receipts, before.length > 0);
    if (decided.value === undefined) return { diagnostics: decided.diagnostics };
    const written = await write(prepared, decided.value, decided.diagnostics, store, receipts);
    if (written !== null) return { value: written, diagnostics: decided.diagnostics };
  }
}

interface Decided extends PreparedSource {
  readonly verdict: Verdict;
}

/** What each source gets, seen from what the store holds now. */
async function decide(
  { arrival, sources, synthetic }: PreparedDelivery,
  store: Store,
  receipts: readonly Receipt[],
  isJudgedAgain: boolean,
): Promise<Checked<readonly Decided[]>> {
  const value: Decided[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const one of sources) {
    const read = await readSnapshots(store, one.source.id, receipts);
    if (hasErrors(read.diagnostics)) return { diagnostics: read.diagnostics };
    const snapshots = read.value ?? [];
    if (one.snapshot === null) {
      value.push({ ...one, verdict: 'refused' });
    } else if (isKnown(one, snapshots, arrival.received, synthetic)) {
      value.push({ ...one, snapshot: null, verdict: 'nothing_new' });
    } else {
      value.push({ ...one, verdict: 'accepted' });
      const newest = [...snapshots].sort(compareReceipt).at(-1);
      if (!isJudgedAgain && newest !== undefined && newest.received > arrival.received) {
        diagnostics.push(late(arrival.label, one.source.id, newest));
      }
    }
  }
  return { value, diagnostics };
}

/**
 * True where the source held just this, by this contract, when the delivery came. Only the newest content
 * counts: a return to what it was before (A, B, A) is a change like any other.
 */
function isKnown(
  { source, snapshot }: PreparedSource,
  snapshots: readonly Snapshot[],
  received: string,
  synthetic: boolean,
): boolean {
  const then = snapshots.filter((one) => one.received <= received);
  return currentParts(then, source).some(
    ({ snapshot: held, periods }) =>
      periods === null &&
      held.content === snapshot?.content &&
      held.contract === snapshot.contract &&
      held.synthetic === synthetic,
  );
}

const late = (file: string, source: string, newest: Snapshot): Diagnostic =>
  diagnostic('late-receipt', `${source} has a delivery received ${newest.received}, after this one.`, {
    place: { file, row: 1 },
    hint: 'this one is kept, and changes nothing that the newer one says',
  });

/** Null where another process has taken the number of the receipt. */
async function write(
  { arrival, synthetic, messages }: PreparedDelivery,
  decided: readonly Decided[],
  diagnostics: readonly Diagnostic[],
  store: Store,
  receipts: readonly Receipt[],
): Promise<Committed | null> {
  const written = [];
  for (const { snapshot } of decided) {
    if (snapshot === null) continue;
    const manifest = { ...snapshot, receipt: receipts.length + 1, received: arrival.received };
    written.push(await appendSnapshot(store, receipts, manifest));
  }
  const receipt = await claimReceipt(store, receipts, {
    file: arrival.name,
    sha256: arrival.sha256,
    size: arrival.size,
    received: arrival.received,
    sender: arrival.sender,
    synthetic,
    verdict: verdictOf(decided),
    rules: arrival.rules,
    sources: decided.map(({ received, verdict }) => ({ ...received, verdict })),
    snapshots: written.map(({ number, bytes, value }) => ({
      source: value.source,
      number,
      sha256: sha256(bytes),
    })),
    messages: [
      ...messages,
      ...diagnostics.map(({ code, severity, message }) => ({ code, severity, text: message })),
    ],
  });
  return receipt && { receipt, isNew: true, snapshots: written.map(({ value }) => value) };
}

/** Something taken makes a delivery accepted; nothing taken and something refused makes it refused. */
function verdictOf(decided: readonly Decided[]): Verdict {
  const verdicts = decided.map(({ verdict }) => verdict);
  if (verdicts.includes('accepted')) return 'accepted';
  return verdicts.includes('refused') || verdicts.length === 0 ? 'refused' : 'nothing_new';
}
