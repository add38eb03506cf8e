import type { Answer, AnswerRow, Cell } from '../query/answer.ts';
import { exactly, printExactJson } from './exactJson.ts';

/**
 * An answer as JSON, with all that it carries, whatever was asked to be shown. Numbers are rounded once, to
 * `decimals`, and written in full: no exponent, no noise of a double.
 */
export const printAnswerJson = (answer: Answer, decimals: number): string =>
  printExactJson(answerObject(answer, decimals));

export function answerObject(answer: Answer, decimals: number): object {
  const { edition, route } = answer;
  return {
    cube: answer.cube,
    label: answer.cubeLabel,
    edition: {
      id: edition.id,
      number: edition.number,
      published_at: edition.publishedAt,
      synthetic: edition.synthetic,
    },
    period: answer.period,
    hierarchy: answer.hierarchy,
    levels: answer.levels,
    columns: answer.columns,
    rows: answer.rows.map((row) => rowObject(answer, row, decimals)),
    total: answer.total && rowObject(answer, answer.total, decimals),
    notes: answer.notes,
    route,
    updated_after: answer.updatedAfter,
  };
}

function rowObject(answer: Answer, row: AnswerRow, decimals: number): object {
  return {
    members: Object.fromEntries(row.members.map((code, at) => [answer.levels[at]?.name ?? String(at), code])),
    change: row.change,
    edition: row.valid?.edition,
    valid_from: row.valid?.from,
    valid_to: row.valid?.to,
    cells: Object.fromEntries(
      row.cells.map((cell, at) => [answer.columns[at]?.name ?? String(at), cellObject(cell, decimals)]),
    ),
  };
}

function cellObject({ status, value, ours, flags, coverage }: Cell, decimals: number): object {
  return {
    value: value && exactly(value, decimals),
    // What our own parts give, where the value is the source's own total.
    ours: ours && exactly(ours, decimals),
    status,
    flags,
    coverage: {
      expected: coverage.expected,
      delivered: coverage.delivered,
      suppressed: coverage.suppressed,
      not_applicable: coverage.notApplicable,
      absent: coverage.absent,
    },
  };
}
