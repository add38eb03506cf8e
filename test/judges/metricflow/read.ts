import { parsePeriod } from '../../../src/model/periods.ts';
import { unknownMember } from '../../../src/model/types.ts';
import type { Answer, AnswerRow, Cell } from '../../../src/query/answer.ts';
import type { Value } from './cases.ts';
import { momentOf, periodOf } from './definitions.ts';
import type { Reading } from './translate.ts';
import { emptyText } from './workspace.ts';

/** Rows of our answer as rows of the judge's: names and spellings change, no figure does. */
export function rowsOf(
  answer: Answer,
  { columns, present, onCalendar, backward, ends, single }: Reading,
): Value[][] {
  const there = answer.rows.filter(({ cells }) => single || present.some((at) => isThere(cells[at])));
  const filled = new Set(there.map(({ members }) => members[0]));
  // The calendar of the judge has one row for a period in which nothing happened, of no members.
  const empty = new Map(
    onCalendar
      ? answer.rows.filter(({ members }) => !filled.has(members[0])).map((row) => [row.members[0], row])
      : [],
  );
  if (ends) return [endsOf(there, columns)];
  const rows = [
    ...there.map((row) => columns.map((column) => readColumn(column, row))),
    ...[...empty.values()].map((row) => columns.map((column) => readEmpty(column, row))),
  ];
  return backward ? rows.reverse() : rows;
}

/** The first and the last member that is one. */
function endsOf(rows: readonly AnswerRow[], columns: Reading['columns']): Value[] {
  const known = rows.filter(({ members }) => !members.includes(unknownMember));
  return columns.map((column, at) => {
    const row = known.at(at === 0 ? 0 : -1);
    return row ? readColumn(column, row) : null;
  });
}

function readColumn(column: Reading['columns'][number], { members, cells }: AnswerRow): Value {
  if (column.kind === 'figure') return figureOf(cells[column.at]);
  const code = members[column.at] ?? '';
  return column.kind === 'time' ? timeOf(code, column.grain) : memberOf(code, column.type);
}

function readEmpty(column: Reading['columns'][number], row: AnswerRow): Value {
  return column.kind !== 'figure' && column.at > 0 ? null : readColumn(column, row);
}

const isThere = (cell: Cell | undefined): boolean => cell !== undefined && cell.status !== 'not_delivered';

function figureOf(cell: Cell | undefined): Value {
  if (!cell?.value) return null;
  return Number(cell.value.numerator) / Number(cell.value.denominator);
}

/** First moment of the period of a grain that a code lies in. */
function timeOf(code: string, grain: string): Value {
  if (code === unknownMember) return null;
  const period = parsePeriod(code);
  const wanted = period && parsePeriod(periodOf(momentOf(period.firstDay), grain));
  if (!wanted) throw new Error(`${code} is no period`);
  return momentOf(wanted.firstDay);
}

function memberOf(code: string, type: string): Value {
  if (code === unknownMember) return null;
  if (code === emptyText) return '';
  if (type === 'TIMESTAMP') return `${code}T00:00:00`;
  if (type === 'BOOLEAN') return code === 'true';
  if (type === 'BIGINT' || type === 'DOUBLE') return Number(code);
  return code;
}
