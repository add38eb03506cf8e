import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';
import { csvRecords } from './csvRecords.ts';
import { decodeText } from './decodeText.ts';
import { shown } from './personNumber.ts';
import type { TextTable } from './textTable.ts';

export type CsvFormat = Pick<Source['file'], 'encoding' | 'delimiter'>;

/** CSV bytes to a table of texts, or why they are none. Whatever the bytes, nothing is thrown. */
export function readCsv(
  file: string,
  bytes: Uint8Array,
  { encoding, delimiter }: CsvFormat,
): Checked<TextTable> {
  if (bytes.length === 0) return refused('empty-delivery', 'The file is empty.', file, 1);
  const decoded = decodeText(file, bytes, encoding);
  if (decoded.value === undefined) return { diagnostics: decoded.diagnostics };
  const read = csvRecords(decoded.value, delimiter);
  if ('isOpen' in read) return brokenQuotes(file, read);
  const [header, ...rows] = read.records;
  const [headerLine = 1, ...lines] = read.lines;
  if (header === undefined)
    return refused('empty-delivery', 'The file holds nothing but blank lines.', file, 1);
  const wrong = wrongHeader(file, header, headerLine, delimiter);
  if (wrong !== null) return { diagnostics: [wrong] };
  if (rows.length === 0)
    return refused('empty-delivery', 'The file has a header and no rows.', file, headerLine);
  return { value: splitRagged(file, header.map(trimmed), rows, lines), diagnostics: [] };
}

const trimmed = (name: string): string => name.trim();

function refused(
  code: Diagnostic['code'],
  message: string,
  file: string,
  row: number,
  hint?: string,
): Checked<never> {
  return {
    diagnostics: [
      diagnostic(code, message, { place: { file, row }, ...(hint === undefined ? {} : { hint }) }),
    ],
  };
}

function brokenQuotes(file: string, { line, isOpen }: { line: number; isOpen: boolean }): Checked<never> {
  const message = isOpen
    ? 'A quote is opened in this row and never closed.'
    : 'A quote stands inside a field of this row.';
  return refused(
    'csv-syntax',
    message,
    file,
    line,
    'a field with quotes in it is written "in ""double"" quotes"',
  );
}

const delimiters = [';', ',', '\t', '|'];

function wrongHeader(
  file: string,
  header: readonly string[],
  row: number,
  delimiter: string,
): Diagnostic | null {
  const place = { file, row };
  const [only = ''] = header;
  const other =
    header.length === 1 ? delimiters.find((one) => one !== delimiter && only.includes(one)) : undefined;
  if (other !== undefined) {
    const message = `The header is one column when divided by ${nameOf(delimiter)}, as the contract says.`;
    return diagnostic('wrong-delimiter', message, {
      place,
      hint: `the file seems to be divided by ${nameOf(other)}`,
    });
  }
  const names = header.map(trimmed);
  const twice = names.find((name, position) => name !== '' && names.indexOf(name) !== position);
  if (twice === undefined) return null;
  return diagnostic('duplicate-column', `Two columns are called "${shown(twice)}".`, {
    place: { ...place, column: shown(twice) },
  });
}

const nameOf = (delimiter: string): string => (delimiter === '\t' ? 'tabs' : `"${delimiter}"`);

function splitRagged(
  file: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  lines: readonly number[],
): TextTable {
  const ragged = rows.flatMap((row, position) =>
    row.length === header.length ? [] : [{ line: lines[position] ?? 0, fields: row.length }],
  );
  if (ragged.length === 0) return { file, header, rows, lines, ragged };
  const isWhole = (_: unknown, position: number) => rows[position]?.length === header.length;
  return { file, header, rows: rows.filter(isWhole), lines: lines.filter(isWhole), ragged };
}
