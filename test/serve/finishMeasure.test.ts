import { describe, expect, it } from 'vitest';
import { toPlain } from '../../src/model/rational.ts';
import type { Kpi } from '../../src/model/types.ts';
import type { MeasureUse } from '../../src/query/bound.ts';
import { type CellComponents, finishMeasure } from '../../src/serve/finishMeasure.ts';
import { asZero, cellOf, componentOf, measureOf, requireAll, skipTo, useOf } from './support.ts';

/** What a cell says: the figure or the status, and the flags. */
function said(cell: CellComponents, missing: Kpi['missing'], use: MeasureUse = useOf()): string {
  const { status, value, flags } = finishMeasure(use, cell, missing);
  return [value === null ? status : toPlain(value, 6), ...flags].join(' ');
}

const parts = (given: Parameters<typeof componentOf>[0]) => cellOf({ parts: componentOf(given) });
const unexpected = (given: Parameters<typeof componentOf>[0]) =>
  cellOf({ parts: componentOf({ delivered: 0, ...given }), expected: [{ source: '2026M01', parts: 0 }] });

describe('parts of a total, by the rule for what is missing', () => {
  it.each([
    ['all three are known', cellOf(), '30', '30', '30', '30'],
    [
      'one is absent',
      parts({ value: 20n, delivered: 2, knownRows: 2 }),
      'below_coverage',
      '20',
      'below_coverage',
      '20',
    ],
    [
      'one is suppressed',
      parts({ value: 20n, delivered: 2, suppressed: 1, knownRows: 2, suppressedRows: 1 }),
      'below_coverage',
      '20',
      'below_coverage',
      '20',
    ],
    [
      'one is suppressed in part',
      parts({ value: 25n, delivered: 2, suppressed: 1, suppressedRows: 1 }),
      'below_coverage',
      '25',
      'below_coverage',
      '25',
    ],
    [
      'one is not applicable',
      parts({ value: 20n, delivered: 2, notApplicable: 1, knownRows: 2, notApplicableRows: 1 }),
      '20',
      '20',
      '20',
      '20',
    ],
    ['all are absent', cellOf({ parts: undefined }), 'not_delivered', 'not_delivered', 'not_delivered', '0'],
    [
      'all are suppressed',
      parts({ value: null, periods: 0, delivered: 0, suppressed: 3, knownRows: 0, suppressedRows: 3 }),
      'suppressed',
      'suppressed',
      'suppressed',
      '0',
    ],
    [
      'all are absent or suppressed',
      parts({ value: null, periods: 0, delivered: 0, suppressed: 1, knownRows: 0, suppressedRows: 1 }),
      'not_delivered',
      'not_delivered',
      'not_delivered',
      '0',
    ],
    [
      'all are not applicable',
      parts({ value: null, periods: 0, delivered: 0, notApplicable: 3, knownRows: 0, notApplicableRows: 3 }),
      'not_applicable',
      'not_applicable',
      'not_applicable',
      '0',
    ],
    [
      'one is absent, two not applicable',
      parts({ value: null, periods: 0, delivered: 0, notApplicable: 2, knownRows: 0, notApplicableRows: 2 }),
      'not_delivered',
      'not_delivered',
      'not_delivered',
      '0',
    ],
    [
      'rows came that say nothing',
      parts({ value: null, periods: 0, delivered: 0, knownRows: 0 }),
      'not_delivered',
      'not_delivered',
      'not_delivered',
      '0',
    ],
    [
      'uoplyst came too, suppressed',
      parts({ knownRows: 3, suppressedRows: 1 }),
      'below_coverage',
      '30',
      '30',
      '30',
    ],
  ])('%s', (_, cell, all, half, most, zero) => {
    expect([requireAll, skipTo(0.5), skipTo(0.9), asZero].map((missing) => said(cell, missing))).toEqual([
      all,
      half,
      most,
      zero,
    ]);
  });

  it('reaches a threshold exactly', () => {
    const cell = cellOf({
      parts: componentOf({ delivered: 95 }),
      expected: [{ source: '2026M01', parts: 100 }],
    });
    expect(said(cell, skipTo(0.95))).toBe('30');
    expect(said(cell, skipTo(0.951))).toBe('below_coverage');
  });
});

