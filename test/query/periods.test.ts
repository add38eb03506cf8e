import { describe, expect, it } from 'vitest';
import { withChange, withFile } from '../support/definitions.ts';
import { bound, expectRefused, scopeOf, useOf, withLedige } from './support.ts';

const codes = (typed: { kpi?: string; by?: string; period?: string }, scope = scopeOf()) =>
  bound({ kpi: 'ledige', ...typed }, scope).periods.map(({ code }) => code);

const pairs = (kpi: string, measure: string, period: string, scope = scopeOf()) =>
  useOf(bound({ kpi, period }, scope), measure).pairs.map(({ out, source }) => `${out} <- ${source}`);

describe('periods of an answer', () => {
  it('are the newest one, if nothing is said', () => {
    expect(codes({})).toEqual(['2026M07']);
    expect(codes({ kpi: 'folketal' })).toEqual(['2026']);
  });

  it('are the newest of the figures whose own time it is: a population under a month follows the month', () => {
    expect(codes({ kpi: 'ledige_pr_1000' })).toEqual(['2026M07']);
  });

  it('are the newest that suits all figures asked for', () => {
    expect(codes({ kpi: 'ledige,folketal' })).toEqual(['2026']);
  });

  it('are what a source would have come with now, where nothing of it has come', () => {
    expect(codes({ kpi: 'folketal' }, scopeOf(undefined, { 'star.ledighed': ['2026M07'] }))).toEqual([
      '2026',
    ]);
  });

  it('are one, though it is a quarter, a year or a range', () => {
    expect(codes({ period: '2026K2' })).toEqual(['2026K2']);
    expect(codes({ period: '2025M11..2026M02' })).toEqual(['2025M11..2026M02']);
  });

  it('are those of the level asked for within the period', () => {
    expect(codes({ by: 'maaned', period: '2026K2' })).toEqual(['2026M04', '2026M05', '2026M06']);
    expect(codes({ by: 'kvartal', period: '2025M10..2026M06' })).toEqual(['2025K4', '2026K1', '2026K2']);
  });

  it('are cut by several levels of time', () => {
    expect(codes({ by: 'kvartal,maaned', period: '2026K2' })).toEqual(['2026M04', '2026M05', '2026M06']);
    const days = withChange('kpi-definitions/sources/star.ledighed.yaml', 'frequency: M', 'frequency: D');
    const scope = scopeOf(days, { 'star.ledighed': ['2026-04-01', '2026-05-31'] });
    expect(codes({ by: 'uge,maaned', period: '2026M04..2026M05' }, scope)).toEqual([
      '2026-04-01..2026-04-05',
      '2026U15',
      '2026U16',
      '2026U17',
      '2026-04-27..2026-04-30',
      '2026-05-01..2026-05-03',
      '2026U19',
      '2026U20',
      '2026U21',
      '2026U22',
    ]);
  });

  it('are all that the edition holds of the level asked for', () => {
    expect(codes({ by: 'kvartal' })).toEqual(['2025K3', '2025K4', '2026K1', '2026K2', '2026K3']);
    expect(codes({ by: 'aar' })).toEqual(['2025', '2026']);
  });

  it.each(['⟦2026M13⟧', '⟦2026-07⟧', '2026M01..⟦juli⟧', '⟦2026Q3⟧..2026K4', '⟦⟧'])(
    'are periods: %s',
    (period) => {
      expectRefused('bad-period', { kpi: 'ledige', period });
    },
  );

  it.each([
    ['⟦2026-07⟧', 'did you mean "2026M07"?'],
    ['⟦2026m7⟧', 'did you mean "2026M07"?'],
    ['⟦2026Q3⟧', 'did you mean "2026K3"?'],
    ['⟦2025-26⟧', 'did you mean "2025/26"?'],
    ['⟦2025/2026⟧', 'did you mean "2025/26"?'],
    ['⟦2026-13⟧', 'write it like 2026M07, 2026K3, 2026, or a range 2026M01..2026M06'],
    ['⟦2026Q5⟧', 'write it like 2026M07, 2026K3, 2026, or a range 2026M01..2026M06'],
  ])('that people write otherwise are understood: %s', (period, hint) => {
    expect(expectRefused('bad-period', { kpi: 'ledige', period }).hint).toBe(hint);
  });

  it('do not end before they begin', () => {
    expectRefused('bad-period', { kpi: 'ledige', period: '⟦2026M07..2026M01⟧' });
  });

  it('have two ends at most', () => {
    expectRefused('bad-period', { kpi: 'ledige', period: '⟦2026M01..2026M02..2026M03⟧' });
  });

  it('hold whole periods of the level asked for', () => {
    const found = expectRefused('period-finer-than-level', {
      kpi: 'ledige',
      by: 'kvartal',
      period: '⟦2026M01..2026M05⟧',
    });
    expect(found.hint).toBe('ask for the period that holds it, like 2026K2');
  });
});

