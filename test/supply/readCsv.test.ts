import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { type CsvFormat, readCsv } from '../../src/supply/readCsv.ts';
import { bytesOf } from './fixtures.ts';

const utf8: CsvFormat = { encoding: 'utf-8', delimiter: ';' };
const windows: CsvFormat = { encoding: 'windows-1252', delimiter: ';' };
const latin1: CsvFormat = { encoding: 'latin1', delimiter: ';' };

/** The one thing that is said of a file. */
function fault(bytes: Uint8Array | string, format = utf8) {
  const { value, diagnostics } = readCsv(
    'star.csv',
    typeof bytes === 'string' ? bytesOf(bytes) : bytes,
    format,
  );
  expect(value).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0];
}

const joined = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(typeof part === 'string' ? bytesOf(part) : part)));

describe('readCsv', () => {
  it('reads a table with the line of each row', () => {
    expect(readCsv('star.csv', bytesOf('kommune;værdi\n101; 12\n\n147;"1;3"\n'), utf8)).toEqual({
      value: {
        file: 'star.csv',
        header: ['kommune', 'værdi'],
        rows: [
          ['101', ' 12'],
          ['147', '1;3'],
        ],
        lines: [2, 4],
        ragged: [],
      },
      diagnostics: [],
    });
  });

  it.each([
    ['UTF-8 with a byte order mark', joined([0xef, 0xbb, 0xbf], 'by;n\r\nKøge;1'), utf8],
    ['windows-1252', iconv.encode('by;n\nKøge;1', 'windows-1252'), windows],
    ['latin1', iconv.encode('by;n\nKøge;1', 'latin1'), latin1],
    ['tabs', bytesOf('by\tn\nKøge\t1'), { encoding: 'utf-8', delimiter: '\t' } as const],
  ])('reads %s', (_what, bytes, format) => {
    const { value } = readCsv('star.csv', bytes, format);
    expect([value?.header, ...(value?.rows ?? [])]).toEqual([
      ['by', 'n'],
      ['Køge', '1'],
    ]);
  });

  it('keeps rows with another number of fields than the header apart, by line', () => {
    const { value } = readCsv('star.csv', bytesOf('a;b\n1;2\n3\n4;5;6\n7;8\n'), utf8);
    expect(value?.rows).toEqual([
      ['1', '2'],
      ['7', '8'],
    ]);
    expect(value?.lines).toEqual([2, 5]);
    expect(value?.ragged).toEqual([
      { line: 3, fields: 1 },
      { line: 4, fields: 3 },
    ]);
  });

  it.each([
    ['', 'empty-delivery', 1],
    ['\n\n', 'empty-delivery', 1],
    ['a;b\n', 'empty-delivery', 1],
    ['\n\na;b\n\n', 'empty-delivery', 3],
    ['a;b;a\n1;2;3\n', 'duplicate-column', 1],
    ['a,b\n1,2\n', 'wrong-delimiter', 1],
    ['a\tb\n1\t2\n', 'wrong-delimiter', 1],
    ['a;b\n1;"2\n3;4\n', 'csv-syntax', 2],
    ['a;b\n1;2\n3;4"5"\n', 'csv-syntax', 3],
    ['a;b\n1;2\n3;\u00004\n', 'not-a-table', 3],
    ['a;b\nK\ufffdge;1\n', 'wrong-encoding', 2],
  ])('refuses %j as %s in line %s', (text, code, row) => {
    expect(fault(text)).toMatchObject({ code, place: { file: 'star.csv', row } });
  });

  it('says by what the file seems to be divided, and which column stands twice', () => {
    expect(fault('a,b\n1,2\n')?.hint).toBe('the file seems to be divided by ","');
    expect(fault('a;b;a\n1;2;3\n')?.place?.column).toBe('a');
  });

  it.each([
    ['windows-1252 sent for UTF-8', iconv.encode('by;n\nRoskilde;1\nKøge;1\n', 'windows-1252'), utf8, 3],
    ['UTF-8 sent for windows-1252', bytesOf('by;n\nRoskilde;1\nKøge;1\n'), windows, 3],
    ['UTF-8 sent for latin1', bytesOf('by;n\nÅrhus;1\n'), latin1, 2],
    ['UTF-8 with its mark sent for latin1', joined([0xef, 0xbb, 0xbf], 'by;n\nKøge;1'), latin1, 1],
    ['windows-1252 sent for latin1', iconv.encode('by;n\n“Køge”;1\n', 'windows-1252'), latin1, 2],
    ['a byte that windows-1252 has not', joined('by;n\n', [0x81], ';1\n'), windows, 2],
    ['text encoded twice', bytesOf('by;n\nKÃ¸ge;1\n'), utf8, 2],
    ['a capital encoded twice', bytesOf('by;n\nRoskilde;1\nÃ˜lstykke;1\n'), utf8, 3],
    [
      'UTF-16',
      joined(
        [0xff, 0xfe],
        [...'a;b'].flatMap((letter) => [letter.charCodeAt(0), 0]),
      ),
      utf8,
      1,
    ],
  ])('knows %s', (_what, bytes, format, row) => {
    expect(fault(bytes, format)).toMatchObject({ code: 'wrong-encoding', place: { file: 'star.csv', row } });
  });

  it('names the letter that was meant and what to do', () => {
    const twice = fault('by;n\nKÃ¸ge;1\n');
    expect(twice?.message).toBe('The row holds "Ã¸" where "ø" was meant.');
    expect(twice?.hint).toBe('the supplier has encoded the text twice, and must send it again');
    expect(fault(bytesOf('by;n\nKøge;1\n'), windows)?.hint).toContain('encoding: utf-8');
    expect(fault(iconv.encode('by;n\nKøge;1', 'latin1'))?.hint).toContain('windows-1252');
  });

  it.each([
    ['a workbook', joined([0x50, 0x4b, 0x03, 0x04], 'xl/workbook.xml'), 'Excel'],
    ['an old workbook', joined([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'Excel'],
    ['gzip', gzipSync('a;b\n1;2\n'), 'gzip'],
    ['Parquet', joined('PAR1', [0x15, 0x04]), 'Parquet'],
    ['a PDF', joined('%PDF-1.7'), 'PDF'],
  ])('knows %s for what it is', (_what, bytes, name) => {
    const said = fault(bytes);
    expect(said?.code).toBe('not-a-table');
    expect(said?.message).toContain(name);
  });

  it('takes any bytes without a throw', () => {
    const format = fc.constantFrom(utf8, windows, latin1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), format, (bytes, format) => {
        const { value, diagnostics } = readCsv('star.csv', bytes, format);
        expect(value === undefined).toBe(diagnostics.length > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a good file with any bytes changed, or cut anywhere, without a throw', () => {
    const good = bytesOf(
      'kommune_kode;kommune_navn;værdi\r\n"101";"København";12,5\r\n147;Frederiksberg;\r\n',
    );
    const change = fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(change, fc.nat(good.length), (changes, length) => {
        const bytes = Uint8Array.from(good);
        for (const [at, byte] of changes) bytes[at] = byte;
        const { value, diagnostics } = readCsv('star.csv', bytes.subarray(0, length), utf8);
        expect(value === undefined).toBe(diagnostics.length > 0);
        for (const { place } of diagnostics) expect(place?.row).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});
