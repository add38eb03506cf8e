import { levelOfFrequency, periodExamples } from '../../model/periods.ts';
import type { Source, SourceColumn } from '../../model/types.ts';
import { holdsPersonNumber, personNumber, shown } from '../personNumber.ts';
import type { Problem } from '../problem.ts';
import { readPeriod } from '../writtenPeriods.ts';
import type { Parsed } from './parsedColumn.ts';

/** Reads a column of periods, each in the one way that we write it. */
export function parsePeriods(
  column: Extract<SourceColumn, { kind: 'period' }>,
  cells: readonly string[],
  frequency: Source['frequency'],
): Parsed<'period'> {
  const known = new Map<string, string | Problem>();
  const found = cells.map((cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const now = readPeriod(cell, frequency) ?? problemOf(cell, frequency);
    known.set(cell, now);
    return now;
  });
  return {
    kind: 'period',
    column,
    codes: found.map((one) => (typeof one === 'string' ? one : null)),
    problems: found.flatMap((one, row) => (typeof one === 'string' ? [] : [{ ...one, row }])),
  };
}

function problemOf(cell: string, frequency: Source['frequency']): Problem {
  if (cell.trim() === '') return { code: 'empty-value', reason: 'The period is empty.' };
  if (holdsPersonNumber(cell)) return personNumber;
  return {
    code: 'bad-period',
    reason: `"${shown(cell)}" is no period of frequency ${frequency}.`,
    hint: `periods are written like ${periodExamples[levelOfFrequency[frequency]]}`,
  };
}
