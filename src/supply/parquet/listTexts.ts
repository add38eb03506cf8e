import type { Table } from '../../catalog/types.ts';
import { compareCodes } from '../../model/codeOrder.ts';
import { type Source, unknownMember } from '../../model/types.ts';
import type { CodeColumn, CodeLists } from '../codeLookup.ts';
import { parseColumn } from '../columns/parseColumns.ts';
import { decimalText, type ParsedColumn } from '../columns/parsedColumn.ts';
import type { ParquetEngine } from './questions.ts';
import { type Listing, nothingListed, type ReadColumn, type SourceReading } from './reading.ts';
import type { NewFile } from './temporaries.ts';

/** So many texts are read at a time; each lot is a file of its own, so that no number of them fills the memory. */
const lot = 50_000;

/** The reading with every text listed that an engine does not read by itself. */
export async function listTexts(
  source: Source,
  reading: SourceReading,
  lists: CodeLists,
  engine: ParquetEngine,
  newFile: NewFile,
): Promise<SourceReading> {
  const columns: ReadColumn[] = [];
  for (const [position, column] of reading.columns.entries()) {
    const listing =
      column.held === null
        ? nothingListed
        : await listColumn(source, reading, position, column, lists, engine, newFile);
    columns.push({ ...column, listing });
  }
  return { ...reading, columns };
}

async function listColumn(
  source: Source,
  reading: SourceReading,
  position: number,
  column: ReadColumn,
  lists: CodeLists,
  engine: ParquetEngine,
  newFile: NewFile,
): Promise<Listing> {
  const files: string[] = [];
  let [hasProblems, hasUnmapped] = [false, false];
  const rankOf = ranks(column, lists);
  const list = async (texts: readonly string[]) => {
    if (texts.length === 0) return;
    const parsed = parseTexts(source, column, texts, lists);
    hasProblems ||= parsed.problems.length > 0;
    hasUnmapped ||= parsed.kind === 'code' && parsed.unmapped.length > 0;
    const path = await newFile('.parquet');
    await engine.writeTable(listingTable(parsed, texts, rankOf), path);
    files.push(path);
  };
  let waiting: string[] = [];
  for await (const rows of engine.ask({ kind: 'texts', reading, column: position })) {
    for (const [text] of rows) waiting.push(String(text ?? ''));
    if (waiting.length < lot) continue;
    await list(waiting);
    waiting = [];
  }
  await list(waiting);
  return { files, hasProblems, hasUnmapped };
}

/** The very readers of CSV, so that a text means the same in both. */
function parseTexts(
  source: Source,
  { column, decimal }: ReadColumn,
  texts: readonly string[],
  lists: CodeLists,
): ParsedColumn {
  const read = { ...source, file: { ...source.file, decimal } };
  return parseColumn(read, column, () => texts, texts.length, lists);
}

function listingTable(
  parsed: ParsedColumn,
  texts: readonly string[],
  rankOf: (value: string) => number,
): Table {
  const problems = new Map(parsed.problems.map((problem) => [problem.row, problem]));
  const unmapped = new Set(parsed.kind === 'code' ? parsed.unmapped.map(({ row }) => row) : []);
  const values = valuesOf(parsed);
  const ofTexts = <T>(of: (row: number) => T): readonly T[] => texts.map((_, row) => of(row));
  const text = (name: string, of: (row: number) => string | null | undefined) => ({
    name,
    type: 'text' as const,
    values: ofTexts((row) => of(row) ?? null),
  });
  const isCode = parsed.kind === 'code';
  return {
    rows: texts.length,
    columns: [
      text('written', (row) => texts[row]),
      text('value', (row) => values[row]),
      text('level', (row) => (isCode ? parsed.levels[row] : null)),
      text('key', (row) => (isCode ? parsed.keys[row] : null)),
      {
        name: 'rank',
        type: 'integer',
        values: ofTexts((row) => rankOf(values[row] ?? '')),
      },
      text('code', (row) => problems.get(row)?.code),
      text('reason', (row) => problems.get(row)?.reason),
      text('hint', (row) => problems.get(row)?.hint),
      { name: 'unmapped', type: 'integer', values: ofTexts((row) => (unmapped.has(row) ? 1 : 0)) },
    ],
  };
}

function valuesOf(parsed: ParsedColumn): readonly (string | null)[] {
  switch (parsed.kind) {
    case 'code':
    case 'period':
      return parsed.codes;
    case 'number':
      return parsed.values.map((value) =>
        value === null ? null : decimalText(value, parsed.column.decimals),
      );
    case 'text':
    case 'date':
    case 'time':
    case 'key':
      return parsed.values;
  }
}

/** The place of a value in the order of snapshots, where a number can give it. */
function ranks({ column }: ReadColumn, lists: CodeLists): (value: string) => number {
  switch (column.kind) {
    case 'code':
      return placesOf(codesOf(column, lists));
    case 'text':
      return placesOf(['', ...(column.values ?? [])]);
    case 'period':
      // Periods of one frequency have as many digits each, from the year to the day.
      return (value) => Number(value.replace(/\D/g, ''));
    case 'number':
    case 'date':
    case 'time':
    case 'key':
      return () => 0;
  }
}

const codesOf = ({ levels }: CodeColumn, { classifications }: CodeLists): readonly string[] => [
  '',
  unknownMember,
  ...levels.flatMap((level) => (classifications[level]?.members ?? []).map(({ code }) => code)),
];

function placesOf(codes: readonly string[]): (value: string) => number {
  const places = new Map([...new Set(codes)].sort(compareCodes).map((code, place) => [code, place]));
  return (value) => places.get(value) ?? 0;
}