describe('source periods of an answer period', () => {
  it('are all that lie in it', () => {
    expect(pairs('ledige', 'ledige', '2026K1')).toEqual([
      '2026K1 <- 2026M01',
      '2026K1 <- 2026M02',
      '2026K1 <- 2026M03',
    ]);
  });

  it('are those that did not come, too: what is missing is counted as missing', () => {
    expect(pairs('ledige', 'ledige', '2026K3')).toEqual([
      '2026K3 <- 2026M07',
      '2026K3 <- 2026M08',
      '2026K3 <- 2026M09',
    ]);
  });

  it('are the last one alone for a stock, the first one for an opening stock', () => {
    expect(pairs('ledige', 'ledige', '2026K3', scopeOf(withLedige('over_time: last')))).toEqual([
      '2026K3 <- 2026M09',
    ]);
    expect(pairs('ledige', 'ledige', '2026K3', scopeOf(withLedige('over_time: first')))).toEqual([
      '2026K3 <- 2026M07',
    ]);
  });

  it('are 1 January of the year for Å_Primo', () => {
    expect(pairs('ledige_pr_1000', 'folketal', '2026M07')).toEqual(['2026M07 <- 2026']);
    expect(pairs('ledige_pr_1000', 'folketal', '2025M12..2026M01')).toEqual(['2025M12..2026M01 <- 2026']);
  });

  it('are a fixed year, where the definition names one', () => {
    const file = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
    expect(
      pairs(
        'ledige_pr_1000',
        'folketal',
        '2025M12',
        scopeOf(withChange(file, 'period: Å_Primo', 'period: "2026"')),
      ),
    ).toEqual(['2025M12 <- 2026']);
  });

  it('are not finer than the source has them', () => {
    const found = expectRefused('frequency-too-coarse', { kpi: 'ledige,⟦folketal⟧', period: '2026M07' });
    expect(found.message).toBe('"folketal" has one figure per aar and cannot be given for 2026M07.');
  });

  it('of a week are no part of a month', () => {
    const weekly = withChange('kpi-definitions/sources/star.ledighed.yaml', 'frequency: M', 'frequency: U');
    const scope = scopeOf(weekly, { 'star.ledighed': ['2026U30', '2026U31'] });
    expect(pairs('ledige', 'ledige', '2026U30..2026U31', scope)).toEqual([
      '2026U30..2026U31 <- 2026U30',
      '2026U30..2026U31 <- 2026U31',
    ]);
    expectRefused('frequency-too-coarse', { kpi: '⟦ledige⟧', period: '2026M07' }, scope);
  });

  it('are one at most where a figure does not add over time', () => {
    const scope = scopeOf(withLedige('over_time: none'));
    expect(pairs('ledige', 'ledige', '2026M07', scope)).toEqual(['2026M07 <- 2026M07']);
    const found = expectRefused('does-not-add', { kpi: 'folketal,⟦ledige⟧', period: '2026' }, scope);
    expect(found.message).toBe('"ledige" does not add over time, and 2026 holds several maaned figures.');
  });

  it('may be many, one for each row, where a figure does not add over time', () => {
    expect(
      bound({ kpi: 'ledige', by: 'maaned', period: '2026' }, scopeOf(withLedige('over_time: none'))).periods,
    ).toHaveLength(12);
  });

  it('are of several frequencies in one question, each by itself', () => {
    const quarterly = withFile(
      'kpi-definitions/beskaeftigelse/saldo.yaml',
      `kpi: beskaeftigelse.saldo
version: 1
status: approved
valid_from: "2020"
label: { da: Saldo, en: Balance }
unit: person
decimals: 0
direction: neutral
formula: saldo
missing: { parts: require_all, operand: require_all }
measures:
  saldo: { source: test.saldo, sum: saldo, unit: person, over_time: sum }
`,
      withFile(
        'kpi-definitions/sources/test.saldo.yaml',
        `source: test.saldo
label: { da: Saldo, en: Balance }
supplier: Test
frequency: K
delivery: full
file: { names: ["saldo_*.csv"], format: csv, header: [K, T, S] }
columns:
  kommune: { type: code, from: K, dimension: kommune, expect: all }
  tid: { type: period, from: T }
  saldo: { type: integer, from: S }
key: [kommune, tid]
`,
        withChange('cubes/arbejde.yaml', ', folketal]', ', folketal, saldo]'),
      ),
    );
    const scope = scopeOf(quarterly, {
      'star.ledighed': ['2026M07'],
      'test.saldo': ['2026K2'],
      'dst.folketal': ['2026'],
    });
    const query = bound({ kpi: 'ledige,saldo,folketal', period: '2026' }, scope);
    expect(query.measures.map(({ measure, pairs: own }) => [measure.name, own.length])).toEqual([
      ['ledige', 12],
      ['saldo', 4],
      ['folketal', 1],
    ]);
    expectRefused('frequency-too-coarse', { kpi: 'ledige,⟦saldo⟧', period: '2026M06' }, scope);
  });
});

