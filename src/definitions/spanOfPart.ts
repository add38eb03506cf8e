import type { Span } from '../diagnostics/diagnostic.ts';
import type { AnyDefinition, FieldPath } from './definition.ts';

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
  const offsets = align(text.slice(span.start, span.end), value, text[span.start - 1]);
  const start = offsets?.[part.start];
  const last = part.end > part.start ? offsets?.[part.end - 1] : undefined;
  if (start === undefined) return span;
  // The end is that of the last character, not the start of the next, which may stand on the next line.
  const end = last === undefined ? start : last + 1;
  return { file: span.file, start: span.start + start, end: span.start + end };
}

/** For each character of the value, and its end, the offset in the source; nothing if they do not go together. */
function align(source: string, value: string, quote: string | undefined): readonly number[] | undefined {
  const offsets: number[] = [];
  let at = 0;
  for (let index = 0; index < value.length; index += 1) {
    while (quote === '"' && /^\\[\r\n]/.test(source.slice(at, at + 2))) at = afterSpace(source, at + 1);
    if (isSpace(value[index]) && isSpace(source[at] ?? ' ')) {
      offsets.push(at);
      const isLast = !isSpace(value[index + 1]);
      at = isLast ? afterSpace(source, at) : Math.min(at + 1, afterSpace(source, at));
      continue;
    }
    offsets.push(at);
    const length = lengthOf(source, at, quote, value[index]);
    if (length === undefined) return undefined;
    at += length;
  }
  return [...offsets, Math.min(at, source.length)];
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
