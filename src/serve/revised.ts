import { compare } from '../model/rational.ts';
import { unionOfFlags } from '../model/status.ts';
import type { Answer, AnswerRow, Cell } from '../query/answer.ts';
import { cellKey } from './cellKey.ts';

/** Flags the figures that were final in an answer of the edition before and are another number now. */
export function withRevised(now: Answer, before: Answer): Answer {
  const was = new Map(before.rows.map((row) => [cellKey('', row.members), row]));
  const { total } = now;
  return {
    ...now,
    rows: now.rows.map((row) => revisedRow(row, was.get(cellKey('', row.members)))),
    total: total && revisedRow(total, before.total ?? undefined),
  };
}

function revisedRow(row: AnswerRow, was: AnswerRow | undefined): AnswerRow {
  const cells = row.cells.map((cell, at) =>
    isRevised(cell, was?.cells[at]) ? { ...cell, flags: unionOfFlags([cell.flags, ['revised']]) } : cell,
  );
  return { ...row, cells };
}

/** A figure that came or went was not revised: its status says what it is. */
function isRevised({ value }: Cell, was: Cell | undefined): boolean {
  if (value === null || !was || was.value === null || was.flags.includes('preliminary')) return false;
  return compare(value, was.value) !== 0;
}
