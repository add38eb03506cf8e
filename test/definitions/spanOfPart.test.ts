import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseYaml } from '../../src/definitions/parseYaml.ts';
import { spanOfPart } from '../../src/definitions/spanOfPart.ts';
import { dataOf, spanAt } from '../../src/definitions/written.ts';
import { marked } from '../support/marked.ts';

/** The field `a` of a text: its value, and where a part of the value was written. */
function fieldOf(text: string) {
  const file = 'a.yaml';
  const { value: written } = parseYaml({ file, text });
  if (written === undefined) throw new Error('the text of this test is not YAML');
  const { a: value } = dataOf(written) as { a: string };
  const definition = { text, spanOf: (path: readonly (string | number)[]) => spanAt(file, written, path) };
  const partAt = (start: number, end: number) => spanOfPart(definition, ['a'], value, { start, end });
  return { value, partAt };
}

describe('spanOfPart', () => {
  it.each([
    ['in plain text', 'a: ledige / ⟦bad⟧ + x'],
    ['in quotes', 'a: "ledige / ⟦bad⟧"'],
    ['behind an escape', 'a: "k\\u00f8n \\"x\\" \\t / ⟦bad⟧"'],
    ['behind a doubled quote', "a: 'it''s ⟦bad⟧'"],
    ['behind a line break that is escaped', 'a: "x \\\n   y ⟦bad⟧"'],
    ['on the second line of plain text', 'a: x\n  / ⟦bad⟧'],
    ['on a line of a folded block', 'a: >-\n  x\n  /\n\n  ⟦bad⟧ + y\n'],
    ['on a line of a literal block', 'a: |\n  x  +\n    y\n  ⟦bad⟧\n'],
    ['behind a blank line', 'a: >-\n\n  x ⟦bad⟧\n'],
    ['with Windows line ends', 'a: >-\r\n  x\r\n  ⟦bad⟧\r\n'],
  ])('finds a part %s', (_, markedText) => {
    const { text, start, end } = marked(markedText);
    const { value, partAt } = fieldOf(text);
    const at = value.indexOf('bad');
    expect(partAt(at, at + 3)).toEqual({ file: 'a.yaml', start, end });
  });

  it('is empty for an empty part, and ends at the end of the text', () => {
    const { text, start } = marked('a: x + ⟦⟧y');
    expect(fieldOf(text).partAt(4, 4)).toEqual({ file: 'a.yaml', start, end: start });
    expect(fieldOf(text).partAt(5, 5)).toEqual({ file: 'a.yaml', start: text.length, end: text.length });
  });

  it('gives the whole field for what is not in it', () => {
    const { text, start, end } = marked('a: ⟦x⟧');
    expect(fieldOf(text).partAt(7, 9)).toEqual({ file: 'a.yaml', start, end });
  });

  it('finds every word again, however the text was written', () => {
    const words = fc.array(fc.stringMatching(/^[a-zæøå(*"'\\]{1,9}$/), { minLength: 1, maxLength: 12 });
    const styles = ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_FOLDED', 'BLOCK_LITERAL'] as const;
    fc.assert(
      fc.property(words, fc.constantFrom(...styles), fc.constantFrom(20, 80), (list, style, lineWidth) => {
        const text = stringify(
          { a: list.join(' ') },
          { defaultKeyType: 'PLAIN', defaultStringType: style, lineWidth },
        );
        const { value, partAt } = fieldOf(text);
        // The package that writes it folds some texts into other texts.
        fc.pre(value === list.join(' '));
        let at = 0;
        for (const word of list) {
          const span = partAt(at, at + word.length);
          expect(unescaped(text.slice(span.start, span.end), text.match(/^a:\s+(["'])/)?.[1])).toBe(word);
          at += word.length + 1;
        }
      }),
    );
  });
});

/** A piece of a scalar as its value has it, by the quote that the scalar begins with. */
function unescaped(piece: string, quote: string | undefined): string {
  if (quote === "'") return piece.replaceAll("''", "'");
  return quote === '"' ? piece.replace(/\\\n\s*/g, '').replace(/\\(.)/g, '$1') : piece;
}
