import { describe, expect, it } from 'vitest';
import { sheetOf } from '../../src/export/sheet.ts';
import { answerOf, landsdel, ledige, ledigePr1000, maaned, ok } from '../support/answers.ts';

const long = answerOf({
  levels: [landsdel, maaned],
  columns: [ledige, ledigePr1000],
  rows: [
    { members: ['01', '2026M07'], cells: [ok('17'), ok('1.7')] },
    { members: ['09', '2026M06'], cells: [ok('96'), ok('9.6')] },
    { members: ['09', '2026M07'], cells: [ok('97'), ok('9.7')] },
  ],
});

describe('sheetOf', () => {
  it('leaves an answer as it is without a pivot', () => {
    const sheet = sheetOf(long, null);
    expect(sheet.levels).toEqual([landsdel, maaned]);
    expect(sheet.columns.map(({ name }) => name)).toEqual(['ledige', 'ledige_pr_1000']);
    expect(sheet.rows).toEqual(long.rows);
  });

  it('sets the members of the pivoted level side by side, in the order of their codes', () => {
    const sheet = sheetOf(long, 'maaned');
    expect(sheet.levels).toEqual([landsdel]);
    expect(sheet.columns.map(({ name }) => name)).toEqual([
      'ledige_2026M06',
      'ledige_pr_1000_2026M06',
      'ledige_2026M07',
      'ledige_pr_1000_2026M07',
    ]);
  });

  it('leaves a hole where the answer has no such row, which is not a zero', () => {
    expect(sheetOf(long, 'maaned').rows).toEqual([
      { members: ['01'], cells: [null, null, ok('17'), ok('1.7')] },
      { members: ['09'], cells: [ok('96'), ok('9.6'), ok('97'), ok('9.7')] },
    ]);
  });

  it('puts the unknown member last, as in rows', () => {
    const answer = answerOf({
      rows: ['uoplyst', '09', '01'].map((code) => ({ members: [code], cells: [ok('1')] })),
    });
    expect(sheetOf(answer, 'landsdel').columns.map(({ name }) => name)).toEqual([
      'ledige_01',
      'ledige_09',
      'ledige_uoplyst',
    ]);
  });

  it('keeps every cell of the answer exactly once', () => {
    const cells = sheetOf(long, 'landsdel').rows.flatMap((row) => row.cells);
    expect(new Set(cells.filter((cell) => cell !== null))).toEqual(
      new Set(long.rows.flatMap((row) => row.cells)),
    );
  });
});
