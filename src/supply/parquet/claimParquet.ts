import type { Source } from '../../model/types.ts';
import { type ClaimedTable, decidingColumns } from '../claimRows.ts';
import type { DeliveredParquet } from '../textTable.ts';
import { allRows, type ParquetEngine } from './questions.ts';

/** The rows of a Parquet file as far as contracts tell them apart: each different one once, with its weight. */
export async function claimedParquet(
  { label, path }: DeliveredParquet,
  sources: readonly Source[],
  engine: ParquetEngine,
): Promise<ClaimedTable> {
  const header = [...new Set(sources.flatMap(decidingColumns))];
  const rows = await allRows(engine.ask({ kind: 'combinations', file: path, columns: header }));
  return {
    file: label,
    header,
    rows: rows.map((row) => row.slice(0, header.length).map((text) => String(text ?? ''))),
    lines: rows.map((row) => Number(row[header.length + 1])),
    weights: rows.map((row) => Number(row[header.length])),
  };
}

/** Different texts of one column. */
export async function textsOf(
  { path }: DeliveredParquet,
  column: string,
  engine: ParquetEngine,
): Promise<readonly string[]> {
  const rows = await allRows(engine.ask({ kind: 'combinations', file: path, columns: [column] }));
  return rows.map(([text]) => String(text ?? ''));
}
