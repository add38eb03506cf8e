import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencies } from '../../src/definitions/schema.ts';
import {
  comparePeriods,
  dateOf,
  dayAfter,
  dayBefore,
  dayOfDate,
  levelOfFrequency,
  nests,
  parsePeriod,
  periodAt,
  periodExamples,
  periodsBetween,
  type TimeLevel,
  timeLevels,
} from '../../src/model/periods.ts';

const levels = fc.constantFrom(...timeLevels);
/** Days from the year 1 to 9900; most of them near our own. */
const days = fc.oneof(
  fc.integer({ min: -30_000, max: 60_000 }),
  fc.integer({ min: -719_162, max: 2_896_000 }),
);

/** First and last day of a period, as dates. */
function stretch(code: string): readonly string[] | null {
  const period = parsePeriod(code);
  return period && [period.level, dateOf(period.firstDay), dateOf(period.lastDay)];
}

describe('parsePeriod', () => {
  it.each([
    ['2026', 'aar', '2026-01-01', '2026-12-31'],
    ['2026K1', 'kvartal', '2026-01-01', '2026-03-31'],
    ['2026K4', 'kvartal', '2026-10-01', '2026-12-31'],
    ['2026M07', 'maaned', '2026-07-01', '2026-07-31'],
    ['2026M12', 'maaned', '2026-12-01', '2026-12-31'],
    ['2024M02', 'maaned', '2024-02-01', '2024-02-29'],
    ['2023M02', 'maaned', '2023-02-01', '2023-02-28'],
    ['1900M02', 'maaned', '1900-02-01', '1900-02-28'],
    ['2026-07-31', 'dag', '2026-07-31', '2026-07-31'],
    ['2024-02-29', 'dag', '2024-02-29', '2024-02-29'],
    // Weeks as any calendar of those years has them.
    ['2026U01', 'uge', '2025-12-29', '2026-01-04'],
    ['2026U53', 'uge', '2026-12-28', '2027-01-03'],
    ['2020U53', 'uge', '2020-12-28', '2021-01-03'],
    ['2021U01', 'uge', '2021-01-04', '2021-01-10'],
    ['2024U52', 'uge', '2024-12-23', '2024-12-29'],
    ['2025U01', 'uge', '2024-12-30', '2025-01-05'],
    ['1969U01', 'uge', '1968-12-30', '1969-01-05'],
    ['1964U53', 'uge', '1964-12-28', '1965-01-03'],
  ])('reads %s as a %s from %s to %s', (code, ...expected) => {
    expect(stretch(code)).toEqual(expected);
  });

  it.each([
    '',
    '26',
    '2026M00',
    '2026M13',
    '2026M7',
    '2026K0',
    '2026K5',
    '2026K03',
    '2026U00',
    '2025U53',
    '2026U54',
    '2026-02-30',
    '2023-02-29',
    '2026-13-01',
    '2026-7-1',
    '2026-07',
    '2026Q3',
    '2026m07',
    ' 2026',
    '2026M07 ',
    '2026M07..2026M08',
    '12026',
    '0000',
    '0000M01',
    '0000-01-01',
    'å2026',
    'constructor',
  ])('does not read "%s"', (code) => {
    expect(parsePeriod(code)).toBeNull();
  });

  it('reads the examples that messages give', () => {
    for (const level of timeLevels) expect(parsePeriod(periodExamples[level])?.level).toBe(level);
    expect(frequencies.map((frequency) => levelOfFrequency[frequency])).toEqual([
      'dag',
      'uge',
      'maaned',
      'kvartal',
      'aar',
      'aar',
    ]);
  });
});

describe('periodAt', () => {
  it('holds the day, and is what its code says', () => {
    fc.assert(
      fc.property(days, levels, (day, level) => {
        const period = periodAt(day, level);
        expect(period.level).toBe(level);
        expect(period.firstDay <= day && day <= period.lastDay).toBe(true);
        expect(parsePeriod(period.code)).toEqual(period);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same for every day of a period', () => {
    fc.assert(
      fc.property(days, levels, (day, level) => {
        const period = periodAt(day, level);
        expect(periodAt(period.firstDay, level)).toEqual(period);
        expect(periodAt(period.lastDay, level)).toEqual(period);
        expect(periodAt(period.lastDay + 1, level)).not.toEqual(period);
      }),
    );
  });

  it('begins weeks on Mondays', () => {
    fc.assert(
      fc.property(days, (day) => {
        const { firstDay, lastDay } = periodAt(day, 'uge');
        expect(new Date(firstDay * 86_400_000).getUTCDay()).toBe(1);
        expect(lastDay - firstDay).toBe(6);
      }),
    );
  });
});

describe('periodsBetween', () => {
  const lengths: Readonly<Record<TimeLevel, number>> = {
    dag: 60,
    uge: 400,
    maaned: 2_000,
    kvartal: 6_000,
    aar: 20_000,
    skoleaar: 20_000,
  };

  it('tiles a stretch without gap or overlap', () => {
    const given = levels.chain((level) => fc.tuple(fc.constant(level), days, fc.nat(lengths[level])));
    fc.assert(
      fc.property(given, ([level, first, length]) => {
        const last = first + length;
        const periods = periodsBetween(first, last, level);
        expect(periods[0]).toEqual(periodAt(first, level));
        expect(periods.at(-1)).toEqual(periodAt(last, level));
        for (const [at, period] of periods.entries()) {
          const next = periods[at + 1];
          if (next) expect(next.firstDay).toBe(period.lastDay + 1);
        }
      }),
    );
  });

  it('has the codes in order of time', () => {
    fc.assert(
      fc.property(levels, days, (level, day) => {
        const codes = periodsBetween(day, day + 800, level).map(({ code }) => code);
        expect([...codes].sort(comparePeriods)).toEqual(codes);
        expect(new Set(codes).size).toBe(codes.length);
      }),
      { numRuns: 30 },
    );
  });

  it('is empty where the end comes first', () => {
    expect(periodsBetween(1, 0, 'maaned')).toEqual([]);
  });

  it('is the twelve months of a year', () => {
    const { firstDay, lastDay } = periodAt(dayOfDate('2026-07-31') ?? 0, 'aar');
    const codes = periodsBetween(firstDay, lastDay, 'maaned').map(({ code }) => code);
    expect(codes).toHaveLength(12);
    expect([codes[0], codes[11]]).toEqual(['2026M01', '2026M12']);
  });
});

describe('nesting of levels', () => {
  it.each(timeLevels.flatMap((fine) => timeLevels.map((coarse) => [fine, coarse] as const)))(
    'of %s in %s is what the days of thirty years say',
    (fine, coarse) => {
      const [first, last] = [dayOfDate('1956-01-01') ?? 0, dayOfDate('1985-12-31') ?? 0];
      const whole = periodsBetween(first, last, fine).every((period) => {
        const around = periodAt(period.firstDay, coarse);
        return period.lastDay <= around.lastDay;
      });
      expect(nests(fine, coarse)).toBe(whole);
    },
  );
});

describe('dates', () => {
  it('are days and back', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(dayOfDate(dateOf(day))).toBe(day);
        expect(dayAfter(dayBefore(dateOf(day)))).toBe(dateOf(day));
      }),
    );
  });

  it('go on over the ends of months and years', () => {
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
    expect(dayBefore('2024-03-01')).toBe('2024-02-29');
    expect(() => dayAfter('2026-02-30')).toThrow('is a date');
  });

  it.each(['2026-02-29', '2026-1-1', '20260101', '2026-00-10', ''])('are not "%s"', (text) => {
    expect(dayOfDate(text)).toBeNull();
  });
});
