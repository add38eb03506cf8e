import { hashStream } from '../catalog/hash.ts';
import { readReceipts } from '../catalog/receipts.ts';
import type { Store } from '../catalog/store.ts';
import type { ObjectRef, Receipt, Snapshot, Table, Verdict } from '../catalog/types.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';
import { type CheckedSource, checkSource } from './checkSource.ts';
import { type Claim, type Claims, claimRows } from './claimRows.ts';
import type { CodeLists } from './codeLookup.ts';
import { commitDelivery } from './commitDelivery.ts';
import type { Delivery } from './delivery.ts';
import { claimedParquet, textsOf } from './parquet/claimParquet.ts';
import { prepareParquet } from './parquet/prepareParquet.ts';
import type { ParquetEngine } from './parquet/questions.ts';
import { type NewFile, withTemporaries } from './parquet/temporaries.ts';
import { type Arrival, type PreparedPart, receiptsOf } from './prepared.ts';
import { prepareSource } from './prepareSource.ts';
import { isReadable, unreadable } from './readParquet.ts';
import { readTable } from './readTable.ts';
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
  /** What is asked about Parquet deliveries. */
  readonly parquet: ParquetEngine;
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
  const arrival = arrivalOf(delivery, await hashStream(delivery.open()), context, only);
  const before = receiptsOf(recorded.value ?? [], arrival);
  const same = before.find(({ rules }) => rules === arrival.rules);
  if (same !== undefined) return already(same);

  return withTemporaries(context.store, async (newFile) => {
    const read = await readDelivery(delivery, arrival, context, only, newFile);
    const { synthetic, parts, faults } = await prepare(delivery, read, before, context, newFile);
    const found = [...read.diagnostics, ...faults];
    const messages = [...found.map(toMessage), ...parts.flatMap(messagesOf)];
    const sources = parts.map(({ prepared }) => prepared);
    const committed = await commitDelivery({ arrival, synthetic, sources, messages }, context.store);
    if (committed.value === undefined) return damaged(committed.diagnostics);
    const { receipt, isNew, snapshots } = committed.value;
    if (!isNew) return already(receipt);
    const diagnostics = [...found, ...parts.flatMap(({ said }) => said), ...committed.diagnostics];
    return { verdict: receipt.verdict, alreadyReceived: false, receipt, snapshots, diagnostics };
  });
}

interface Prepared {
  readonly synthetic: boolean;
  readonly parts: readonly PreparedPart[];
  readonly faults: readonly Diagnostic[];
}

/** Checks the sources of a delivery, and writes the files of what is taken. */
async function prepare(
  delivery: Delivery,
  { readings, claims }: ReadDelivery,
  before: readonly Receipt[],
  context: IngestContext,
  newFile: NewFile,
): Promise<Prepared> {
  const parts: PreparedPart[] = [];
  try {
    const synthetic = delivery.synthetic || (await someAsync(readings, hasSyntheticMark(context.parquet)));
    for (const { table, claim } of claims) {
      if (claim.rows.length === 0 || isJudged(before, claim.source, context)) continue;
      parts.push(
        table.parquet === undefined
          ? await prepareRows(checkSource(table, claim, context), delivery.label, synthetic, context)
          : await prepareParquet(claim.source, table.parquet, synthetic, context, newFile),
      );
    }
    return { synthetic, parts, faults: [] };
  } catch (error) {
    // A file that breaks off in some page is the supplier's fault; everything else is ours or the disk's.
    for (const { table } of readings) {
      if (table.parquet === undefined || (await isReadable(table.parquet, context.parquet))) continue;
      return { synthetic: delivery.synthetic, parts: [], faults: [unreadable(delivery.label)] };
    }
    throw error;
  }
}

async function prepareRows(
  checked: CheckedSource,
  label: string,
  synthetic: boolean,
  { store, writeTable }: IngestContext,
): Promise<PreparedPart> {
  const { refusals, notices } = checked;
  return {
    prepared: await prepareSource(checked, synthetic, store, writeTable),
    summary: refusalSummary(refusals),
    notices,
    said: [...refusalDiagnostics(label, refusals), ...notices],
  };
}

async function someAsync<T>(
  items: readonly T[],
  holds: (item: T) => Promise<boolean> | boolean,
): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true;
  return false;
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
  { name, label, received, sender }: Delivery,
  { sha256, size }: ObjectRef,
  context: IngestContext,
  only: Source | null,
): Arrival {
  return {
    name,
    label,
    sha256,
    size,
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
  { sha256 }: Arrival,
  context: IngestContext,
  only: Source | null,
  newFile: NewFile,
): Promise<ReadDelivery> {
  const recognised = await recognise(delivery, context.sources, only, (format) =>
    readTable(delivery, sha256, format, context.parquet, newFile),
  );
  const readings = recognised.value ?? [];
  const claimed: ({ readonly table: TextTable } & Claims)[] = [];
  for (const { table, sources } of readings) {
    const rows =
      table.parquet === undefined ? table : await claimedParquet(table.parquet, sources, context.parquet);
    claimed.push({ table, ...claimRows(rows, sources) });
  }
  const diagnostics = [...recognised.diagnostics, ...claimed.flatMap((one) => one.diagnostics)];
  const claims = claimed.flatMap(({ table, claims }) => claims.map((claim) => ({ table, claim })));
  return { readings, claims: hasErrors(diagnostics) ? [] : claims, diagnostics };
}

/** Made-up figures say so themselves, so that the mark holds where a receipt is lost or left out. */
const hasSyntheticMark =
  (engine: ParquetEngine) =>
  ({ table, sources }: Reading): Promise<boolean> =>
    someAsync(sources, async ({ file: { synthetic } }) => {
      const at = synthetic === null ? -1 : table.header.indexOf(synthetic.column);
      if (at < 0 || synthetic === null) return false;
      const texts =
        table.parquet === undefined
          ? table.rows.map((row) => row[at] ?? '')
          : await textsOf(table.parquet, synthetic.column, engine);
      return texts.some((text) => text.includes(synthetic.contains));
    });

/** Hints stay behind: they may hold values of the delivery. */
const toMessage = ({ code, severity, message }: Diagnostic): Receipt['messages'][number] => ({
  code,
  severity,
  text: message,
});

const messagesOf = ({ prepared, summary, notices }: PreparedPart): Receipt['messages'] => [
  ...summary.map(({ code, text }) => ({ code, severity: 'error', text: `${prepared.source.id}: ${text}` })),
  ...notices.map(toMessage),
];
