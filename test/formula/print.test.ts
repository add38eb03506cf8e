import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printFormula } from '../../src/formula/print.ts';
import { expressions, parsed, shape } from './support.ts';

describe('printFormula', () => {
  it('prints any tree as a text that says the same tree', () => {
    fc.assert(
      fc.property(expressions, (tree) => {
        expect(shape(parsed(printFormula(tree)))).toEqual(shape(tree));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['( a+b )*c', '(a + b) * c'],
    ['((a*b))+c', 'a * b + c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['a/(b*c)', 'a / (b * c)'],
    ['-(a)*b', '-a * b'],
    ['-(a*b)', '-(a * b)'],
    ['(not (a == "x"))', 'not a == "x"'],
    ['(not a) == b', '(not a) == b'],
    ['(a and b) or c', 'a and b or c'],
    ['a and (b or c)', 'a and (b or c)'],
    ['not (k in ["a"])', 'not k in ["a"]'],
    ['not ((k in ["a"]) and b)', 'not (k in ["a"] and b)'],
    ['( x + 1 ) in [ 2,-3 ]', '(x + 1) in [2, -3]'],
    ['(x) in [1]', 'x in [1]'],
    ['lag( x ,12 )', 'lag(x, 12)'],
    ['"\\u0041\\/"', '"A/"'],
  ])('writes %s as %s', (text, canonical) => {
    expect(printFormula(parsed(text))).toBe(canonical);
  });

  it('leaves no bracket that could be left out', () => {
    fc.assert(
      fc.property(expressions, (tree) => {
        const text = printFormula(tree);
        for (const without of withoutOnePair(text)) {
          expect(shapeOrNothing(without)).not.toEqual(shape(tree));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The text once for each of its pairs of round brackets, without that pair. Brackets in texts are left. */
function withoutOnePair(text: string): readonly string[] {
  const opens: number[] = [];
  const results: string[] = [];
  for (const { 0: piece, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[()]/gs)) {
    if (piece === '(') opens.push(index);
    const open = piece === ')' ? opens.pop() : undefined;
    if (open === undefined) continue;
    results.push(`${text.slice(0, open)} ${text.slice(open + 1, index)} ${text.slice(index + 1)}`);
  }
  return results;
}

function shapeOrNothing(text: string): unknown {
  try {
    return shape(parsed(text));
  } catch {
    return undefined;
  }
}
