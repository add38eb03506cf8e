import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoundExpression } from '../../src/model/boundExpression.ts';
import { parsePeriod } from '../../src/model/periods.ts';
import { rational, toPlain } from '../../src/model/rational.ts';
import { type Status, statuses } from '../../src/model/status.ts';
import type { Kpi } from '../../src/model/types.ts';
import type { OutPeriod } from '../../src/query/bound.ts';
import { finishColumn } from '../../src/serve/finishColumn.ts';
import type { Figures } from '../../src/serve/finishFormula.ts';
import type { MeasureResult } from '../../src/serve/finishMeasure.ts';
import { columnOf, kpiOf, requireAll } from './support.ts';

const a: BoundExpression = { kind: 'measure', measure: 'a' };
const b: BoundExpression = { kind: 'measure', measure: 'b' };
const two = (
  operator: '+' | '-' | '*' | '/',
  left: BoundExpression = a,
  right: BoundExpression = b,
): BoundExpression => ({ kind: 'arithmetic', operator, left, right });
const number = (value: string): BoundExpression => ({ kind: 'number', value });

const coverage = (expected: number, delivered: number) => ({
  expected,
  delivered,
  suppressed: 0,
  notApplicable: 0,
  absent: expected - delivered,
});

function result(value: number | Status, more: Partial<MeasureResult> = {}): MeasureResult {
  const known = typeof value === 'number';
  return {
    status: known ? 'ok' : value,
    value: known ? rational(BigInt(value)) : null,
    flags: [],
    coverage: coverage(1, known ? 1 : 0),
    ...more,
  };
}

const figuresOf = (results: Record<string, MeasureResult>): Figures => ({
  of: (use) => results[use] ?? result('not_delivered'),
  parts: () => [],
  matched: () => figuresOf(results),
  each: () => [],
});

const period = (code: string): OutPeriod => {
  const [first = '', last = first] = code.split('..');
  const [from, to] = [parsePeriod(first), parsePeriod(last)];
  if (!from || !to) throw new Error(`no period ${code}`);
  return { code, firstDay: from.firstDay, lastDay: to.lastDay };
};

function finish(
  expression: BoundExpression,
  results: Record<string, MeasureResult>,
  kpi: Partial<Kpi> = {},
  at = '2026M07',
  kind: 'kpi' | 'measure' = 'kpi',
) {
  const column = columnOf(kpiOf({ expression, measures: Object.keys(results), ...kpi }), kind);
  return finishColumn(column, figuresOf(results), period(at), false);
}

const said = (...given: Parameters<typeof finish>): string => {
  const { status, value } = finish(...given);
  return value === null ? status : toPlain(value, 6);
};

const zeroOperand: Kpi['missing'] = { ...requireAll, operand: 'as_zero' };

describe('a formula over finished measures', () => {
  it.each([
    [two('+'), '12'],
    [two('-'), '6'],
    [two('*'), '27'],
    [two('/'), '3'],
    [two('/', number('1'), b), '0.333333'],
    [two('-', number('0.5'), a), '-8.5'],
    [{ kind: 'negate', operand: a } as const, '-9'],
    [two('+', two('/'), two('/')), '6'],
  ])('is worked out exactly: %j', (expression, expected) => {
    expect(said(expression, { a: result(9), b: result(3) })).toBe(expected);
  });

  it('divides once, in fractions: a third three times is one', () => {
    const third = two('/', number('1'), b);
    expect(finish(two('+', third, two('+', third, third)), { b: result(3) }).value).toEqual({
      numerator: 1n,
      denominator: 1n,
    });
  });

  it('by zero is undefined, whatever is divided', () => {
    expect(said(two('/'), { a: result(9), b: result(0) })).toBe('undefined');
    expect(said(two('/'), { a: result(0), b: result(0) })).toBe('undefined');
  });

  it('is given in the unit that the KPI declares', () => {
    const perThousand = { text: 'person/1000 borger', base: {}, numerator: '1', denominator: '1000' };
    expect(said(two('/'), { a: result(3), b: result(200) }, { unit: perThousand })).toBe('15');
  });
});

