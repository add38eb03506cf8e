import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../src/formula/compile.ts';
import { evaluateCondition } from '../../src/formula/evaluate.ts';
import { columns, conditions, rows, valueIn } from './conditions.ts';
import { parsed } from './support.ts';

describe('compileCondition', () => {
  it('says of every row what evaluateCondition says', () => {
    fc.assert(
      fc.property(conditions('+', '-', '*', '/'), fc.array(rows, { minLength: 1 }), (condition, table) => {
        const compiled = compileCondition(condition, columns);
        expect(table.map(compiled)).toEqual(table.map((row) => evaluateCondition(condition, valueIn(row))));
      }),
      { numRuns: 500 },
    );
  });

  it('reads rows of any form, here cells by position', () => {
    const header = ['datasaet', 'maaletal'];
    const byPosition = new Map(
      header.map((name, index) => [
        name,
        { type: 'text' as const, read: (row: readonly (string | null)[]) => row[index] ?? null },
      ]),
    );
    const condition = parsed('datasaet == "unemployment" and maaletal in ["totalRate", "dagpengeRate"]');
    const chosen = compileCondition(condition, byPosition);
    expect(chosen(['unemployment', 'totalRate'])).toBe(true);
    expect(chosen(['unemployment', 'total'])).toBe(false);
    expect(chosen(['unemployment', null])).toBe(null);
    expect(chosen(['activation', null])).toBe(false);
  });

  it('leaves open what a number cell without a number would decide', () => {
    const number = new Map([['x', { type: 'number' as const, read: (cell: string) => cell }]]);
    const positive = compileCondition(parsed('x > 0'), number);
    expect(['1', '-1', '+1.5', 'abc', '', '1,5', ' 1'].map(positive)).toEqual([
      true,
      false,
      true,
      null,
      null,
      null,
      null,
    ]);
  });

  it.each([
    'k',
    'x + 1',
    'k == 1',
    'x in ["1"]',
    'k in [1]',
    '(x == 1) == 1',
    'k + 1 == 2',
    'f(x) == 1',
    'z == 1',
  ])('stops at %s before the first row, since the model refuses it', (text) => {
    expect(() => compileCondition(parsed(text), columns)).toThrow('invariant');
  });
});
