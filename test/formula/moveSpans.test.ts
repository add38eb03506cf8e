import { describe, expect, it } from 'vitest';
import { moveSpans } from '../../src/formula/moveSpans.ts';
import { loadParser } from '../../src/formula/parse.ts';

const parse = await loadParser();

describe('moveSpans', () => {
  it.each([
    'a + 2 * -(b)',
    'not (a in ["x", "y"]) and b >= 1.5',
    'lag(a, 12) / b',
    'not a in ["1"]',
    '-a == 1 or b != "c"',
  ])('puts every part of %s where it would have been parsed', (text) => {
    const { value } = parse(text, { file: 'a', start: 0 });
    const move = ({ start, end }: { start: number; end: number }) => ({
      file: 'b',
      start: start + 100,
      end: end + 100,
    });
    expect(value).toBeDefined();
    expect(value && moveSpans(value, move)).toEqual(parse(text, { file: 'b', start: 100 }).value);
  });
});
