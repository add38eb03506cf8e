import { writeFile } from 'node:fs/promises';
import { sha256 } from '../catalog/hash.ts';
import { readReceipts } from '../catalog/receipts.ts';
import type { Store } from '../catalog/store.ts';
import type { Receipt, Snapshot, Table, Verdict } from '../catalog/types.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';
import { type CheckedSource, checkSource } from './checkSource.ts';
import { type Claim, claimRows } from './claimRows.ts';
import type { CodeLists } from './codeLookup.ts';
import { commitDelivery } from './commitDelivery.ts';
import type { Delivery } from './delivery.ts';
import { type Arrival, type PreparedSource, receiptsOf } from './prepared.ts';
import { prepareSource } from './prepareSource.ts';
import { type ReadParquet, readTable } from './readTable.ts';
import { type Reading, recognise, sourcesNamed } from './recognise.ts';
import { refusalDiagnostics, refusalSummary } from './refusals.ts';
import { rulesOf, rulesOfAll } from './rules.ts';
import type { TextTable } from './textTable.ts';

export interface IngestContext extends CodeLists {
  readonly sources: readonly Source[];
  /** `data/snapshots`. */
  readonly store: Store;
  /** Writes a table as one Parquet file whose bytes depend only on it. */
  readonly writeTable: (table: Table, path: string) => Promise<void>;
  readonly readForeignParquet: (path: string) => Promise<Table>;
  readonly now: () => Date;
}

export interface IngestResult {
  readonly verdict: Verdict;
  /** True where this very delivery is recorded, under these rules: nothing was done. */
  readonly alreadyReceived: boolean;
  /** The receipt written, or the one that recorded the delivery before; null where the store is damaged. */
  readonly receipt: Receipt | null;
  /** What the delivery gave, in the order of the sources. */
  readonly snapshots: readonly Snapshot[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A delivery to snapshots: recognise -> claim rows -> check -> write -> commit. `only` is the contract that
 * somebody named. Whatever is wrong with the delivery is a diagnostic, and in its receipt; what is thrown is
 * the store's or the engine's fault.
 */
export async function ingestDelivery(
  delivery: Delivery,
  context: IngestContext,
  only: Source | null = null,
): Promise<IngestResult> {
  const recorded = await readReceipts(context.store);
  if (hasErrors(recorded.diagnostics)) return damaged(recorded.diagnostics);
  const arrival = arrivalOf(delivery, context, only);
  const before = receiptsOf(recorded.value ?? [], arrival);
  const same = before.find(({ rules }) => rules === arrival.rules);
  if (same !== undefined) return already(same);

  const read = await readDelivery(delivery, context, only);
  const synthetic = delivery.synthetic || read.readings.some(hasSyntheticMark);
  const checked = read.claims
    .filter(({ claim }) => claim.rows.length > 0 && !isJudged(before, claim.source, context))
    .map(({ table, claim }) => checkSource(table, claim, context));
  const sources: PreparedSource[] = [];
  for (const one of checked)
    sources.push(await prepareSource(one, synthetic, context.store, context.writeTable));

  const messages = [...read.diagnostics.map(toMessage), ...checked.flatMap(messagesOf)];
  const committed = await commitDelivery({ arrival, synthetic, sources, messages }, context.store);
  if (committed.value === undefined) return damaged(committed.diagnostics);
  const { receipt, isNew, snapshots } = committed.value;
  if (!isNew) return already(receipt);
  const said = checked.flatMap(({ refusals, notices }) => [
    ...refusalDiagnostics(delivery.label, refusals),
    ...notices,
  ]);
  const diagnostics = [...read.diagnostics, ...said, ...committed.diagnostics];
  return { verdict: receipt.verdict, alreadyReceived: false, receipt, snapshots, diagnostics };
}

const damaged = (diagnostics: readonly Diagnostic[]): IngestResult => ({
  verdict: 'refused',
  alreadyReceived: false,
  receipt: null,
  snapshots: [],
  diagnostics,
});

const already = (receipt: Receipt): IngestResult => ({
  verdict: receipt.verdict,
  alreadyReceived: true,
  receipt,
  snapshots: [],
  diagnostics: [],
});

function arrivalOf(
  { name, label, bytes, received, sender }: Delivery,
  context: IngestContext,
  only: Source | null,
): Arrival {
  return {
    name,
    label,
    sha256: sha256(bytes),
    size: bytes.length,
    received: received ?? context.now().toISOString(),
    isTimeKnown: received !== null,
    sender,
    rules: rulesOfAll(sourcesNamed(name, context.sources, only), context),
  };
}

/** Where another contract of the file has changed, what this one said of the delivery stands. */
const isJudged = (before: readonly Receipt[], source: Source, lists: CodeLists): boolean => {
  const rules = rulesOf(source, lists);
  return before.some((receipt) =>
    receipt.sources.some((one) => one.source === source.id && one.rules === rules),
  );
};

interface ReadDelivery {
  readonly readings: readonly Reading[];
  readonly claims: readonly { readonly table: TextTable; readonly claim: Claim }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The rows of a delivery by source; none where something is wrong with the whole of it. */
async function readDelivery(
  delivery: Delivery,
  context: IngestContext,
  only: Source | null,
): Promise<ReadDelivery> {
  const recognised = await recognise(delivery, context.sources, only, (format) =>
    readTable(delivery.label, delivery.bytes, format, readParquetWith(context)),
  );
  const readings = recognised.value ?? [];
  const claimed = readings.map(({ table, sources }) => ({ table, ...claimRows(table, sources) }));
  const diagnostics = [...recognised.diagnostics, ...claimed.flatMap((one) => one.diagnostics)];
  const claims = claimed.flatMap(({ table, claims }) => claims.map((claim) => ({ table, claim })));
  return { readings, claims: hasErrors(diagnostics) ? [] : claims, diagnostics };
}

/** An engine reads files, so the bytes become one for as long as it takes. */
const readParquetWith =
  ({ store, readForeignParquet }: IngestContext): ReadParquet =>
  (bytes) =>
    store.withTemporary('.parquet', async (path) => {
      await writeFile(path, bytes);
      return readForeignParquet(path);
    });

/** Made-up figures say so themselves, so that the mark holds where a receipt is lost or left out. */
function hasSyntheticMark({ table, sources }: Reading): boolean {
  return sources.some(({ file: { synthetic } }) => {
    const at = synthetic === null ? -1 : table.header.indexOf(synthetic.column);
    return at >= 0 && table.rows.some((row) => row[at]?.includes(synthetic?.contains ?? ''));
  });
}

/** Hints stay behind: they may hold values of the delivery. */
const toMessage = ({ code, severity, message }: Diagnostic): Receipt['messages'][number] => ({
  code,
  severity,
  text: message,
});

const messagesOf = ({ rows, refusals, notices }: CheckedSource): Receipt['messages'] => [
  ...refusalSummary(refusals).map(({ code, text }) => ({
    code,
    severity: 'error',
    text: `${rows.source.id}: ${text}`,
  })),
  ...notices.map(toMessage),
];
