import type { Table, TableColumn } from '../catalog/types.ts';
import { type Rational, toFixed } from '../model/rational.ts';
import { totalMember } from '../model/types.ts';
import type { Answer, AnswerLevel, Cell } from '../query/answer.ts';
import type { Sheet, SheetColumn, SheetRow } from './sheet.ts';

export interface TableOptions {
  /** Level columns as codes, as names instead, or codes with a `<level>_label` column beside each. */
  readonly members: 'codes' | 'names' | 'both';
  readonly language: 'da' | 'en';
  readonly coverage: boolean;
  readonly flags: boolean;
  /** Decimals that a value is rounded to, once, half away from zero. */
  readonly decimals: number;
}

/**
 * A sheet as flat, typed columns; every tabular file is written from it. The levels first; then per KPI
 * its value (null unless `ok`), `<name>_status`, with coverage `<name>_delivered` and `<name>_expected`,
 * with flags `<name>_flags` (separated by spaces); of rows of several editions `change`, or `edition`, `valid_from`
 * and `valid_to`; last, where the edition holds made-up figures,
 * `synthetic` for each row: that mark is not a matter of options.
 */
export function tableOf(answer: Answer, sheet: Sheet, options: TableOptions): Table {
  const rows = sheet.total === null ? sheet.rows : [...sheet.rows, sheet.total];
  const columns = [
    ...sheet.levels.flatMap((level, at) => levelColumns(sheet, level, at, options)),
    ...sheet.columns.flatMap((column, at) =>
      cellColumns(
        column,
        rows.map((row) => row.cells[at] ?? null),
        options,
      ),
    ),
    ...pastColumns(rows),
    ...(answer.edition.synthetic ? [syntheticColumn(rows)] : []),
  ];
  return { rows: rows.length, columns };
}

function levelColumns(
  { rows, total }: Sheet,
  level: AnswerLevel,
  at: number,
  options: TableOptions,
): TableColumn[] {
  const column = (name: string, text: (code: string) => string): TableColumn => ({
    name,
    type: 'text',
    values: [
      ...rows.map((row) => text(row.members[at] ?? '')),
      ...(total === null ? [] : [at === 0 ? totalMember : null]),
    ],
  });
  const code = (member: string) => member;
  const label = (member: string) => level.members[member]?.[options.language] ?? member;
  switch (options.members) {
    case 'codes':
      return [column(level.name, code)];
    case 'names':
      return [column(level.name, label)];
    case 'both':
      return [column(level.name, code), column(`${level.name}_label`, label)];
  }
}

function cellColumns(
  { name }: SheetColumn,
  cells: readonly (Cell | null)[],
  options: TableOptions,
): TableColumn[] {
  const { decimals } = options;
  const integers = (suffix: string, count: (cell: Cell) => number): TableColumn => ({
    name: `${name}_${suffix}`,
    type: 'integer',
    values: cells.map((cell) => cell && count(cell)),
  });
  const texts = (suffix: string, text: (cell: Cell) => string): TableColumn => ({
    name: `${name}_${suffix}`,
    type: 'text',
    values: cells.map((cell) => cell && text(cell)),
  });
  return [
    {
      name,
      type: 'decimal',
      decimals,
      values: cells.map((cell) => scaledValue(cell?.value ?? null, decimals)),
    },
    texts('status', (cell) => cell.status),
    ...(options.coverage
      ? [
          integers('delivered', (cell) => cell.coverage.delivered),
          integers('expected', (cell) => cell.coverage.expected),
        ]
      : []),
    ...(options.flags ? [texts('flags', (cell) => cell.flags.join(' '))] : []),
  ];
}

function scaledValue(value: Rational | null, decimals: number): bigint | null {
  return value === null ? null : BigInt(toFixed(value, decimals).replace('.', ''));
}

function syntheticColumn(rows: readonly SheetRow[]): TableColumn {
  // Members without figures say nothing of their own sources, so that the edition speaks for them.
  const isSynthetic = (row: SheetRow) =>
    row.cells.length === 0 || row.cells.some((cell) => cell?.flags.includes('synthetic'));
  return { name: 'synthetic', type: 'text', values: rows.map((row) => String(isSynthetic(row))) };
}

/** What became of a row since a time, and when it was what was known; none where nobody asked. */
function pastColumns(rows: readonly SheetRow[]): TableColumn[] {
  const column = (name: string, text: (row: SheetRow) => string | null | undefined): TableColumn => ({
    name,
    type: 'text',
    values: rows.map((row) => text(row) ?? null),
  });
  return [
    ...(rows.some(({ change }) => change) ? [column('change', ({ change }) => change)] : []),
    ...(rows.some(({ valid }) => valid)
      ? [
          column('edition', ({ valid }) => valid?.edition),
          column('valid_from', ({ valid }) => valid?.from),
          column('valid_to', ({ valid }) => valid?.to),
        ]
      : []),
  ];
}
