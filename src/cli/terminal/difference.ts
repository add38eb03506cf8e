import type { Difference, DifferenceCount } from '../wanted.ts';
import { printTexts } from './text.ts';

/** The summary of a difference between two editions; its single cells are for `--format csv`. */
export function printDifference(difference: Difference, width: number): string {
  const { cube, from, to, summary } = difference;
  const title = `${cube}: ${from} → ${to}\n`;
  if (summary.every(isNothing)) return `${title}No figure differs.\n`;
  const columns = [
    { header: 'measure' },
    { header: 'by' },
    { header: 'changed', align: 'right' },
    { header: 'added', align: 'right' },
    { header: 'removed', align: 'right' },
    { header: 'new periods' },
    { header: 'gone periods' },
  ] as const;
  const rows = summary
    .filter((count) => !isNothing(count))
    .map((count) => [
      count.measure,
      count.level,
      String(count.changed),
      String(count.added),
      String(count.removed),
      periods(count.addedPeriods),
      periods(count.removedPeriods),
    ]);
  return `${title}\n${printTexts(columns, rows, width)}`;
}

function isNothing({ changed, added, removed }: DifferenceCount): boolean {
  return changed + added + removed === 0;
}

function periods(list: readonly string[]): string {
  return list.length > 2 ? `${list[0]}..${list.at(-1)}` : list.join(' ');
}
