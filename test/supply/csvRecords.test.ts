import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords } from '../../src/supply/csvRecords.ts';

describe('csvRecords', () => {
  it('gives the line that each record begins in, over blank lines and line breaks in quotes', () => {
    expect(csvRecords('a;b\n\n1;"x\ny ""z"""\r\n2;3\r4;"5"', ';')).toEqual({
      records: [
        ['a', 'b'],
        ['1', 'x\ny "z"'],
        ['2', '3'],
        ['4', '5'],
      ],
      lines: [1, 3, 5, 6],
    });
  });

  it.each([
    ['a;b\n1;"2\n3;4\n', { line: 2, isOpen: true }],
    ['a;b\n1;2\n3;"4"x\n', { line: 3, isOpen: false }],
    ['a;b\n1;2"x"\n', { line: 2, isOpen: false }],
    ['a;b\n"1";2\n3;"x"y"\n4;5"\n', { line: 3, isOpen: false }],
  ])('says where quotes do not pair up in %j', (text, fault) => {
    expect(csvRecords(text, ';')).toEqual(fault);
  });

  it('agrees with csv-parse alone', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'æ', ';', '"', '\n', ' ', '1') });
    const quote = (text: string) =>
      /[;"\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map(quote).join(';')).join('\n');
        const theirs = parse(text, { delimiter: ';', relax_column_count: true });
        expect(csvRecords(text, ';')).toMatchObject({ records: theirs });
        expect(theirs).toEqual(rows);
      }),
    );
  });

  it('takes any text without a throw', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ';', '"', '\n', '\r', ' ') });
    fc.assert(
      fc.property(text, (text) => {
        const read = csvRecords(text, ';');
        if ('lines' in read) expect(read.lines).toHaveLength(read.records.length);
      }),
      { numRuns: 500 },
    );
  });
});
