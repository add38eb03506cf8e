import type { CheckResult } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type ParsedRows, type Refusal, refusalResult, rowCount } from './checks/check.ts';
import { keptChecks, rowChecks } from './checks/index.ts';
import { keptFacts } from './checks/keptFacts.ts';
import type { Claim } from './claimRows.ts';
import type { CodeLists } from './codeLookup.ts';
import { parseColumns } from './columns/parseColumns.ts';
import type { TextTable } from './textTable.ts';

/** What a delivery is to one source, checked. */
export interface CheckedSource {
  readonly rows: ParsedRows;
  /** Positions of the rows that were taken; none where the whole was refused. */
  readonly kept: readonly number[];
  /** False where more than half of the rows were refused. */
  readonly isAccepted: boolean;
  /** Rows of the source, with those that have the wrong number of fields. */
  readonly total: number;
  readonly refused: number;
  readonly refusals: readonly Refusal[];
  readonly checks: readonly CheckResult[];
  /** What is to be said of the whole; what is wrong with single rows is in `refusals`. */
  readonly notices: readonly Diagnostic[];
}

/**
 * Checks the rows of a source. A row with something wrong in it is refused and the others are taken, so that
 * one bad row costs one row: what is missing then shows in the coverage of every figure. Where more than half
 * is refused it is no longer the rows that are wrong, and nothing is taken.
 */
export function checkSource(
  table: TextTable,
  { source, rows: claimed }: Claim,
  lists: CodeLists,
): CheckedSource {
  const rows: ParsedRows = {
    source,
    file: table.file,
    lines: claimed.map((row) => table.lines[row] ?? 0),
    columns: parseColumns(source, table, claimed, lists),
    lists,
  };
  const ragged = raggedRows(table);
  const checked = rowChecks.map((check) => check(rows));
  const refusals = [...ragged, ...checked.flatMap((one) => one.refusals)];
  const refusedLines = new Set(refusals.map(({ row }) => row));
  const total = claimed.length + ragged.length;
  const isAccepted = refusedLines.size * 2 <= total;
  const kept = isAccepted
    ? claimed.flatMap((_, row) => (refusedLines.has(rows.lines[row] ?? 0) ? [] : [row]))
    : [];
  const facts = keptFacts(rows, kept);
  const looked = isAccepted ? keptChecks.map((check) => check(rows, facts)) : [];
  return {
    rows,
    kept,
    isAccepted,
    total,
    refused: refusedLines.size,
    refusals,
    checks: [
      refusalResult('row-shape', ragged, everyRowWhole),
      ...checked.map(({ result }) => result),
      ...looked.map(({ result }) => result),
    ],
    notices: [
      ...(isAccepted ? [] : [tooManyRefused(table.file, source.id, refusedLines.size, total)]),
      ...looked.flatMap(({ warnings }) => warnings),
    ],
  };
}

/** Nobody can say which source a row with too few fields belongs to, so each source of the file misses it. */
const raggedRows = ({ ragged, header }: TextTable): readonly Refusal[] =>
  ragged.map(({ line, fields }) => ({
    row: line,
    column: null,
    code: 'row-shape',
    reason: `The row has ${fields} ${fields === 1 ? 'field' : 'fields'}, and the header has ${header.length}.`,
    hint: 'a delimiter inside a field needs quotes around the field',
  }));

export const everyRowWhole = 'Every row has as many fields as the header.';

export const tooManyRefused = (file: string, id: string, refused: number, total: number): Diagnostic =>
  diagnostic(
    'too-many-refused',
    `${refused} of ${rowCount(total)} of ${id} are refused, so nothing of it is taken.`,
    {
      place: { file, row: 1 },
      hint: 'it seems to be the file or the contract that is wrong, not the rows',
    },
  );