const monthly = 'kpi-definitions/sources/star.ledighed.yaml';

/** The pairs of a stock that stands at a day, of a source with that frequency and contract. */
function counted(rules: string, contract: string, period: string, by = '') {
  const files = withChange(
    monthly,
    'frequency: M',
    contract,
    withLedige(`over_time: last\n    period: ${rules}`),
  );
  const query = bound({ kpi: 'ledige', period, ...(by ? { by } : {}) }, scopeOf(files));
  return useOf(query, 'ledige').pairs.map(({ out, source }) => `${out} <- ${source}`);
}

describe('a stock on 1 January, of a source with shorter periods', () => {
  it('is what was counted when the day began', () => {
    expect(counted('Å_Primo', 'frequency: M', '2026M05')).toEqual(['2026M05 <- 2025M12']);
    expect(counted('Å_Primo', 'frequency: K', '2026')).toEqual(['2026 <- 2025K4']);
    // 1 January 2026 was a Thursday; the week before it ended on 28 December.
    expect(counted('Å_Primo', 'frequency: U', '2026M05')).toEqual(['2026M05 <- 2025U52']);
    expect(counted('Å_Primo', 'frequency: D', '2026M05')).toEqual(['2026M05 <- 2026-01-01']);
  });

  it('is of the year of its Thursday for a week', () => {
    expect(counted('Å_Primo', 'frequency: M', '2026U53')).toEqual(['2026U53 <- 2025M12']);
    expect(counted('Å_Primo', 'frequency: M', '2027U01')).toEqual(['2027U01 <- 2026M12']);
  });

  it('is the period that begins then, where the source counts on the first day', () => {
    expect(counted('Å_Primo', 'frequency: M\ncounted_on: first_day', '2026M05')).toEqual([
      '2026M05 <- 2026M01',
    ]);
    expect(counted('Å_Primo', 'frequency: K\ncounted_on: first_day', '2026M05')).toEqual([
      '2026M05 <- 2026K1',
    ]);
  });
});

describe('a stock on 1 July', () => {
  it('is of the asked year, whatever part of it is asked for', () => {
    const first = (frequency: string) => `frequency: ${frequency}\ncounted_on: first_day`;
    expect(counted('Å_Midt', first('M'), '2026')).toEqual(['2026 <- 2026M07']);
    expect(counted('Å_Midt', first('M'), '2026M03')).toEqual(['2026M03 <- 2026M07']);
    expect(counted('Å_Midt', first('K'), '2026')).toEqual(['2026 <- 2026K3']);
    expect(counted('Å_Midt', 'frequency: M', '2025..2026', 'aar')).toEqual([
      '2025 <- 2025M06',
      '2026 <- 2026M06',
    ]);
  });
});

