import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { invariant } from '../../diagnostics/invariant.ts';
import type { Source } from '../../model/types.ts';
import { cellChecks } from '../checks/cells.ts';
import type { Refusal } from '../checks/check.ts';
import { sameKey } from '../checks/duplicateRows.ts';
import type { AnswerRow, ParquetEngine } from './questions.ts';

/** A refusal with the number of the check that made it, in the order of the checks. */
export interface CheckedRefusal extends Refusal {
  readonly check: number;
}

/** Checks of cells come first, then the limits, then the keys. */
export const limitsCheck = cellChecks.length;
export const keysCheck = cellChecks.length + 1;

/** Refusals as they were written to a file, in the order of rows, and within one of checks and columns. */
export async function* readRefused(
  engine: ParquetEngine,
  source: Source,
  file: string,
): AsyncIterable<readonly CheckedRefusal[]> {
  let waiting: CheckedRefusal[] = [];
  for await (const rows of engine.ask({ kind: 'refused', file })) {
    waiting.push(...rows.map((row) => toRefusal(source, row)));
    // What is wrong with the last row may go on in the next batch.
    const last = waiting.at(-1)?.row;
    const ended = waiting.findIndex(({ row }) => row === last);
    yield waiting.slice(0, ended).sort(byRowAndCheck);
    waiting = waiting.slice(ended);
  }
  yield waiting.sort(byRowAndCheck);
}

/** The sort is stable, and the columns of a row come in their order. */
const byRowAndCheck = (a: CheckedRefusal, b: CheckedRefusal): number => a.row - b.row || a.check - b.check;

function toRefusal(source: Source, [row, at, code, reason, hint, other]: AnswerRow): CheckedRefusal {
  if (Number(at) === -1) return { row: Number(row), ...sameKey(source, Number(other)), check: keysCheck };
  const column = source.columns[Number(at)];
  invariant(column, 'a refusal names a column of the contract');
  const named = String(code) as DiagnosticCode;
  const check = cellChecks.findIndex(
    ({ codes, kinds }) => codes.includes(named) && kinds.includes(column.kind),
  );
  return {
    row: Number(row),
    column: column.from,
    code: named,
    reason: String(reason),
    ...(hint === null || hint === undefined ? {} : { hint: String(hint) }),
    check: check === -1 ? limitsCheck : check,
  };
}
