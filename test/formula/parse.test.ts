import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/formula/expression.ts';
import { parseFormula } from '../../src/formula/parse.ts';
import { printFormula } from '../../src/formula/print.ts';
import { walk } from '../../src/formula/walk.ts';
import { expressions, origin, parsed, parser, shape } from './support.ts';

describe('parseFormula', () => {
  it('reads a formula over dotted and Danish names', async () => {
    const { value, diagnostics } = await parseFormula('beskæftigelse.ledige / år_2026', origin);
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({
      kind: 'arithmetic',
      operator: '/',
      left: { kind: 'name', name: 'beskæftigelse.ledige', span: { file: 'formula', start: 0, end: 20 } },
      right: { kind: 'name', name: 'år_2026', span: { file: 'formula', start: 23, end: 30 } },
      span: { file: 'formula', start: 0, end: 30 },
    });
  });

  it('counts places from where the text stands in its file', () => {
    const { value } = parser('(a)', { file: 'k.yaml', start: 100 });
    expect(value?.span).toEqual({ file: 'k.yaml', start: 101, end: 102 });
    const { diagnostics } = parser('a ^ b', { file: 'k.yaml', start: 100 });
    expect(diagnostics[0]?.span).toEqual({ file: 'k.yaml', start: 102, end: 103 });
  });

  it.each([
    ['a - b - c', ['-', ['-', 'a', 'b'], 'c']],
    ['a / b / c', ['/', ['/', 'a', 'b'], 'c']],
    ['a / 2 * (b)', ['*', ['/', 'a', { number: '2' }], 'b']],
    ['a + b * -c', ['+', 'a', ['*', 'b', ['negate', 'c']]]],
    ['a or b and c', ['or', 'a', ['and', 'b', 'c']]],
    ['f() + g(a, b + 1)', ['+', ['f()'], ['g()', 'a', ['+', 'b', { number: '1' }]]]],
    ['a\n  / b\r\n', ['/', 'a', 'b']],
    ['a\u00a0*\tb', ['*', 'a', 'b']],
    ['a.in.not', 'a.in.not'],
    ['"a\\"b\\u00e5\\n"', { text: 'a"bå\n' }],
    ['123456789012345678901234567890.5', { number: '123456789012345678901234567890.5' }],
    ['1.50', { number: '1.50' }],
  ])('reads %j', (text, tree) => {
    expect(shape(parsed(text))).toEqual(tree);
  });

  it('lets "not" bind looser than comparisons, as people and SQL read it, where mathjs does not', () => {
    expect(shape(parsed('not a == b'))).toEqual(['not', ['==', 'a', 'b']]);
    expect(shape(parsed('not a + 1 < b and c'))).toEqual([
      'and',
      ['not', ['<', ['+', 'a', { number: '1' }], 'b']],
      'c',
    ]);
    expect(shape(parsed('not not a == b or not c'))).toEqual([
      'or',
      ['not', ['not', ['==', 'a', 'b']]],
      ['not', 'c'],
    ]);
    expect(shape(parsed('(not a) == b'))).toEqual(['==', ['not', 'a'], 'b']);
    expect(shape(parsed('f(not a == b, c)'))).toEqual(['f()', ['not', ['==', 'a', 'b']], 'c']);
  });

  it('reads "not k in [..]" as one negated node, with and without brackets', () => {
    const tree = ['not in', 'k', { text: 'a' }];
    expect(shape(parsed('not k in ["a"]'))).toEqual(tree);
    expect(shape(parsed('not (k in ["a"])'))).toEqual(tree);
    expect(shape(parsed('not not k in ["a"]'))).toEqual(['not', tree]);
    expect(shape(parsed('a and not k in ["a"] or b'))).toEqual(['or', ['and', 'a', tree], 'b']);
  });

  it('binds "in" to what stands right before it', () => {
    expect(shape(parsed('a == b and c in [1, -2]'))).toEqual([
      'and',
      ['==', 'a', 'b'],
      ['in', 'c', { number: '1' }, ['negate', { number: '2' }]],
    ]);
    expect(shape(parsed('(x + 1) in [2]'))).toEqual(['in', ['+', 'x', { number: '1' }], { number: '2' }]);
    expect(shape(parsed('(2) in [2]'))).toEqual(['in', { number: '2' }, { number: '2' }]);
    expect(shape(parsed('f(x) in [2]'))).toEqual(['in', ['f()', 'x'], { number: '2' }]);
  });

  it.each([
    ['(a + b) * c', ['(a + b) * c', 'a + b', 'a', 'b', 'c']],
    ['-(a + b)', ['-(a + b)', 'a + b', 'a', 'b']],
    ['((a)) / f( b )', ['((a)) / f( b )', 'a', 'f( b )', 'b']],
    ['not not a == b', ['not not a == b', 'not a == b', 'a == b', 'a', 'b']],
    ['c and not (k) in ["a"]', ['c and not (k) in ["a"]', 'c', 'not (k) in ["a"]', 'k', '"a"']],
    ['(not a == b) == c', ['(not a == b) == c', 'not a == b', 'a == b', 'a', 'b', 'c']],
  ])('places every part of %j', (text, places) => {
    const said: string[] = [];
    walk(parsed(text), ({ span }) => said.push(text.slice(span.start, span.end)));
    expect(said).toEqual(places);
  });

  it('places every part of any formula: the text there says that part again', () => {
    fc.assert(
      fc.property(expressions, (tree) => {
        const text = printFormula(tree);
        walk(parsed(text), (part) => expectPlaced(text, part));
      }),
      { numRuns: 500 },
    );
  });

  it('reads the same with any white space between the tokens, and places it so', () => {
    const space = fc.constantFrom(' ', '\n', '\t', '  ', '\r\n', '\u00a0', '');
    fc.assert(
      fc.property(expressions, fc.array(space, { minLength: 1 }), (tree, spaces) => {
        const text = spread(printFormula(tree), spaces);
        const read = parsed(text);
        expect(shape(read)).toEqual(shape(tree));
        walk(read, (part) => expectPlaced(text, part));
      }),
      { numRuns: 500 },
    );
  });
});

function expectPlaced(text: string, part: Expression): void {
  const said = text.slice(part.span.start, part.span.end);
  if (part.kind === 'name') expect(said).toBe(part.name);
  else if (part.kind === 'number') expect(said).toBe(part.value);
  else if (part.kind === 'text') expect(JSON.parse(said)).toBe(part.value);
  else expect(shape(parsed(said))).toEqual(shape(part));
  if (part.kind === 'call') expect(text.slice(part.nameSpan.start, part.nameSpan.end)).toBe(part.name);
}

/** The printed text with other white space between its words, never inside a text and never gluing words. */
function spread(text: string, spaces: readonly string[]): string {
  let turn = 0;
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+|[()[\],]/gs, (piece) => {
    if (piece.startsWith('"')) return piece;
    const space = spaces[turn++ % spaces.length] ?? '';
    return piece.trim() === '' ? space || ' ' : space + piece + space;
  });
}
