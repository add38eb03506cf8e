/**
 * A small page layout: a group stands on one line where it fits, and otherwise one item a line.
 * Texts are never looked into, so a line break inside a quoted name moves nothing.
 */
export type Layout = string | readonly Layout[] | LayoutGroup | LayoutLines;

interface LayoutGroup {
  readonly kind: 'group';
  readonly open: string;
  readonly close: string;
  readonly items: readonly Layout[];
  /** Stands after every item but the last. */
  readonly separator: string;
  /** `open` and `close` are words, and need a space on one line. */
  readonly words: boolean;
}

/** Always one item a line. */
interface LayoutLines {
  readonly kind: 'lines';
  readonly items: readonly Layout[];
  readonly indented: boolean;
}

const width = 100;

export function call(name: string, items: readonly Layout[]): Layout {
  return bracketed(`${name}(`, items, ')');
}

export function bracketed(open: string, items: readonly Layout[], close: string): Layout {
  return { kind: 'group', open, close, items, separator: ',', words: false };
}

/** Words that begin and end a group: `case`, ..., `end`. */
export function between(open: string, items: readonly Layout[], close: string): Layout {
  return { kind: 'group', open, close, items, separator: '', words: true };
}

/** The first item in its place, the others after it, each on a line of its own if they do not fit. */
export function chain(items: readonly Layout[], separator = ''): Layout {
  return { kind: 'group', open: '', close: '', items, separator, words: false };
}

export function lines(items: readonly Layout[]): Layout {
  return { kind: 'lines', items, indented: false };
}

export function indented(items: readonly Layout[]): Layout {
  return { kind: 'lines', items, indented: true };
}

/** Every item but the last with a comma after it. */
export function withCommas(items: readonly Layout[]): readonly Layout[] {
  return items.map((item, index) => (index < items.length - 1 ? [item, ','] : item));
}

export function render(layout: Layout): string {
  return write(layout, 0, 0);
}

function write(layout: Layout, depth: number, column: number): string {
  if (typeof layout === 'string') return layout;
  if (isSequence(layout)) return writeSequence(layout, depth, column);
  if (layout.kind === 'lines') return writeLines(layout, depth);
  const flat = flatten(layout, width - column);
  return flat ?? writeGroup(layout, depth, column);
}

function writeSequence(items: readonly Layout[], depth: number, column: number): string {
  let text = '';
  for (const item of items) text += write(item, depth, columnAfter(text, column));
  return text;
}

function writeLines(layout: LayoutLines, depth: number): string {
  const inner = layout.indented ? depth + 1 : depth;
  const text = layout.items.map((item) => write(item, inner, inner * 2)).join(newline(inner));
  return layout.indented ? newline(inner) + text : text;
}

function writeGroup(group: LayoutGroup, depth: number, column: number): string {
  const items = group.items.map((item, index) => {
    const end = index < group.items.length - 1 ? group.separator : '';
    const start = index === 0 && group.open === '' ? column : (depth + 1) * 2;
    return write(item, depth + 1, start) + end;
  });
  const opened = group.open === '' ? '' : group.open.trimEnd() + newline(depth + 1);
  const closed = group.close === '' ? '' : newline(depth) + group.close;
  return opened + items.join(newline(depth + 1)) + closed;
}

/** The layout on one line, or null where it is longer than `room` or cannot be. */
function flatten(layout: Layout, room: number): string | null {
  if (typeof layout === 'string') return layout.length <= room ? layout : null;
  if (isSequence(layout)) return flattenAll(layout, '', room);
  if (layout.kind === 'lines') return null;
  const inner = flattenAll(layout.items, `${layout.separator} `, room);
  if (inner === null) return null;
  const space = layout.words ? ' ' : '';
  const text = layout.open + space + inner + space + layout.close;
  return text.length <= room ? text : null;
}

function flattenAll(items: readonly Layout[], separator: string, room: number): string | null {
  const texts: string[] = [];
  let left = room;
  for (const item of items) {
    const text = flatten(item, left);
    if (text === null) return null;
    texts.push(text);
    left -= text.length + separator.length;
  }
  return texts.join(separator);
}

function columnAfter(text: string, column: number): number {
  const end = text.lastIndexOf('\n');
  return end === -1 ? column + text.length : text.length - end - 1;
}

function newline(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}

function isSequence(layout: readonly Layout[] | LayoutGroup | LayoutLines): layout is readonly Layout[] {
  return Array.isArray(layout);
}
