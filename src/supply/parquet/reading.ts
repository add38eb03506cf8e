import type { ForeignColumn, ForeignTable } from '../../catalog/types.ts';
import type { Expression } from '../../formula/expression.ts';
import type { Source, SourceColumn } from '../../model/types.ts';

/**
 * How the rows of one source are read from a delivered Parquet file, for an engine to do: millions of rows never
 * become values of this program. What only this program can read (codes and names, periods, odd spellings) it
 * reads once for each different text, and gives back as a listing that the rows are joined with.
 */
export interface SourceReading {
  /** Path of the file. */
  readonly file: string;
  /** Which rows are the source's, by the texts of the file's columns; null for all. */
  readonly rows: Expression | null;
  readonly columns: readonly ReadColumn[];
  readonly key: readonly string[];
}

export interface ReadColumn {
  readonly column: SourceColumn;
  /** How the file holds it; null for a period that no column gives. */
  readonly held: ForeignColumn | null;
  /** An engine reads most of its values by itself; only texts that it cannot read are listed. */
  readonly isDirect: boolean;
  readonly decimal: '.' | ',';
  readonly listing: Listing;
}

/** Texts as this program read them: Parquet files with the columns of `listingColumns`. */
export interface Listing {
  readonly files: readonly string[];
  readonly hasProblems: boolean;
  readonly hasUnmapped: boolean;
}

export const nothingListed: Listing = { files: [], hasProblems: false, hasUnmapped: false };

/**
 * `written` is the text as the engine writes the file's value; `value` as a snapshot has it, null where there is
 * none; `key` tells codes in no list apart; `rank` gives the order of codes and periods; a text that is refused
 * has the code, reason and hint of its problem.
 */
export const listingColumns = [
  'written',
  'value',
  'level',
  'key',
  'rank',
  'code',
  'reason',
  'hint',
  'unmapped',
] as const;

/** Nothing is listed yet. */
export function readingOf(source: Source, file: string, { columns }: ForeignTable): SourceReading {
  return {
    file,
    rows: source.file.rows,
    columns: source.columns.map((column) => {
      const held = columns.find(({ name }) => name === column.from) ?? null;
      return {
        column,
        held,
        isDirect: held !== null && isDirect(column, held),
        // A number that is held as one has no decimal mark; where it is written as text it gets a point.
        decimal: held?.held === 'text' ? source.file.decimal : '.',
        listing: nothingListed,
      };
    }),
    key: source.key,
  };
}

/** Dates as text are few, and codes and periods too. */
function isDirect(column: SourceColumn, held: ForeignColumn): boolean {
  switch (column.kind) {
    case 'code':
    case 'period':
      return false;
    case 'text':
      return column.values === null;
    case 'number':
      return held.held !== 'decimal' || held.decimals <= column.decimals;
    case 'date':
      return held.held === 'date' || held.held === 'time';
    case 'time':
      return held.held === 'time';
    case 'key':
      return true;
  }
}
