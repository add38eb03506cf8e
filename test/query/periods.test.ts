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
