/** One visible step of a line: what a terminal shows for a character of the text, and how many columns it takes. */
export interface Glyph {
  readonly shown: string;
  readonly width: number;
  /** Offset of the character within the line. */
  readonly offset: number;
}

const tabWidth = 4;

/**
 * A line as a terminal shows it. Tabs become spaces up to the next stop, so that carets stand below what they
 * mark; control characters are replaced, so that a delivered file cannot steer the terminal.
 */
export function glyphsOf(line: string): readonly Glyph[] {
  const glyphs: Glyph[] = [];
  let offset = 0;
  let column = 0;
  for (const character of line) {
    const shown = character === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : visible(character);
    const width = character === '\t' ? shown.length : columnsOf(shown);
    glyphs.push({ shown, width, offset });
    offset += character.length;
    column += width;
  }
  return glyphs;
}

export const widthOf = (glyphs: readonly Glyph[]): number =>
  glyphs.reduce((sum, { width }) => sum + width, 0);

/** A text in one line with nothing in it that a terminal would obey. */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '�');

const combining = /^[\p{M}\p{Cf}]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

const columnsOf = (character: string): number =>
  combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
