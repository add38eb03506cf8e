import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { miniWorkspace, withChange } from '../support/definitions.ts';
import { bound, expectRefused, heldByDefault, scopeOf } from './support.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';

/** The KPI `ledige` with another formula, in an edition that holds 2025M07..2026M07 unless said. */
const scopeWith = (formula: string, held = heldByDefault) =>
  scopeOf(withChange(ledige, 'formula: ledige', `formula: ${formula}`, miniWorkspace), held);

/** Use to the source periods of each answer period: `2026M07: 2025M07`. */
function windowsOf(formula: string, period: string, by = '', held = heldByDefault): Record<string, string> {
  const query = bound({ kpi: 'ledige', period, by }, scopeWith(formula, held));
  return Object.fromEntries(
    query.measures.map(({ id, pairs }) => {
      const outs = [...new Set(pairs.map(({ out }) => out))];
      const ofOut = (out: string) => pairs.filter((pair) => pair.out === out).map(({ source }) => source);
      const said = outs.map((out) => `${out}: ${shown(ofOut(out))}`);
      return [id.replace('beskaeftigelse.ledige.', ''), said.join(', ')];
    }),
  );
}

const shown = (codes: readonly string[]): string =>
  codes.length < 3 ? codes.join(' ') : `${codes[0]}..${codes.at(-1)} (${codes.length})`;

/** Whole years of months. */
const years = (...list: readonly number[]): string[] =>
  list.flatMap((year) => Array.from({ length: 12 }, (_, at) => `${year}M${String(at + 1).padStart(2, '0')}`));

const heldOf = (...months: readonly string[]) => ({ ...heldByDefault, 'star.ledighed': months });

const only = (windows: Record<string, string>): string => Object.values(windows).join(' | ');

describe('a function over time takes', () => {
  it.each([
    ['lag(ledige, 1)', '2026M01', '2026M01: 2025M12'],
    ['lag(ledige, 12)', '2026M07', '2026M07: 2025M07'],
    ['lag(ledige, 3)', '2026K1', '2026K1: 2025M10..2025M12 (3)'],
    ['lag(ledige, 12)', '2026', '2026: 2025M01..2025M12 (12)'],
    ['lag(ledige, 1)', '2026M02..2026M03', '2026M02..2026M03: 2026M01 2026M02'],
    ['lag(lag(ledige, 1), 2)', '2026M01', '2026M01: 2025M10'],
    ['same_period_last_year(ledige)', '2026K1', '2026K1: 2025M01..2025M03 (3)'],
    ['same_period_last_year(ledige)', '2026', '2026: 2025M01..2025M12 (12)'],
    ['rolling(ledige, 12)', '2026M07', '2026M07: 2025M08..2026M07 (12)'],
    ['rolling(ledige, 1)', '2026M07', '2026M07: 2026M07'],
    ['rolling(ledige, 6)', '2026K2', '2026K2: 2026M01..2026M06 (6)'],
    ['rolling(ledige, 24)', '2025', '2025: 2024M01..2025M12 (24)'],
    ['lag(rolling(ledige, 3), 12)', '2026M07', '2026M07: 2025M05..2025M07 (3)'],
    ['ytd(ledige)', '2026M05', '2026M05: 2026M01..2026M05 (5)'],
    ['ytd(ledige)', '2026K2', '2026K2: 2026M01..2026M06 (6)'],
    ['ytd(ledige)', '2025', '2025: 2025M01..2025M12 (12)'],
    ['same_period_last_year(ytd(ledige))', '2026M02', '2026M02: 2025M01 2025M02'],
    ['lag(ledige, 1, kvartal)', '2026M05', '2026M05: 2026M02'],
    ['lag(ledige, 1, maaned)', '2026K2', '2026K2: 2026M03..2026M05 (3)'],
    ['rolling(ledige, 1, kvartal)', '2026M05', '2026M05: 2026M03..2026M05 (3)'],
    ['to_date(ledige, kvartal)', '2026M05', '2026M05: 2026M04 2026M05'],
    ['start_of(ledige, kvartal)', '2026M05', '2026M05: 2026M04'],
    ['start_of(ledige, aar)', '2026K2', '2026K2: 2026M01'],
    ['since_start(ledige)', '2025M08', '2025M08: 2025M07 2025M08'],
    ['lag(since_start(ledige), 1)', '2025M09', '2025M09: 2025M07 2025M08'],
    ['since_start(ledige)', '2025M06', ''],
  ])('%s at %s', (formula, period, expected) => {
    expect(only(windowsOf(formula, period))).toBe(expected);
  });

  it.each([
    ['2026M07', '2026M07: 2025-08-01..2026-07-31 (365)'],
    ['2026U30', '2026U30: 2025-07-27..2026-07-26 (365)'],
    ['2025', '2025: 2025-01-01..2025-12-31 (365)'],
  ])('as many days as it says, which every period ends with: 365 at %s', (period, expected) => {
    const contract = 'kpi-definitions/sources/star.ledighed.yaml';
    const daily = withChange(contract, 'frequency: M', 'frequency: D', miniWorkspace);
    const scope = scopeOf(withChange(ledige, 'formula: ledige', 'formula: rolling(ledige, 365)', daily));
    const sources = bound({ kpi: 'ledige', period }, scope).measures.flatMap(({ pairs }) =>
      pairs.map(({ source }) => source),
    );
    expect(`${period}: ${shown(sources)}`).toBe(expected);
  });

  it('other periods for each asked one', () => {
    const asked = windowsOf('ledige - lag(ledige, 1)', '2026M01..2026M02', 'maaned');
    expect(Object.values(asked)).toEqual([
      '2026M01: 2026M01, 2026M02: 2026M02',
      '2026M01: 2025M12, 2026M02: 2026M01',
    ]);
  });

  it('of a stock the last period of the window', () => {
    const files = withChange(ledige, 'over_time: mean', 'over_time: last', miniWorkspace);
    const changed = withChange(ledige, 'formula: ledige', 'formula: rolling(ledige, 12)', files);
    const query = bound({ kpi: 'ledige', period: '2026M07' }, scopeOf(changed));
    expect(query.measures[0]?.pairs.map(({ source }) => source)).toEqual(['2026M07']);
  });

  it('the base period of an index, whatever is asked, where the figure does not add up over time', () => {
    expect(Object.values(windowsOf('index(ledige, "2025") * ledige', '2026M07'))).toEqual([
      '2026M07: 2026M07',
      '2026M07: 2025M01..2025M12 (12)',
    ]);
  });

  it('each measure once, however often a formula names the same window', () => {
    expect(Object.keys(windowsOf('ledige + lag(ledige, 1) - lag(ledige, 1)', '2026M07'))).toHaveLength(2);
  });
});

