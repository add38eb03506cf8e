/** Line and column as an editor counts them: both from 1, a character outside the BMP counts once. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A line of a text by its number, with the offsets of its first character and of its end (no line break). */
export interface Line {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** The line that an offset lies on. An offset outside the text is taken as its nearest end. */
export function lineAt(text: string, offset: number): Line {
  const at = Math.min(Math.max(offset, 0), text.length);
  let number = 1;
  let start = 0;
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) {
    const next = lineBreak.index + lineBreak[0].length;
    if (next > at) return { number, start, end: lineBreak.index };
    number += 1;
    start = next;
  }
  return { number, start, end: text.length };
}

/** Line and column of an offset. An offset inside a line break is the end of its line. */
export function placeOf(text: string, offset: number): Place {
  const line = lineAt(text, offset);
  const before = text.slice(line.start, Math.min(Math.max(offset, 0), line.end));
  return { line: line.number, column: [...before].length + 1 };
}
