import { describe, expect, it } from 'vitest';
import type { RowExpression, RowStep } from '../../src/model/rowSteps.ts';
import { printRowExpression, stepInWords } from '../../src/plan/stepInWords.ts';

const column = (name: string): RowExpression => ({ kind: 'column', name });
const number = (value: string): RowExpression => ({ kind: 'number', value });
const text = (value: string): RowExpression => ({ kind: 'text', value });
const sum = (left: RowExpression, right: RowExpression): RowExpression => ({
  kind: 'arithmetic',
  operator: '+',
  left,
  right,
});

describe('a step in words', () => {
  it.each<[string, RowStep]>([
    [
      'alder >= 18',
      {
        kind: 'where',
        condition: { kind: 'comparison', operator: '>=', left: column('alder'), right: number('18') },
      },
    ],
    [
      'derive alder',
      { kind: 'derive', columns: [{ name: 'alder', expression: number('1'), reads: [], codes: null }] },
    ],
    ['group by periode, skole', { kind: 'group', by: ['periode', 'skole'], level: null, takes: [] }],
    [
      'one row a maaned from start to slut (last day)',
      { kind: 'spread', level: 'maaned', from: 'start', to: 'slut', on: 'last_day' },
    ],
    [
      'look up in ubu.anbragte',
      { kind: 'match', rows: 'ubu.anbragte', on: [], shift: null, valid: null, takes: [], found: null },
    ],
    ['in order of ind', { kind: 'order', by: ['person'], along: ['ind'], within: null, takes: [] }],
    [
      'in order of periode within 52 uge',
      {
        kind: 'order',
        by: ['person'],
        along: ['periode'],
        within: { period: 'periode', level: 'uge', count: 52 },
        takes: [],
      },
    ],
    [
      'stays within 240 minutes joined',
      { kind: 'join_stays', by: ['person'], from: 'ind', to: 'ud', within: { unit: 'minutes', count: 240 } },
    ],
  ])('is "%s"', (words, step) => {
    expect(stepInWords(step)).toBe(words);
  });

  it.each<[string, RowExpression]>([
    [
      'not (a or b)',
      { kind: 'not', operand: { kind: 'logic', operator: 'or', left: column('a'), right: column('b') } },
    ],
    [
      '-(a + 1) * 2',
      {
        kind: 'arithmetic',
        operator: '*',
        left: { kind: 'negate', operand: sum(column('a'), number('1')) },
        right: number('2'),
      },
    ],
    [
      'not k in ["1", "2"]',
      {
        kind: 'in',
        operand: { kind: 'known', operand: column('k') },
        list: [text('1'), text('2')],
        negated: true,
      },
    ],
    ['coalesce(a, b)', { kind: 'coalesce', operands: [column('a'), column('b')] }],
    ['is_empty(k)', { kind: 'is_empty', operand: column('k') }],
    [
      'age(foedt, 2026-01-01)',
      {
        kind: 'call',
        function: 'age',
        operands: [column('foedt'), { kind: 'date', value: '2026-01-01' }],
        level: null,
      },
    ],
  ])('has the condition "%s"', (words, expression) => {
    expect(printRowExpression(expression)).toBe(words);
  });
});
