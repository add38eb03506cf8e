import { describe, expect, it } from 'vitest';
import type { Window } from '../../src/model/boundExpression.ts';
import { dateOf, type TimeLevel } from '../../src/model/periods.ts';
import { moveStretch, stretchOf } from '../../src/model/windows.ts';

/** The days that a window takes of a source of days, in words. */
function moved(window: Window, asked: string): string {
  const stretch = moveStretch(window, 'dag', stretchOf(asked));
  if (stretch === null || 'why' in stretch) return stretch === null ? 'none' : stretch.why;
  return `${dateOf(stretch.firstDay)}..${dateOf(stretch.lastDay)}`;
}

const lag = (periods: number, level: TimeLevel): Window => ({ kind: 'lag', periods, level });
const rolling = (periods: number, level: TimeLevel): Window => ({ kind: 'rolling', periods, level });

describe('a window counted in a level of time', () => {
  it.each([
    // A month that is too short ends where it ends, and whole months go back as months.
    [lag(1, 'maaned'), '2026-03-31', '2026-02-28..2026-02-28'],
    [lag(1, 'maaned'), '2026-03-15', '2026-02-15..2026-02-15'],
    [lag(1, 'aar'), '2024-02-29', '2023-02-28..2023-02-28'],
    [lag(1, 'maaned'), '2026M03', '2026-02-01..2026-02-28'],
    [lag(1, 'maaned'), '2026', '2025-12-01..2026-11-30'],
    [lag(5, 'dag'), '2026M03', '2026-02-24..2026-03-26'],
    [lag(2, 'uge'), '2026U10', '2026-02-16..2026-02-22'],
    // As many months as said end with the day, from the day after the same day of the month.
    [rolling(2, 'maaned'), '2026-03-05', '2026-01-06..2026-03-05'],
    [rolling(1, 'maaned'), '2026-03-31', '2026-03-01..2026-03-31'],
    [rolling(2, 'maaned'), '2026M03', '2026-02-01..2026-03-31'],
    [rolling(2, 'dag'), '2026-03-01', '2026-02-28..2026-03-01'],
    [rolling(1, 'uge'), '2026-03-01', '2026-02-23..2026-03-01'],
    [rolling(2, 'dag'), '2026M03', 'too-narrow'],
    [{ kind: 'to_date', level: 'maaned' }, '2026-03-05', '2026-03-01..2026-03-05'],
    [{ kind: 'to_date', level: 'uge' }, '2026-03-05', '2026-03-02..2026-03-05'],
    [{ kind: 'start_of', level: 'maaned' }, '2026-03-05', '2026-03-01..2026-03-01'],
    // A week begins in the month of its first day.
    [{ kind: 'start_of', level: 'maaned' }, '2026U14', '2026-03-01..2026-03-01'],
    [{ kind: 'since', day: 20_000 }, '2026-03-05', '2024-10-04..2026-03-05'],
    [{ kind: 'since', day: 30_000 }, '2026-03-05', 'none'],
  ] satisfies [Window, string, string][])('%j of %s', (window, asked, expected) => {
    expect(moved(window, asked)).toBe(expected);
  });
});
