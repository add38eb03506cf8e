import { describe, expect, it } from 'vitest';
import { namesIn, walk } from '../../src/formula/walk.ts';
import { parsed } from './support.ts';

const text = 'index(a.ledige + -b, 2020) / b > 0 and not k in ["1"] or c == "c"';

describe('namesIn', () => {
  it('gives every place of a name in the order of the text, without functions and texts', () => {
    const names = namesIn(parsed(text));
    expect(names.map(({ name }) => name)).toEqual(['a.ledige', 'b', 'b', 'k', 'c']);
    expect(names.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      'a.ledige',
      'b',
      'b',
      'k',
      'c',
    ]);
  });
});

describe('walk', () => {
  it('visits an expression and then its parts, from left to right', () => {
    const kinds: string[] = [];
    walk(parsed('f(a + 1) in ["x", -2]'), ({ kind }) => kinds.push(kind));
    expect(kinds).toEqual(['in', 'call', 'arithmetic', 'name', 'number', 'text', 'unary', 'number']);
  });
});
