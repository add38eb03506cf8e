import { sha256 } from '../../catalog/hash.ts';
import { adoptFile } from '../../catalog/objects.ts';
import type { Store } from '../../catalog/store.ts';
import type { ReceivedSource } from '../../catalog/types.ts';
import type { Source } from '../../model/types.ts';
import { everyRowWhole, tooManyRefused } from '../checkSource.ts';
import { refusedResult } from '../checks/check.ts';
import { keptChecks } from '../checks/index.ts';
import type { CodeLists } from '../codeLookup.ts';
import type { PreparedPart } from '../prepared.ts';
import { groupDiagnostics, groupSummary } from '../refusals.ts';
import { rulesOf } from '../rules.ts';
import type { DeliveredParquet } from '../textTable.ts';
import { factsOf } from './facts.ts';
import { listTexts } from './listTexts.ts';
import { allRows, numberOf, type ParquetEngine } from './questions.ts';
import { readingOf, type SourceReading } from './reading.ts';
import { readRefused } from './refused.ts';
import { nothingRefused, type Tally, tallyRefusals } from './tally.ts';
import type { NewFile } from './temporaries.ts';

export interface ParquetContext extends CodeLists {
  readonly store: Store;
  readonly parquet: ParquetEngine;
}

/**
 * Checks the rows of a source in a Parquet file, and writes the files of what is taken into the store. An engine
 * does what goes over all rows: listing texts -> keys that name several rows -> refusals -> quarantine ->
 * snapshot -> what is odd about it. The words are those of `checkSource`.
 */
export async function prepareParquet(
  source: Source,
  delivered: DeliveredParquet,
  synthetic: boolean,
  context: ParquetContext,
  newFile: NewFile,
): Promise<PreparedPart> {
  const { store, parquet } = context;
  const reading = await listTexts(
    source,
    readingOf(source, delivered.path, delivered.table),
    context,
    parquet,
    newFile,
  );
  const total = await numberOf(parquet.ask({ kind: 'rows', reading }));
  const refusals = await writeRefusals(reading, parquet, newFile);
  const quarantineFile = await newFile('.csv');
  const tally: Tally =
    refusals === null
      ? nothingRefused(source)
      : await tallyRefusals(source, readRefused(parquet, source, refusals), quarantineFile);
  const quarantine = refusals === null ? null : await adoptFile(store, quarantineFile);
  const isAccepted = tally.refused * 2 <= total;
  const { label: file } = delivered;
  const checked = { source, file, lists: context };
  const written = isAccepted ? await writeSnapshot(source, reading, refusals, context, newFile) : null;
  const looked = written === null ? [] : keptChecks.map((check) => check(checked, written.facts));
  const notices = [
    ...(isAccepted ? [] : [tooManyRefused(file, source.id, tally.refused, total)]),
    ...looked.flatMap(({ warnings }) => warnings),
  ];
  const received: ReceivedSource = {
    source: source.id,
    verdict: isAccepted ? 'accepted' : 'refused',
    rules: rulesOf(source, context),
    rows: total,
    refused: tally.refused,
    quarantine,
  };
  const snapshot = written && {
    source: source.id,
    contract: source.contract,
    synthetic,
    periods: written.periods,
    rows: written.rows,
    file: await adoptFile(store, written.path),
    content: written.content,
    refused: tally.refused,
    quarantine,
    checks: [
      refusedResult('row-shape', { rows: 0, first: 0 }, everyRowWhole),
      ...tally.checks,
      ...looked.map(({ result }) => result),
    ],
  };
  return {
    prepared: { source, received, snapshot },
    summary: groupSummary(tally.groups),
    notices,
    said: [...groupDiagnostics(file, tally.groups), ...notices],
  };
}

/** The file that refusals were written to; null where there are none. */
async function writeRefusals(
  reading: SourceReading,
  parquet: ParquetEngine,
  newFile: NewFile,
): Promise<string | null> {
  const hasDuplicates = (await numberOf(parquet.ask({ kind: 'duplicates', reading }))) > 0;
  const path = await newFile('.parquet');
  const rows = await parquet.write({ kind: 'refusals', reading, hasDuplicates }, path);
  return rows === 0 ? null : path;
}

async function writeSnapshot(
  source: Source,
  reading: SourceReading,
  refusals: string | null,
  { parquet }: ParquetContext,
  newFile: NewFile,
) {
  const path = await newFile('.parquet');
  const rows = await parquet.write({ kind: 'snapshot', reading, refusals }, path);
  const read = await factsOf(source, reading, refusals, { file: path, rows }, parquet);
  return { path, rows, ...read, content: await contentOf(path, rows, parquet) };
}

/** What the rows say, in whatever order; where they stood in the delivery is no part of it. */
async function contentOf(file: string, rows: number, parquet: ParquetEngine): Promise<string> {
  const { columns } = await parquet.describe(file);
  const named = columns.filter(({ name }) => name !== '_row');
  const sums = await allRows(parquet.ask({ kind: 'content', file, columns: named.map(({ name }) => name) }));
  return sha256(JSON.stringify([rows, named, sums]));
}
