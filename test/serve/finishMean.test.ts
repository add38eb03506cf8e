import { describe, expect, it } from 'vitest';
import { parseDecimal, rational, toPlain } from '../../src/model/rational.ts';
import type { Status } from '../../src/model/status.ts';
import { type FinishedPart, finishMean } from '../../src/serve/finishMean.ts';
import { requireAll, skipTo } from './support.ts';

const part = (value: string | Status, expected = true): FinishedPart => {
  const isNumber = /\d/.test(value);
  const operand = isNumber
    ? { status: 'ok' as const, value: parseDecimal(value) }
    : { status: value as Status, value: null };
  return { expected, operand, flags: [] };
};

const said = (parts: readonly FinishedPart[], missing = requireAll): string => {
  const { status, value, coverage } = finishMean(parts, missing);
  return `${value === null ? status : toPlain(value, 6)} ${coverage.delivered}/${coverage.expected}`;
};

describe('a mean over members', () => {
  it.each([
    [['1', '2', '6'], '3 3/3'],
    [['1', 'undefined'], '1 1/1'],
    [['1', 'not_applicable'], '1 1/1'],
    [['1', 'not_delivered'], 'below_coverage 1/2'],
    [['1', 'suppressed'], 'below_coverage 1/2'],
    [['suppressed', 'suppressed'], 'suppressed 0/2'],
    [['suppressed', 'not_delivered'], 'not_delivered 0/2'],
    [['undefined', 'undefined'], 'undefined 0/0'],
    [[], 'not_delivered 0/0'],
  ] as const)('of %j is %s', (values, expected) => {
    expect(said(values.map((value) => part(value)))).toBe(expected);
  });

  it('skips members down to the coverage that is said', () => {
    const parts = [part('1'), part('3'), part('not_delivered')];
    expect(said(parts, skipTo(0.6))).toBe('2 2/3');
    expect(said(parts, skipTo(0.7))).toBe('below_coverage 2/3');
  });

  it('takes in who is expected of nobody and has come, without counting them', () => {
    expect(said([part('1'), part('3', false)])).toBe('2 1/1');
    expect(said([part('1'), part('not_delivered', false)])).toBe('1 1/1');
  });

  it('rounds every member to twelve decimals first, half away from zero', () => {
    const third = { ...part('1'), operand: { status: 'ok' as const, value: rational(1n, 3n) } };
    expect(finishMean([third, third, third], requireAll).value).toEqual(parseDecimal('0.333333333333'));
  });
});
