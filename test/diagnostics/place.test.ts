import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAt, placeOf } from '../../src/diagnostics/place.ts';
import { marked } from '../support/marked.ts';

describe('placeOf', () => {
  it.each([
    ['⟦a⟧', 1, 1],
    ['ab⟦c⟧', 1, 3],
    ['a\n⟦b⟧', 2, 1],
    ['a\r\nb⟦c⟧', 2, 2],
    ['a\rb\r\n\nc ⟦d⟧', 4, 3],
    ['a⟦\n⟧b', 1, 2],
    ['a\r⟦\n⟧b', 1, 2],
    ['a\n⟦⟧', 2, 1],
    ['æøå ⟦x⟧', 1, 5],
    ['🙂⟦x⟧', 1, 2],
  ])('counts lines and columns of %j from 1', (text, line, column) => {
    const place = marked(text);
    expect(placeOf(place.text, place.start)).toEqual({ line, column });
  });

  it('takes an offset outside the text as its nearest end', () => {
    expect(placeOf('ab\ncd', 99)).toEqual({ line: 2, column: 3 });
    expect(placeOf('ab\ncd', -1)).toEqual({ line: 1, column: 1 });
  });

  it('agrees with splitting the text into lines', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zæ ]{0,5}$/), { minLength: 1 }), fc.nat(), (lines, at) => {
        const number = at % lines.length;
        const text = lines.join('\n');
        const start = lines.slice(0, number).join('\n').length + (number > 0 ? 1 : 0);
        const end = start + (lines[number] ?? '').length;
        expect(lineAt(text, end)).toEqual({ number: number + 1, start, end });
        expect(placeOf(text, end)).toEqual({ line: number + 1, column: end - start + 1 });
      }),
    );
  });
});
