import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { type FlisRecord, flisFields } from './flisRecord.ts';

/** Records of a file, JSON (one, or a list of them) or CSV with FLIS's field names in the first line. */
export function readFlisRecords(file: string, text: string): Checked<readonly FlisRecord[]> {
  const unmarked = text.startsWith('\ufeff') ? text.slice(1) : text;
  const records = /^\s*[[{]/.test(unmarked) ? fromJson(unmarked) : fromCsv(unmarked);
  if (typeof records !== 'string') return { value: records, diagnostics: [] };
  const span = { file, start: 0, end: text.length };
  return { diagnostics: [diagnostic('bad-record', records, { span })] };
}

/** The records, or what keeps them from being any. */
function fromJson(text: string): readonly FlisRecord[] | string {
  const value = parsed(text);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isRecord = (one: unknown): one is object =>
    typeof one === 'object' &&
    one !== null &&
    !Array.isArray(one) &&
    Object.values(one).every((field) => field === null || typeof field === 'string');
  if (!list.every(isRecord) || list.length === 0)
    return 'The file is no FLIS record: every field of one is a text, or null where it has none.';
  return list.map((one) => Object.fromEntries(Object.entries(one).filter(([, field]) => field !== null)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fromCsv(text: string): readonly FlisRecord[] | string {
  const rows = csvRows(text, delimiterOf(text));
  const [header, ...records] = rows ?? [];
  if (!header || records.length === 0) return 'The file is no table of FLIS records.';
  if (records.some((fields) => fields.length !== header.length))
    return 'A record of the file has more or fewer fields than its first line.';
  const names = header.map((name) => name ?? '');
  if (new Set(names).size !== names.length) return 'Two columns of the file have the same name.';
  return records.map((fields) =>
    Object.fromEntries(
      names.flatMap((name, at) => {
        const field = fields[at];
        return field === null || field === undefined ? [] : [[name, field]];
      }),
    ),
  );
}

/** Danish spreadsheets write `;`. */
const delimiterOf = (text: string): string => {
  const [first = ''] = text.split('\n');
  return first.split(';').length > first.split(',').length ? ';' : ',';
};

/** Rows of a CSV text, every character kept; null is a field of nothing, which `""` is not. */
function csvRows(text: string, delimiter: string): readonly (readonly (string | null)[])[] | null {
  const rows: (string | null)[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: (string | null)[] = [];
    for (;;) {
      if (text[at] === '"') {
        let end = text.indexOf('"', at + 1);
        while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
        if (end < 0) return null;
        row.push(text.slice(at + 1, end).replaceAll('""', '"'));
        at = end + 1;
      } else {
        const start = at;
        while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
        row.push(start === at ? null : text.slice(start, at));
      }
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (at < text.length && text[at] !== '\n' && text[at] !== '\r') return null;
    at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
  }
  return rows;
}

/** One record as it is, or several as a list. */
export function printFlisJson(records: readonly FlisRecord[]): string {
  return `${JSON.stringify(records.length === 1 ? records[0] : records, null, 2)}\n`;
}

/** A line each; a field that a record does not have is empty, one that is there and empty is `""`. */
export function printFlisCsv(records: readonly FlisRecord[]): string {
  const present = new Set(records.flatMap((record) => Object.keys(record)));
  const names = [...flisFields, ...[...present].filter((name) => !flisFields.includes(name))];
  const lines = [
    names.map(quoted).join(','),
    ...records.map((record) =>
      names.map((name) => (Object.hasOwn(record, name) ? quoted(record[name] ?? '') : '')).join(','),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const quoted = (text: string): string =>
  text === '' || /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
