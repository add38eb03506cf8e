import { flags, statuses } from '../../model/status.ts';
import type { Answer, Cell } from '../../query/answer.ts';
import type { Locale } from './locale.ts';
import { words } from './words.ts';
import { wrap } from './wrap.ts';

/** What stands in the place of a number; nothing where a pivot has no cell. */
export function markOf(cell: Cell | null): string {
  return cell === null ? '' : statuses[cell.status].mark;
}

/** The marks of a cell's flags. Made-up figures have a line of their own above the table instead. */
export function marksOf(cell: Cell): string {
  return cell.flags
    .filter((flag) => flag !== 'synthetic')
    .map((flag) => flags[flag].mark)
    .join('');
}

/** What the marks mean that occur in the answer, and no others. */
export function legendLines(answer: Answer, locale: Locale, width: number): readonly string[] {
  const rows = [...answer.rows, ...(answer.total === null ? [] : [answer.total])];
  return legendOf(
    rows.flatMap((row) => row.cells),
    locale,
    width,
  );
}

/** The same of some cells, with what else has a mark behind them. */
export function legendOf(
  cells: readonly Cell[],
  locale: Locale,
  width: number,
  more: readonly string[] = [],
): readonly string[] {
  const used = [
    ...keysOf(statuses)
      .filter((status) => status !== 'ok' && cells.some((cell) => cell.status === status))
      .map((status) => statuses[status]),
    ...keysOf(flags)
      .filter((flag) => flag !== 'synthetic' && cells.some((cell) => cell.flags.includes(flag)))
      .map((flag) => flags[flag]),
  ];
  const [first, ...rest] = [...used.map((entry) => `${entry.mark} = ${entry[locale]}`), ...more];
  return first === undefined ? [] : wrap([`${words[locale].marks}: ${first}`, ...rest], '   ', width);
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record) as Key[];
}
