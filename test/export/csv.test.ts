import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printCsv } from '../../src/export/csv.ts';
import { sheetOf } from '../../src/export/sheet.ts';
import { type TableOptions, tableOf } from '../../src/export/table.ts';
import type { Answer } from '../../src/query/answer.ts';
import { answerOf, landsdel, ledige, ledigePr1000, maaned, ok, without } from '../support/answers.ts';

const plain: TableOptions = { members: 'codes', language: 'da', coverage: false, flags: false, decimals: 6 };

function csv(answer: Answer, options: Partial<TableOptions> = {}, pivot: string | null = null): string {
  return printCsv(tableOf(answer, sheetOf(answer, pivot), { ...plain, ...options }));
}

const two = answerOf({
  columns: [ledige, ledigePr1000],
  rows: [
    { members: ['09'], cells: [ok('15529'), ok('16.27803415')] },
    {
      members: ['uoplyst'],
      cells: [ok('48', { flags: ['imputed', 'weighted'] }), without('not_applicable')],
    },
  ],
});

describe('printCsv', () => {
  it('has a column per level, and per KPI its value and status', () => {
    expect(csv(two)).toBe(
      [
        'landsdel,ledige,ledige_status,ledige_pr_1000,ledige_pr_1000_status',
        '09,15529,ok,16.278034,ok',
        'uoplyst,48,ok,,not_applicable',
        '',
      ].join('\n'),
    );
  });

  it('sets coverage and then flags behind each status', () => {
    const answer = answerOf({
      rows: [
        {
          members: ['01'],
          cells: [ok('5', { flags: ['imputed', 'weighted'], coverage: { expected: 98, delivered: 96 } })],
        },
      ],
    });
    expect(csv(answer, { coverage: true, flags: true })).toBe(
      [
        'landsdel,ledige,ledige_status,ledige_delivered,ledige_expected,ledige_flags',
        '01,5,ok,96,98,imputed weighted',
        '',
      ].join('\n'),
    );
  });

  it('gives names instead of codes with labels, quoted where they need it', () => {
    const level = { ...landsdel, members: { '01': { da: 'Fyn, "øen"', en: 'Funen' } } };
    const answer = answerOf({ levels: [level], rows: [{ members: ['01'], cells: [ok('1')] }] });
    expect(csv(answer, { members: 'names' })).toBe('landsdel,ledige,ledige_status\n"Fyn, ""øen""",1,ok\n');
  });

  it('ends with the total, told by `total` in the first level and nothing in the others', () => {
    const answer = answerOf({
      levels: [landsdel, maaned],
      rows: [{ members: ['01', '2026M07'], cells: [ok('1')] }],
      total: { members: [], cells: [ok('1')] },
    });
    expect(csv(answer, { members: 'names' })).toBe(
      'landsdel,maaned,ledige,ledige_status\nByen København,juli 2026,1,ok\ntotal,,1,ok\n',
    );
  });

  it.each([
    ['16.27803415', 6, '16.278034'],
    ['16.2780345', 6, '16.278035'],
    ['-16.2780345', 6, '-16.278035'],
    ['-0.4', 0, '0'],
    ['91533', 6, '91533'],
    ['100', 0, '100'],
    ['2.50', 6, '2.5'],
    ['123456789012345678901.5', 6, '123456789012345678901.5'],
  ])('writes %s with %i decimals as %s', (value, decimals, written) => {
    const answer = answerOf({ levels: [], rows: [{ members: [], cells: [ok(value)] }] });
    expect(csv(answer, { decimals })).toBe(`ledige,ledige_status\n${written},ok\n`);
  });

  it('says of every row whether it is made up as soon as the edition holds made-up figures', () => {
    const { edition } = answerOf({});
    const answer = answerOf({
      edition: { ...edition, synthetic: true },
      rows: [
        { members: ['01'], cells: [ok('1', { flags: ['synthetic'] })] },
        { members: ['09'], cells: [ok('2')] },
      ],
    });
    expect(csv(answer)).toBe('landsdel,ledige,ledige_status,synthetic\n01,1,ok,true\n09,2,ok,false\n');
  });

  it('leaves value and status empty where a pivot has no row', () => {
    const answer = answerOf({
      levels: [landsdel, maaned],
      rows: [
        { members: ['01', '2026M06'], cells: [ok('1')] },
        { members: ['09', '2026M07'], cells: [without('suppressed')] },
      ],
    });
    expect(csv(answer, {}, 'maaned')).toBe(
      [
        'landsdel,ledige_2026M06,ledige_2026M06_status,ledige_2026M07,ledige_2026M07_status',
        '01,1,ok,,',
        '09,,,,suppressed',
        '',
      ].join('\n'),
    );
  });

  it('is only a header where the answer is empty', () => {
    expect(csv(answerOf({}))).toBe('landsdel,ledige,ledige_status\n');
  });

  it('is read back by another reader, whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\u{feff}'));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        const columns = [0, 1].map((at) => ({
          name: `column ${at}`,
          type: 'text' as const,
          values: rows.map((row) => row[at] ?? ''),
        }));
        const written = printCsv({ rows: rows.length, columns });
        const read = parse(written, { record_delimiter: '\n' });
        expect(read).toEqual([['column 0', 'column 1'], ...rows]);
      }),
    );
  });
});
