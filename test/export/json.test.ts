import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printAnswerJson } from '../../src/export/json.ts';
import { answerOf, ledige, ok, without } from '../support/answers.ts';

describe('printAnswerJson', () => {
  it('carries everything, whatever was asked to be shown', () => {
    const answer = answerOf({
      rows: [
        { members: ['01'], cells: [ok('16.2780340', { flags: ['weighted'] })] },
        { members: ['09'], cells: [without('suppressed')] },
      ],
      total: { members: [], cells: [ok('17', { coverage: { expected: 98, delivered: 96, suppressed: 2 } })] },
      notes: [{ kind: 'break', column: 'ledige', text: { da: 'Databrud', en: 'Break' } }],
    });
    expect(JSON.parse(printAnswerJson(answer, 6))).toEqual({
      cube: 'beskaeftigelse',
      label: { da: 'Beskæftigelse', en: 'Employment' },
      edition: {
        id: '2026M07-2-3fa9c1d2',
        number: 3,
        published_at: '2026-08-19T18:49:14.000Z',
        synthetic: false,
      },
      period: '2026M07',
      hierarchy: { mode: 'as-is', date: null },
      levels: answer.levels,
      columns: [ledige],
      rows: [
        {
          members: { landsdel: '01' },
          cells: {
            ledige: {
              value: 16.278034,
              status: 'ok',
              flags: ['weighted'],
              coverage: { expected: 1, delivered: 1, suppressed: 0, not_applicable: 0, absent: 0 },
            },
          },
        },
        {
          members: { landsdel: '09' },
          cells: {
            ledige: {
              value: null,
              status: 'suppressed',
              flags: [],
              coverage: { expected: 1, delivered: 0, suppressed: 0, not_applicable: 0, absent: 1 },
            },
          },
        },
      ],
      total: {
        members: {},
        cells: {
          ledige: {
            value: 17,
            status: 'ok',
            flags: [],
            coverage: { expected: 98, delivered: 96, suppressed: 2, not_applicable: 0, absent: 0 },
          },
        },
      },
      notes: [{ kind: 'break', column: 'ledige', text: { da: 'Databrud', en: 'Break' } }],
      route: { kind: 'cells', reasons: [] },
    });
  });

  it('writes every digit of a number that no double holds', () => {
    const answer = answerOf({
      levels: [],
      rows: [{ members: [], cells: [ok('12345678901234567890.123456')] }],
    });
    expect(printAnswerJson(answer, 6)).toContain('"value": 12345678901234567890.123456,');
  });

  it('writes the same number that it was given, for all decimals that it is asked for', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (scaledValue) => {
        const digits = (scaledValue < 0n ? -scaledValue : scaledValue).toString().padStart(7, '0');
        const text = `${scaledValue < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
        const answer = answerOf({ levels: [], rows: [{ members: [], cells: [ok(text)] }] });
        const read: { rows: { cells: { ledige: { value: number } } }[] } = JSON.parse(
          printAnswerJson(answer, 6),
        );
        expect(read.rows[0]?.cells.ledige.value).toBe(Number(text) + 0);
      }),
    );
  });
});