describe('a stock on 1 September', () => {
  it('is of the newest one on or before the last day asked for', () => {
    expect(counted('Å_SenSkoleStart', 'frequency: M', '2026M08')).toEqual(['2026M08 <- 2025M08']);
    expect(counted('Å_SenSkoleStart', 'frequency: M', '2026M09')).toEqual(['2026M09 <- 2026M08']);
    expect(counted('Å_SenSkoleStart', 'frequency: M', '2026')).toEqual(['2026 <- 2026M08']);
    expect(counted('Å_SenSkoleStart', 'frequency: M', '2025/26')).toEqual(['2025/26 <- 2025M08']);
    expect(counted('Å_SenSkoleStart', 'frequency: M', '2024/25..2025/26', 'skoleaar')).toEqual([
      '2024/25 <- 2024M08',
      '2025/26 <- 2025M08',
    ]);
    expect(counted('Å_SenSkoleStart', 'frequency: M\ncounted_on: first_day', '2026M09')).toEqual([
      '2026M09 <- 2026M09',
    ]);
  });
});

describe('a school year', () => {
  it('is its twelve months, from August', () => {
    const own = pairs('ledige', 'ledige', '2024/25').map((pair) => pair.slice('2024/25 <- '.length));
    expect(own).toHaveLength(12);
    expect([own[0], own[4], own[11]]).toEqual(['2024M08', '2024M12', '2025M07']);
  });

  it('is a level of its own, which no quarter fills', () => {
    expect(codes({ by: 'skoleaar', period: '2023/24..2025/26' })).toEqual(['2023/24', '2024/25', '2025/26']);
    const quarterly = scopeOf(withChange(monthly, 'frequency: M', 'frequency: K'));
    const found = expectRefused('frequency-too-coarse', { kpi: '⟦ledige⟧', period: '2025/26' }, quarterly);
    expect(found.hint).toBe('ask for whole periods of kvartal, aar');
  });
});

describe('weeks', () => {
  const weekly = (contract: string) => scopeOf(withChange(monthly, 'frequency: M', contract));

  it('lie in no month, unless the contract puts them where their Thursday is', () => {
    const found = expectRefused(
      'frequency-too-coarse',
      { kpi: '⟦ledige⟧', period: '2026M01' },
      weekly('frequency: U'),
    );
    expect(found.hint).toBe('ask for whole periods of uge, or write weeks: by_thursday in the contract');
    const scope = weekly('frequency: U\nweeks: by_thursday');
    expect(pairs('ledige', 'ledige', '2026M01', scope)).toEqual(
      ['2026U01', '2026U02', '2026U03', '2026U04', '2026U05'].map((week) => `2026M01 <- ${week}`),
    );
    expect(pairs('ledige', 'ledige', '2026', scope)).toHaveLength(53);
  });

  it('are in one month each, and none is lost', () => {
    const scope = weekly('frequency: U\nweeks: by_thursday');
    const months = Array.from(
      { length: 24 },
      (_, at) => `${2025 + Math.floor(at / 12)}M${String((at % 12) + 1).padStart(2, '0')}`,
    );
    const apart = months.flatMap((month) =>
      pairs('ledige', 'ledige', month, scope).map((pair) => pair.slice(11)),
    );
    const together = ['2025', '2026'].flatMap((year) =>
      pairs('ledige', 'ledige', year, scope).map((pair) => pair.slice(8)),
    );
    expect(apart).toEqual(together);
  });
});

describe('a stock whose last period has not come', () => {
  it('has none, unless the definition takes the last that has', () => {
    const scope = (rule: string) => scopeOf(withLedige(`over_time: ${rule}`));
    expect(pairs('ledige', 'ledige', '2026K3', scope('last'))).toEqual(['2026K3 <- 2026M09']);
    expect(pairs('ledige', 'ledige', '2026K3', scope('last_held'))).toEqual(['2026K3 <- 2026M07']);
    expect(pairs('ledige', 'ledige', '2025', scope('first'))).toEqual(['2025 <- 2025M01']);
    expect(pairs('ledige', 'ledige', '2025', scope('first_held'))).toEqual(['2025 <- 2025M07']);
    expect(pairs('ledige', 'ledige', '2027', scope('last_held'))).toEqual(['2027 <- 2027M12']);
  });
});
