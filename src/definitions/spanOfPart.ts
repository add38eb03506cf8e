import type { Span } from '../diagnostics/diagnostic.ts';
import type { AnyDefinition, FieldPath } from './definition.ts';
import type { Range } from './written.ts';

/**
 * Where a part of a text field was written, given its offsets in the field's value: of a name in a formula, say.
 * A value on one line stands in the file as it is; a folded one has line breaks and indents where the value has
 * a space, and a quoted one may have escapes. What cannot be followed gives the whole field.
 */
export function spanOfPart(
  { text, spanOf }: Pick<AnyDefinition, 'text' | 'spanOf'>,
  path: FieldPath,
  value: string,
  part: { readonly start: number; readonly end: number },
): Span {
  const span = spanOf(path);
  const places = align(text.slice(span.start, span.end), value, text[span.start - 1]);
  const first = places?.[part.start];
  if (first === undefined) return span;
  // The end is that of the last character, not the start of the next, which may stand on another line.
  const last = part.end > part.start ? places?.[part.end - 1] : undefined;
  return { file: span.file, start: span.start + first.start, end: span.start + (last?.end ?? first.start) };
}

/** For each character of the value, and for its end, its place in the source; nothing if they do not go together. */
function align(source: string, value: string, quote: string | undefined): readonly Range[] | undefined {
  const places: Range[] = [];
  let at = 0;
  for (let index = 0; index < value.length; index += 1) {
    if (quote === '"' && /^\\[\r\n]/.test(source.slice(at, at + 2))) at = afterSpace(source, at + 1);
    // Blank lines before a block's first letter are in the value, but not in its span.
    const isFolded = isSpace(value[index]) && (at === 0 || isSpace(source[at] ?? ' '));
    const length = isFolded
      ? foldedLength(source, at, value[index + 1])
      : lengthOf(source, at, quote, value[index]);
    if (length === undefined) return undefined;
    places.push({ start: at, end: at + length });
    at += length;
  }
  return [...places, { start: at, end: at }];
}

/** White space goes with white space: the last of the value's takes all that is left of the source's. */
function foldedLength(source: string, at: number, next: string | undefined): number {
  const left = afterSpace(source, at) - at;
  return isSpace(next) ? Math.min(1, left) : left;
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

function afterSpace(source: string, from: number): number {
  let at = from;
  while (isSpace(source[at])) at += 1;
  return at;
}

/** How many characters of the source make this one of the value. */
function lengthOf(
  source: string,
  at: number,
  quote: string | undefined,
  character: string | undefined,
): number | undefined {
  if (quote === "'" && source.startsWith("''", at)) return 2;
  if (quote === '"' && source[at] === '\\') return escapeLengths[source[at + 1] ?? ''] ?? 2;
  return source[at] === character ? 1 : undefined;
}

const escapeLengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