describe('a member that nobody expects', () => {
  it.each([
    ['a value', unexpected({ value: 48n, knownRows: 1 }), '48', '48', '48'],
    [
      'values, one of them suppressed',
      unexpected({ value: 48n, knownRows: 1, suppressedRows: 1 }),
      'suppressed',
      'suppressed',
      '48',
    ],
    [
      'suppressed values',
      unexpected({ value: null, periods: 0, knownRows: 0, suppressedRows: 2 }),
      'suppressed',
      'suppressed',
      '0',
    ],
    [
      'what is not applicable',
      unexpected({ value: null, periods: 0, knownRows: 0, notApplicableRows: 2 }),
      'not_applicable',
      'not_applicable',
      '0',
    ],
    ['nothing', unexpected({ value: null, periods: 0, knownRows: 0 }), 'not_delivered', 'not_delivered', '0'],
  ])('that holds %s', (_, cell, all, most, zero) => {
    expect([requireAll, skipTo(0.9), asZero].map((missing) => said(cell, missing))).toEqual([
      all,
      most,
      zero,
    ]);
  });

  it('has no coverage, though kommuner that are expected elsewhere sent it', () => {
    const cell = { ...unexpected({ knownRows: 2 }), parts: componentOf({ delivered: 2 }) };
    expect(finishMeasure(useOf(), cell, requireAll).coverage).toEqual({
      expected: 0,
      delivered: 0,
      suppressed: 0,
      notApplicable: 0,
      absent: 0,
    });
  });
});

describe('what nobody said to expect', () => {
  it('is covered by what came', () => {
    const cell = { ...parts({ delivered: 2, suppressed: 0 }), expected: null };
    expect(finishMeasure(useOf(), cell, requireAll)).toMatchObject({
      status: 'ok',
      coverage: { expected: 2, delivered: 2, absent: 0 },
    });
  });

  it('is below coverage where some of it came suppressed', () => {
    const cell = { ...parts({ delivered: 2, suppressed: 1, suppressedRows: 1 }), expected: null };
    expect(said(cell, requireAll)).toBe('below_coverage');
    expect(said(cell, skipTo(0.5))).toBe('30');
  });
});

describe('over time', () => {
  const periods = (...held: boolean[]) => held.map((each, at) => ({ source: `2026M0${at + 1}`, held: each }));
  const quarter = (given: Parameters<typeof componentOf>[0], expected = 1, held = [true, true, true]) =>
    cellOf({
      parts: componentOf({ value: 60n, periods: 2, delivered: 2, knownRows: 2, ...given }),
      expected: periods(...held).map(({ source }) => ({ source, parts: expected })),
      periods: periods(...held),
    });
  const mean = useOf({ measure: measureOf({ overTime: 'mean' }) });

  it('a mean divides by the periods with a value', () => {
    expect(said(quarter({ value: 60n, periods: 3, delivered: 3 }), requireAll, mean)).toBe('20');
    expect(said(quarter({}), skipTo(0.5), mean)).toBe('30');
    expect(said(quarter({}), requireAll, mean)).toBe('below_coverage');
  });

  it('a mean of what nobody expects divides by all periods that came, so that the groups add up', () => {
    expect(said(quarter({ delivered: 0 }, 0), requireAll, mean)).toBe('20');
    expect(said(quarter({ delivered: 0 }, 0, [true, true, false]), requireAll, mean)).toBe('30');
  });

  it('a mean of what counts as zero where it is missing divides by all periods that came', () => {
    expect(said(quarter({}), asZero, mean)).toBe('20');
    expect(said(quarter({}, 1, [true, true, false]), asZero, mean)).toBe('30');
  });

  it('a mean is exact', () => {
    const { value } = finishMeasure(mean, quarter({ value: 100n, periods: 3, delivered: 3 }), requireAll);
    expect(value).toEqual({ numerator: 100n, denominator: 3n });
  });

  it.each(['sum', 'last', 'first', 'none'] as const)('%s divides by nothing', (overTime) => {
    expect(
      said(quarter({ periods: 3, delivered: 3 }), requireAll, useOf({ measure: measureOf({ overTime }) })),
    ).toBe('60');
  });
});

