import CliTable from 'cli-table3';
import stringWidth from 'string-width';

/** A column as it is to be shown; its cells are texts already. */
export interface PrintedColumn {
  /** Lines of the header, each wrapped between words where the column is narrower. */
  readonly header: readonly string[];
  readonly align: 'left' | 'right';
  readonly cells: readonly string[];
}

export interface PrintedTable {
  /** Set at the left of every block when a table is too wide for one. */
  readonly keys: readonly PrintedColumn[];
  /** Columns of a group stay in one block. */
  readonly groups: readonly (readonly PrintedColumn[])[];
  /** How many rows at the end stand below a line of their own. */
  readonly footer: number;
}

const gap = 2;
/** A header may make its column this wide; a longer one is wrapped. */
const comfortableHeader = 18;

/** Columns side by side within `width`; those that do not fit follow in further blocks. */
export function printTable(table: PrintedTable, width: number): string {
  const keys = fitKeys(table.keys.map(measure), width);
  const groups = table.groups.map((group) => group.map(measure));
  return blocksOf(keys, groups, width)
    .map((block) => printBlock(block, table.footer))
    .join('\n');
}

interface Measured {
  readonly column: PrintedColumn;
  readonly width: number;
}

function measure(column: PrintedColumn): Measured {
  const words = column.header.flatMap((line) => line.split(/\s+/));
  const header = Math.min(widest(column.header), comfortableHeader);
  return { column, width: Math.max(1, widest(column.cells), widest(words), header) };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, stringWidth(text)), 0);
}

/** Long names take no more than half of the width, and are wrapped. */
function fitKeys(keys: readonly Measured[], width: number): readonly Measured[] {
  if (room(keys) <= width / 2) return keys;
  const each = Math.max(Math.floor(width / 2 / keys.length) - gap, 8);
  return keys.map((key) => ({ ...key, width: Math.min(key.width, each) }));
}

function blocksOf(
  keys: readonly Measured[],
  groups: readonly (readonly Measured[])[],
  width: number,
): readonly (readonly Measured[])[] {
  const blocks: (readonly Measured[])[] = [];
  for (const group of groups) {
    const longer = [...(blocks.at(-1) ?? keys), ...group];
    if (blocks.length > 0 && room(longer) - gap <= width) blocks[blocks.length - 1] = longer;
    else blocks.push([...keys, ...group]);
  }
  return blocks.length === 0 ? [keys] : blocks;
}

function room(columns: readonly Measured[]): number {
  return columns.reduce((sum, column) => sum + column.width + gap, 0);
}

const noLines = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(gap),
};

function printBlock(block: readonly Measured[], footer: number): string {
  const rows = block[0]?.column.cells.length ?? 0;
  const header = printRows(block, [block.map(({ column }) => column.header.join('\n'))], 'bottom');
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => block.map(({ column }) => column.cells[from + at] ?? ''));
  const rule = '─'.repeat(room(block) - gap);
  return [
    ...header,
    rule,
    ...printRows(block, lines(0, rows - footer), 'top'),
    ...(footer === 0 ? [] : [rule, ...printRows(block, lines(rows - footer, rows), 'top')]),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function printRows(
  block: readonly Measured[],
  rows: readonly string[][],
  vertical: 'top' | 'bottom',
): readonly string[] {
  if (rows.length === 0) return [];
  const table = new CliTable({
    colWidths: block.map(({ width }) => width),
    colAligns: block.map(({ column }) => column.align),
    rowAligns: rows.map(() => vertical),
    wordWrap: true,
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString().split('\n');
}
