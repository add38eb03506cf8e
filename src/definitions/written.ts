import type { Span } from '../diagnostics/diagnostic.ts';
import type { FieldPath } from './definition.ts';

/** A piece of a text by its offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A value as it was written: what YAML makes of it, and where it stands. */
export type Written = WrittenScalar | WrittenList | WrittenMapping | WrittenRefused;

/** `range` is what stands between the quotes, if there are any; of a block scalar, its lines. */
export interface WrittenScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The text as it stands in the file, if it stands there without quotes on one line. */
  readonly unquoted?: string;
  readonly range: Range;
}

export interface WrittenList {
  readonly kind: 'list';
  readonly items: readonly Written[];
  readonly range: Range;
}

export interface WrittenMapping {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, WrittenEntry>;
  readonly range: Range;
}

/** Something that has been refused already: whatever is said about its value would be said twice. */
export interface WrittenRefused {
  readonly kind: 'refused';
  readonly range: Range;
}

export interface WrittenEntry {
  readonly key: Range;
  readonly value: Written;
}

/** The same as plain data. Mappings have no prototype, so that no key means more than it says. */
export function dataOf(written: Written): unknown {
  switch (written.kind) {
    case 'scalar':
      return written.value;
    case 'list':
      return written.items.map(dataOf);
    case 'mapping': {
      const data: Record<string, unknown> = Object.create(null);
      for (const [key, entry] of written.entries) data[key] = dataOf(entry.value);
      return data;
    }
    case 'refused':
      return undefined;
  }
}

/** The value at a path, or nothing. */
export function writtenAt(root: Written, path: FieldPath): Written | undefined {
  return path.reduce<Written | undefined>((at, step) => at && entryAt(at, step)?.value, root);
}

/** The answer to `Definition.spanOf`, and the rules for what is not there. */
export function spanAt(file: string, root: Written, path: FieldPath, part: 'key' | 'value' = 'value'): Span {
  const written = writtenAt(root, path);
  const isEmpty = written === undefined || written.range.start === written.range.end;
  const quotedEmpty = written?.kind === 'scalar' && written.value === '';
  const range = part === 'key' || (isEmpty && !quotedEmpty) ? keyRange(root, path) : (written ?? root).range;
  return { file, ...range };
}

/**
 * The key of the field; of a field that is not there, the key of the nearest parent that is. An item of a list
 * and the file as a whole have no key of their own: the first key inside them stands for them.
 */
function keyRange(root: Written, path: FieldPath): Range {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = writtenAt(root, path.slice(0, length - 1));
    const step = path[length - 1];
    const entry = parent && step !== undefined ? entryAt(parent, step) : undefined;
    if (entry) return entry.key;
  }
  return firstKey(root);
}

function entryAt(parent: Written, step: string | number): WrittenEntry | undefined {
  if (parent.kind === 'mapping') return parent.entries.get(String(step));
  const item = parent.kind === 'list' && typeof step === 'number' ? parent.items[step] : undefined;
  return item && { key: firstKey(item), value: item };
}

function firstKey(written: Written): Range {
  const first = written.kind === 'mapping' ? written.entries.values().next().value : undefined;
  return first?.key ?? written.range;
}