describe('an operand that is missing', () => {
  const missing = Object.keys(statuses).filter((status): status is Status => status !== 'ok');

  it.each(missing)('makes the whole %s, on either side', (status) => {
    for (const operator of ['+', '-', '*', '/'] as const) {
      expect(said(two(operator), { a: result(status), b: result(3) })).toBe(status);
      expect(said(two(operator), { a: result(3), b: result(status) })).toBe(status);
    }
  });

  it('of two the one that hides more says why', () => {
    fc.assert(
      fc.property(fc.constantFrom(...missing), fc.constantFrom(...missing), (one, other) => {
        const worse = statuses[one].precedence >= statuses[other].precedence ? one : other;
        expect(said(two('+'), { a: result(one), b: result(other) })).toBe(worse);
        expect(said(two('+'), { a: result(other), b: result(one) })).toBe(worse);
      }),
    );
  });

  it('counts as zero where the definition says so, below the line too', () => {
    const absent = result('not_delivered');
    expect(said(two('+'), { a: result(9), b: absent }, { missing: zeroOperand })).toBe('9');
    expect(said(two('/'), { a: result(9), b: absent }, { missing: zeroOperand })).toBe('undefined');
    expect(said(two('/'), { a: absent, b: result(9) }, { missing: zeroOperand })).toBe('0');
  });

  it('is hidden by a zero denominator no more than the other way round', () => {
    expect(
      said(two('+', two('/'), { kind: 'measure', measure: 'c' }), {
        a: result(1),
        b: result(0),
        c: result('suppressed'),
      }),
    ).toBe('suppressed');
  });
});

describe('a cell', () => {
  it('has the coverage of the operand that is covered least', () => {
    const full = result(9, { coverage: coverage(98, 98) });
    const less = result(9, { coverage: coverage(98, 96) });
    const nothing = result(9, { coverage: coverage(0, 0) });
    expect(finish(two('+'), { a: full, b: less }).coverage).toEqual(coverage(98, 96));
    expect(finish(two('+'), { a: less, b: full }).coverage).toEqual(coverage(98, 96));
    expect(finish(two('+'), { a: nothing, b: less }).coverage).toEqual(coverage(98, 96));
  });

  it('has the flags of all operands', () => {
    const flags = finish(two('/'), {
      a: result(9, { flags: ['weighted'] }),
      b: result(3, { flags: ['imputed', 'source_total'] }),
    }).flags;
    expect(flags).toEqual(['imputed', 'source_total', 'weighted']);
  });

  it('is synthetic where a source is, number or not', () => {
    const column = columnOf(kpiOf({ expression: a, measures: ['a'] }));
    for (const value of [9, 'suppressed'] as const) {
      expect(finishColumn(column, figuresOf({ a: result(value) }), period('2026'), true).flags).toEqual([
        'synthetic',
      ]);
    }
  });

  it("gives ours beside the source's own total, through the whole formula", () => {
    const total = result(10, { ours: rational(9n), flags: ['source_total'] });
    const cell = finish(two('/'), { a: total, b: result(2) });
    expect([cell.value, cell.ours]).toEqual([rational(5n), rational(9n, 2n)]);
    expect(finish(two('/'), { a: result(10), b: result(2) }).ours).toBeUndefined();
  });
});

describe('a KPI', () => {
  it.each([
    ['2026M06', 'not_applicable'],
    ['2026M07', '9'],
    ['2027M03', '9'],
    ['2027M04', 'not_applicable'],
    ['2026', '9'],
    ['2026K2', 'not_applicable'],
    ['2026M01..2026M07', '9'],
  ])('that holds from 2026M07 to 2027K1 is in %s: %s', (at, expected) => {
    expect(said(a, { a: result(9) }, { validFrom: '2026M07', validTo: '2027K1' }, at)).toBe(expected);
  });

  it('begins and ends; a measure is what its source says, whenever', () => {
    expect(said(a, { a: result(9) }, { validFrom: '2027' }, '2026M07', 'measure')).toBe('9');
    expect(said(a, { a: result(9) }, { validFrom: '2027' }, '2026M07', 'kpi')).toBe('not_applicable');
  });

  it.each([
    ['2026M06', []],
    ['2026M07', ['break']],
    ['2026M08', []],
    ['2026K3', ['break']],
    ['2026', ['break']],
    ['2026M05..2026M09', ['break']],
  ])('that breaks from 2026M07 is marked in the period that the break falls into: %s', (at, expected) => {
    const breaks = [{ from: '2026M07', label: { da: 'Reform', en: 'Reform' } }];
    expect(finish(a, { a: result(9) }, { breaks }, at).flags).toEqual(expected);
  });
});