describe("the source's own total", () => {
  const use = useOf({ parts: 'count', totalAt: { kommune: 'land' } });
  const total = (given: Parameters<typeof componentOf>[0], more: Partial<CellComponents> = {}) =>
    cellOf({ total: componentOf({ value: 31n, delivered: 1, knownRows: 1, ...given }), ...more });

  it.each([
    ['is there', total({}), '31 source_total'],
    ['is not there', cellOf(), 'not_delivered'],
    ['is empty', total({ value: null, periods: 0, knownRows: 0 }), 'not_delivered'],
    ['is suppressed', total({ value: null, periods: 0, knownRows: 0, suppressedRows: 1 }), 'suppressed'],
    ['is suppressed in part', total({ suppressedRows: 1 }), 'suppressed'],
    [
      'is not applicable',
      total({ value: null, periods: 0, knownRows: 0, notApplicableRows: 1 }),
      'not_applicable',
    ],
    [
      'lacks a period',
      total(
        {},
        {
          periods: [
            { source: '2026M01', held: true },
            { source: '2026M02', held: true },
          ],
        },
      ),
      'below_coverage',
    ],
    [
      'is of all ages but one',
      total({ delivered: 1 }, { expectedTotals: [{ source: '2026M01', parts: 2 }] }),
      'below_coverage',
    ],
    [
      'is of all ages',
      total({ delivered: 2 }, { expectedTotals: [{ source: '2026M01', parts: 2 }] }),
      '31 source_total',
    ],
    [
      'is of all ages to which it applies',
      total({ delivered: 1, notApplicable: 1 }, { expectedTotals: [{ source: '2026M01', parts: 2 }] }),
      '31 source_total',
    ],
  ])('%s', (_, cell, expected) => {
    expect(said(cell, requireAll, use)).toBe(expected);
  });

  it('stands whatever the parts lack, and carries their coverage', () => {
    const cell = { ...total({}), parts: componentOf({ delivered: 1, suppressed: 1 }) };
    expect(finishMeasure(use, cell, requireAll)).toMatchObject({
      status: 'ok',
      coverage: { expected: 3, delivered: 1, suppressed: 1, absent: 1 },
    });
  });

  it('of several periods is their mean, if that is how it goes over time', () => {
    const mean = useOf({ ...use, measure: measureOf({ overTime: 'mean' }) });
    const cell = total(
      { value: 60n, periods: 2 },
      {
        periods: [
          { source: '2026M01', held: true },
          { source: '2026M02', held: true },
        ],
      },
    );
    expect(said(cell, requireAll, mean)).toBe('30 source_total');
  });

  describe('of the unknown', () => {
    const alone = unexpected({ value: 48n, knownRows: 1 });

    it('is the unknown itself, if that is one row', () => {
      expect(said(alone, requireAll, use)).toBe('48');
      expect(
        said(
          { ...alone, parts: componentOf({ value: null, knownRows: 0, delivered: 0, notApplicableRows: 1 }) },
          requireAll,
          use,
        ),
      ).toBe('not_applicable');
    });

    it('is the unknown itself, if no other member can be there', () => {
      const rows = { ...alone, parts: componentOf({ value: 48n, delivered: 0, knownRows: 2 }) };
      expect(said({ ...rows, isUnknownAlone: true }, requireAll, use)).toBe('48');
      expect(said(rows, requireAll, use)).toBe('not_delivered');
    });

    it('is what the source says, where it says it', () => {
      expect(
        said({ ...alone, isUnknownAlone: true, total: componentOf({ value: 50n }) }, requireAll, use),
      ).toBe('50 source_total');
    });
  });
});

