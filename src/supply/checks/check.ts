import type { CheckResult } from '../../catalog/types.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Source, SourceColumn } from '../../model/types.ts';
import type { CodeLists } from '../codeLookup.ts';
import type { ParsedColumn } from '../columns/parsedColumn.ts';
import type { Problem } from '../problem.ts';
import type { KeptFacts } from './keptFacts.ts';

/** The rows of one source, read by its contract. */
export interface ParsedRows {
  readonly source: Source;
  readonly file: string;
  /** Line of the file of each row. */
  readonly lines: readonly number[];
  readonly columns: readonly ParsedColumn[];
  readonly lists: CodeLists;
}

/** A row that is refused, and why. `row` is a line of the file, `column` a column of it. */
export interface Refusal extends Problem {
  readonly row: number;
  readonly column: string | null;
}

/** A check that refuses rows. */
export type RowCheck = (rows: ParsedRows) => {
  readonly result: CheckResult;
  readonly refusals: readonly Refusal[];
};

/** What is checked, and by what. */
export type Checked = Pick<ParsedRows, 'source' | 'file' | 'lists'>;

/** A check that looks at what was kept, and says what is odd. */
export type KeptCheck = (
  checked: Checked,
  facts: KeptFacts,
) => { readonly result: CheckResult; readonly warnings: readonly Diagnostic[] };

/** A result of a check that refuses rows. */
export function refusalResult(check: string, refusals: readonly Refusal[], passed: string): CheckResult {
  const first = refusals.reduce((least, { row }) => Math.min(least, row), Number.POSITIVE_INFINITY);
  return refusedResult(check, { rows: new Set(refusals.map(({ row }) => row)).size, first }, passed);
}

/** Rows that a check refused, and the first line of one. */
export interface RefusedRows {
  readonly rows: number;
  readonly first: number;
}

export function refusedResult(check: string, { rows, first }: RefusedRows, passed: string): CheckResult {
  if (rows === 0) return { check, outcome: 'passed', text: passed };
  return { check, outcome: 'failed', text: `${rowCount(rows)} refused, the first in line ${first}.` };
}

export const notRun = (check: string, text: string): CheckResult => ({ check, outcome: 'not_run', text });

export const rowCount = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`);

/** `a, b, c and 4 more`. */
export function listed(items: readonly string[], most = 10): string {
  const said = items.slice(0, most).join(', ');
  return items.length > most ? `${said} and ${items.length - most} more` : said;
}

export type CodeColumnOf = Extract<SourceColumn, { kind: 'code' }>;

export const codeColumns = ({ columns }: Source): readonly CodeColumnOf[] =>
  columns.filter((column): column is CodeColumnOf => column.kind === 'code');