describe('a period that is held in part', () => {
  const held = heldOf(...years(2024, 2025), '2026M01', '2026M02', '2026M03');

  it('is compared with the same part of the year before', () => {
    expect(Object.values(windowsOf('ledige - same_period_last_year(ledige)', '2026', '', held))).toEqual([
      '2026: 2026M01..2026M12 (12)',
      '2026: 2025M01..2025M03 (3)',
    ]);
    expect(Object.values(windowsOf('ledige - lag(ledige, 24)', '2026', '', held))).toEqual([
      '2026: 2026M01..2026M12 (12)',
      '2026: 2024M01..2024M03 (3)',
    ]);
  });

  it('is compared with the same part of the base of an index', () => {
    expect(Object.values(windowsOf('index(ledige, "2024") * ledige', '2026', '', held))).toEqual([
      '2026: 2026M01..2026M12 (12)',
      '2026: 2024M01..2024M03 (3)',
    ]);
  });

  it('ends the year to date, on both sides', () => {
    const formula = 'ytd(ledige) - same_period_last_year(ytd(ledige))';
    expect(Object.values(windowsOf(formula, '2026', '', held))).toEqual([
      '2026: 2026M01..2026M03 (3)',
      '2026: 2025M01..2025M03 (3)',
    ]);
  });

  it('leaves alone what is not compared with it', () => {
    expect(only(windowsOf('lag(ledige, 12)', '2026', '', held))).toBe('2026: 2025M01..2025M12 (12)');
  });

  it('leaves out what is missing in the middle, on the other side too', () => {
    const gap = heldOf(...years(2025), '2026M01', '2026M03');
    expect(Object.values(windowsOf('ledige - same_period_last_year(ledige)', '2026K1', '', gap))).toEqual([
      '2026K1: 2026M01..2026M03 (3)',
      '2026K1: 2025M01 2025M03',
    ]);
  });
});

describe('the examples of docs/language.md', () => {
  const page = readFileSync(new URL('../../docs/language.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^\| `([^`]+)` \| (\S+) \| (\S+) \|$/gm)].map(
    ([, formula = '', period = '', takes = '']) => [formula, period, takes] as const,
  );

  it('are there', () => {
    expect(examples.length).toBeGreaterThan(9);
  });

  it.each(examples)('%s at %s takes %s', (formula, period, takes) => {
    if (takes === 'refused') {
      expectRefused('window-does-not-fit', { kpi: '⟦ledige⟧', period }, scopeWith(formula));
      return;
    }
    const query = bound({ kpi: 'ledige', period }, scopeWith(formula));
    const sources = query.measures[0]?.pairs.map(({ source }) => source) ?? [];
    expect(sources.length > 1 ? `${sources[0]}..${sources.at(-1)}` : sources[0]).toBe(takes);
  });
});

describe('a window that does not fit', () => {
  it.each([
    ['lag(ledige, 1)', '2026K2'],
    ['lag(ledige, 6)', '2026'],
    ['rolling(ledige, 1)', '2026K2'],
    ['rolling(ledige, 3)', '2026'],
    ['rolling(ledige, 2)', '2026M01..2026M06'],
    ['ytd(ledige)', '2025..2026'],
  ])('is refused: %s at %s', (formula, period) => {
    expectRefused('window-does-not-fit', { kpi: '⟦ledige⟧', period }, scopeWith(formula));
  });

  it('is refused where months would be held against a year of a figure that adds up', () => {
    const files = withChange(ledige, 'over_time: mean', 'over_time: sum', miniWorkspace);
    const formula = 'formula: index(ledige, "2025") * ledige';
    const scope = scopeOf(withChange(ledige, 'formula: ledige', formula, files));
    expectRefused('window-does-not-fit', { kpi: '⟦ledige⟧', period: '2026M07' }, scope);
    expect(bound({ kpi: 'ledige', period: '2026' }, scope).measures).toHaveLength(2);
  });
});
