import { visible } from '../../diagnostics/columns.ts';
import { textWidth } from './width.ts';
import { wrap } from './wrap.ts';

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
const narrowestKey = 8;

/** Columns side by side within `width`; those that do not fit follow in further blocks. */
export function printTable(table: PrintedTable, width: number): string {
  const groups = table.groups.map((group) => group.map(measure));
  const free = width + gap - groups.reduce((sum, group) => sum + room(group), 0);
  const keys = fitKeys(table.keys.map(measure), Math.max(free, width / 2));
  return blocksOf(keys, groups, width)
    .map((block) => printBlock(block, table.footer))
    .join('\n');
}

interface Measured {
  readonly column: PrintedColumn;
  readonly width: number;
}

function measure({ align, ...column }: PrintedColumn): Measured {
  const header = column.header.map(visible);
  const cells = column.cells.map(visible);
  const words = header.flatMap((line) => line.split(/\s+/));
  const wanted = Math.min(widest(header), comfortableHeader);
  return { column: { align, header, cells }, width: Math.max(1, widest(cells), widest(words), wanted) };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, textWidth(text)), 0);
}

/** Long names are wrapped, the longest first, where figures leave them less than `most` columns. */
function fitKeys(keys: readonly Measured[], most: number): readonly Measured[] {
  const longest = Math.max(...keys.map((key) => key.width));
  if (keys.length === 0 || room(keys) <= most || longest <= narrowestKey) return keys.map(withoutSlack);
  const shorter = keys.map((key) => ({ ...key, width: Math.min(key.width, longest - 1) }));
  return fitKeys(shorter, most);
}

/** As wide as its longest line is after wrapping. */
function withoutSlack({ column, width }: Measured): Measured {
  const texts = [...column.header, ...column.cells];
  return { column, width: Math.max(1, widest(texts.flatMap((text) => fitted(text, width)))) };
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

function printBlock(block: readonly Measured[], footer: number): string {
  const header = headerLines(block);
  const rows = Array.from({ length: block[0]?.column.cells.length ?? 0 }, (_, at) => rowLines(block, at));
  const rule = '─'.repeat(room(block) - gap);
  const body = rows.slice(0, rows.length - footer).flat();
  const below = footer === 0 ? [] : [rule, ...rows.slice(-footer).flat()];
  return [...header, rule, ...body, ...below].map((line) => `${line.trimEnd()}\n`).join('');
}

/** Headers stand on the rule, whatever their height. */
function headerLines(block: readonly Measured[]): readonly string[] {
  const cells = block.map(({ column, width }) => column.header.flatMap((line) => fitted(line, width)));
  const height = Math.max(...cells.map((lines) => lines.length));
  return sideBySide(
    block,
    cells.map((lines) => [...Array<string>(height - lines.length).fill(''), ...lines]),
  );
}

function rowLines(block: readonly Measured[], at: number): readonly string[] {
  return sideBySide(
    block,
    block.map(({ column, width }) => fitted(column.cells[at] ?? '', width)),
  );
}

function sideBySide(block: readonly Measured[], cells: readonly (readonly string[])[]): readonly string[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    block
      .map(({ column, width }, at) => padded(cells[at]?.[line] ?? '', width, column.align))
      .join(' '.repeat(gap)),
  );
}

/** A text in lines of a column's width: between words where that can be, else in the middle of one. */
function fitted(text: string, width: number): readonly string[] {
  if (textWidth(text) <= width) return [text];
  const words = text.split(' ').flatMap((word) => pieces(word, width));
  return wrap(words, ' ', width);
}

function pieces(word: string, width: number): readonly string[] {
  return textWidth(word) <= width ? [word] : wrap([...word], '', width);
}

function padded(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + space : space + text;
}