describe('a weighed mean', () => {
  const weight = { measure: measureOf({ id: 'test.vaegt', decimals: 1 }), dimension: 'kommune' };
  const pairs = (year: string) => [
    { out: '2026M01', source: '2026M01', structureDate: '2026-01-31', weight: year },
  ];
  const use = useOf({ parts: 'weigh', weight, pairs: pairs('2026'), measure: measureOf({ decimals: 2 }) });
  const weighed = (value: bigint | null, by: bigint | null) => parts({ weighted: value, weight: by });

  it('is the sum of the weighed values by the sum of the weights', () => {
    // 12.34 x 100.0 + 10.00 x 50.0 = 1734 by 150.
    expect(said(weighed(1_734_000n, 1_500n), requireAll, use)).toBe('11.56 weighted');
  });

  it('by a weight of another year is imputed', () => {
    expect(said(weighed(1_500n, 1_500n), requireAll, { ...use, pairs: pairs('2025') })).toBe(
      '0.01 imputed weighted',
    );
  });

  it('of which every weight is zero is undefined', () => {
    expect(said(weighed(0n, 0n), requireAll, use)).toBe('undefined');
    expect(said(weighed(0n, 0n), asZero, use)).toBe('undefined');
  });

  it('of which no part has both a value and a weight is not delivered', () => {
    expect(said({ ...weighed(null, null), parts: componentOf({ delivered: 0 }) }, requireAll, use)).toBe(
      'not_delivered',
    );
    expect(said(weighed(null, null), asZero, use)).toBe('0');
  });

  it('of one finest member alone is that member, weight or no weight', () => {
    const alone = parts({ value: 1_234n, alone: true, weighted: null, weight: null });
    expect(said(alone, requireAll, use)).toBe('12.34');
    expect(said(parts({ value: 1_234n, alone: true, weighted: 0n, weight: 0n }), requireAll, use)).toBe(
      '12.34',
    );
  });

  it("stands behind the source's own total, and beside it", () => {
    const both = { ...weighed(1_500n, 1_500n), total: componentOf({ value: 2n }) };
    const found = finishMeasure({ ...use, totalAt: { kommune: 'land' } }, both, requireAll);
    expect(found).toMatchObject({
      status: 'ok',
      flags: ['source_total'],
      value: { numerator: 1n, denominator: 50n },
      ours: { numerator: 1n, denominator: 100n },
    });
    expect(
      said({ ...both, total: componentOf({ suppressedRows: 1 }) }, requireAll, {
        ...use,
        totalAt: { kommune: 'land' },
      }),
    ).toBe('0.01 weighted');
  });
});

describe('a measure in its unit', () => {
  it('is brought to base units', () => {
    const thousand = { text: '1.000 kr.', base: { 'kr.': 1 }, numerator: '1000', denominator: '1' };
    const use = useOf({ measure: measureOf({ decimals: 1, unit: thousand }) });
    expect(said(parts({ value: 15n }), requireAll, use)).toBe('1500');
  });
});

describe('a mean over periods in some of which nobody is expected, where silence is zero', () => {
  const mean = useOf({ measure: measureOf({ overTime: 'mean' }) });
  const there = { source: '2027M01', expected: 2, present: 2, isOfAll: false };
  const gone = { source: '2026M12', expected: 0, present: 0, isOfAll: false };
  const cell = (isHeld: boolean) =>
    cellOf({
      parts: componentOf({ value: 60n, periods: 1, delivered: 2 }),
      present: [gone, there],
      periods: [
        { source: gone.source, held: isHeld },
        { source: there.source, held: true },
      ],
    });

  it('counts those that the edition holds, so that the means of groups add up', () => {
    expect(said(cell(true), requireAll, mean)).toBe('30');
  });

  it('counts none that it does not hold', () => {
    expect(said(cell(false), requireAll, mean)).toBe('60');
  });
});
