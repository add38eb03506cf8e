import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCondition } from '../../src/formula/evaluate.ts';
import { exact } from '../../src/formula/exact.ts';
import type { Expression } from '../../src/formula/expression.ts';
import { conditions, type Row, rows, valueIn } from './conditions.ts';
import { parsed } from './support.ts';

const empty: Row = { k: null, region: null, x: null, y: null };

describe('evaluateCondition', () => {
  it.each([
    ['k == "082"', { k: '082' }, true],
    ['k == "082"', { k: '82' }, false],
    ['k == "082"', {}, null],
    ['k != "082"', {}, null],
    ['not k == "082"', {}, null],
    ['k in ["081", "082"]', { k: '082' }, true],
    ['not k in ["081", "082"]', { k: '082' }, false],
    ['not k in ["081", "082"]', {}, null],
    ['k >= "081" and k <= "085"', { k: '0821' }, true],
    ['k == "a" or region == "b"', { region: 'b' }, true],
    ['k == "a" and region == "b"', { region: 'c' }, false],
    ['k == "a" and region == "b"', { region: 'b' }, null],
    ['x == 1', { x: '1.00' }, true],
    ['x == 0.1 + 0.2', { x: '0.3' }, true],
    ['x > 12345678901234567890.1', { x: '12345678901234567890.2' }, true],
    ['x / y > 0.33', { x: '1', y: '3' }, true],
    ['x / y * 3 == 1', { x: '1', y: '3' }, true],
    ['x / y > 1', { x: '1', y: '0' }, null],
    ['x / y > 1', { x: '-3', y: '-2' }, true],
    ['x / y < -1', { x: '3', y: '-2' }, true],
    ['-x < 0', { x: '1' }, true],
    ['x in [1, -2.50]', { x: '-2.5' }, true],
  ])('%s for %j is %j', (text, row: Partial<Row>, result) => {
    expect(evaluateCondition(parsed(text), valueIn({ ...empty, ...row }))).toBe(result);
  });

  it('sorts texts by code point, as the engines do', () => {
    const row = valueIn({ ...empty, k: '\uffee', region: '😀' });
    expect(evaluateCondition(parsed('k < region'), row)).toBe(true);
  });

  it.each([
    'k',
    'x',
    'x + 1',
    'k == 1',
    'x == "1"',
    '(x == 1) == 1',
    'k + 1 == 2',
    'f(x)',
    'f(x) == 1',
    '-(x == 1) == 1',
  ])('stops at %s, which the model refuses', (text) => {
    const lookup = (name: string) => (name === 'k' ? 'a' : exact('1'));
    expect(() => evaluateCondition(parsed(text), lookup)).toThrow('invariant');
  });

  it('says what DuckDB says', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const many = fc.array(rows, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(conditions('+', '-', '*'), many, async (condition, table) => {
        const ours = table.map((row) => evaluateCondition(condition, valueIn(row)));
        const values = table.map((row, index) => `(${index}, ${sqlRow(row)})`).join(', ');
        const reader = await connection.runAndReadAll(
          `select ${sql(condition)} from (values ${values}) rows(i, k, region, x, y) order by i`,
        );
        expect(ours).toEqual(reader.getRows().map(([truth]) => truth));
      }),
      { numRuns: 300 },
    );
    connection.closeSync();
  });
});

// Nine digits, so that a product of four stays within the 38 of a DECIMAL.
const decimal = 'decimal(9, 2)';

function sqlRow({ k, region, x, y }: Row): string {
  const text = (cell: string | null) => (cell === null ? 'null::varchar' : `'${cell}'`);
  const number = (cell: string | null) => `${cell ?? 'null'}::${decimal}`;
  return [text(k), text(region), number(x), number(y)].join(', ');
}

/** Naive SQL, every operation in brackets. */
function sql(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.value}::${decimal}`;
    case 'text':
      return `'${expression.value}'`;
    case 'name':
      return expression.name;
    case 'unary':
      return `(${expression.operator === 'not' ? 'not' : '-'} ${sql(expression.operand)})`;
    case 'arithmetic':
    case 'comparison':
    case 'logic':
      return `(${sql(expression.left)} ${expression.operator.replace('==', '=')} ${sql(expression.right)})`;
    case 'in': {
      const list = expression.list.map(sql).join(', ');
      return `(${sql(expression.operand)} ${expression.negated ? 'not in' : 'in'} (${list}))`;
    }
    case 'call':
      throw new Error('conditions call nothing');
  }
}
