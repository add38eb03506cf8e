import type { ForeignTable, Table } from '../../catalog/types.ts';
import type { SourceReading } from './reading.ts';

/** What is asked of an engine about a delivered Parquet file; each comes to one statement. */
export type ParquetQuestion =
  /** Every value of every column, added up to one row of hashes: fails where the file cannot be read to its end. */
  | { readonly kind: 'readable'; readonly file: string; readonly columns: readonly string[] }
  /** Different combinations of texts of some columns of the file: texts, rows, first row. In order of first row. */
  | { readonly kind: 'combinations'; readonly file: string; readonly columns: readonly string[] }
  /** Different texts of a column that this program has to read: text. */
  | { readonly kind: 'texts'; readonly reading: SourceReading; readonly column: number }
  /** Rows of the source: number. */
  | { readonly kind: 'rows'; readonly reading: SourceReading }
  /** Keys that name several rows: number. */
  | { readonly kind: 'duplicates'; readonly reading: SourceReading }
  /** Everything that is wrong with a row: row, column or -1, code, reason, hint, other row. In no order. */
  | { readonly kind: 'refusals'; readonly reading: SourceReading; readonly hasDuplicates: boolean }
  /** The same from the file that they were written to, in order of row. */
  | { readonly kind: 'refused'; readonly file: string }
  /** The rows that are kept, as the table of a snapshot. `refusals` is the file that refusals were written to. */
  | { readonly kind: 'snapshot'; readonly reading: SourceReading; readonly refusals: string | null }
  /** Texts in no list, of rows that are kept: text, rows, first row. In order of first row. */
  | {
      readonly kind: 'unmapped';
      readonly reading: SourceReading;
      readonly column: number;
      readonly refusals: string | null;
    }
  /** Different combinations of some columns of a snapshot: texts, rows, first `_row`. In order of first row. */
  | { readonly kind: 'groups'; readonly file: string; readonly columns: readonly string[] }
  /** Two sums of hashes over the rows of a snapshot, whatever their order. */
  | { readonly kind: 'content'; readonly file: string; readonly columns: readonly string[] };

export type AnswerRow = readonly (string | bigint | null)[];

/** An engine as supply needs it. Files are named by path, and only those that it was given are read. */
export interface ParquetEngine {
  /** Throws where the file cannot be read. */
  readonly describe: (path: string) => Promise<ForeignTable>;
  /** Rows of an answer, some at a time. */
  readonly ask: (question: ParquetQuestion) => AsyncIterable<readonly AnswerRow[]>;
  /** Writes an answer as a Parquet file; gives its number of rows. */
  readonly write: (question: ParquetQuestion, path: string) => Promise<number>;
  readonly writeTable: (table: Table, path: string) => Promise<void>;
}

/** All rows of an answer that is known to be small. */
export async function allRows(answer: AsyncIterable<readonly AnswerRow[]>): Promise<AnswerRow[]> {
  const rows: AnswerRow[] = [];
  for await (const batch of answer) rows.push(...batch);
  return rows;
}

/** The one number that an answer is. */
export async function numberOf(answer: AsyncIterable<readonly AnswerRow[]>): Promise<number> {
  return Number((await allRows(answer))[0]?.[0] ?? 0);
}
