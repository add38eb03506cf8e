import type { Parsed } from '../columns/parsedColumn.ts';
import type { ParsedRows } from './check.ts';
import { keptByPeriod } from './expectedMembers.ts';

/** What the checks of the rows that were kept look at, however the rows were read. */
export interface KeptFacts {
  readonly rows: number;
  /** By name of a code column: every code in every period, in the order in which they first occur. */
  readonly codes: ReadonlyMap<string, readonly KeptCode[]>;
  /** By name of a code column: texts that are in no list, in the order in which they first occur. */
  readonly unmapped: ReadonlyMap<string, readonly UnmappedText[]>;
  /** By period: the codes of all columns that expect any, with a space between. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface KeptCode {
  readonly code: string;
  readonly level: string;
  readonly period: string;
  readonly rows: number;
  /** The first line of the file that holds it. */
  readonly line: number;
}

export interface UnmappedText {
  readonly text: string;
  readonly rows: number;
  readonly line: number;
}

/** The facts of rows in memory. */
export function keptFacts(rows: ParsedRows, kept: readonly number[]): KeptFacts {
  const coded = rows.columns.filter((column): column is Parsed<'code'> => column.kind === 'code');
  const expecting = coded.filter(({ column }) => column.expect !== 'delivered');
  const partOf = (row: number) => expecting.map(({ codes }) => codes[row] ?? '').join(' ');
  return {
    rows: kept.length,
    codes: new Map(coded.map((parsed) => [parsed.column.name, codesOf(rows, parsed, kept)])),
    unmapped: new Map(coded.map((parsed) => [parsed.column.name, unmappedOf(rows, parsed, kept)])),
    parts: new Map(
      [...keptByPeriod(rows, kept)].map(([period, ofPeriod]) => [period, new Set(ofPeriod.map(partOf))]),
    ),
  };
}

function codesOf(rows: ParsedRows, parsed: Parsed<'code'>, kept: readonly number[]): readonly KeptCode[] {
  const periods =
    rows.columns.find((column): column is Parsed<'period'> => column.kind === 'period')?.codes ?? [];
  const found = new Map<string, KeptCode>();
  for (const row of kept) {
    const code = parsed.codes[row] ?? '';
    const level = parsed.levels[row] ?? '';
    const period = periods[row] ?? '';
    const key = `${level} ${code} ${period}`;
    const before = found.get(key);
    found.set(key, {
      code,
      level,
      period,
      rows: (before?.rows ?? 0) + 1,
      line: before?.line ?? rows.lines[row] ?? 0,
    });
  }
  return [...found.values()];
}

function unmappedOf(
  rows: ParsedRows,
  { unmapped }: Parsed<'code'>,
  kept: readonly number[],
): readonly UnmappedText[] {
  if (unmapped.length === 0) return [];
  const isKept = new Set(kept);
  const found = new Map<string, UnmappedText>();
  for (const { row, text } of unmapped) {
    if (!isKept.has(row)) continue;
    const before = found.get(text);
    found.set(text, { text, rows: (before?.rows ?? 0) + 1, line: before?.line ?? rows.lines[row] ?? 0 });
  }
  return [...found.values()];
}
