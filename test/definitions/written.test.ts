import { describe, expect, it } from 'vitest';
import type { FieldPath } from '../../src/definitions/definition.ts';
import { parseYaml } from '../../src/definitions/parseYaml.ts';
import { dataOf, spanAt } from '../../src/definitions/written.ts';
import { marked } from '../support/marked.ts';

function written(text: string) {
  const { value } = parseYaml({ file: 'a.yaml', text });
  if (value === undefined) throw new Error('the text of this test is not YAML');
  return value;
}

function expectSpan(markedText: string, path: FieldPath, part?: 'key' | 'value') {
  const { text, start, end } = marked(markedText);
  expect(spanAt('a.yaml', written(text), path, part)).toEqual({ file: 'a.yaml', start, end });
}

describe('the span of a field', () => {
  it('is that of its value', () => {
    expectSpan('kpi: x\nformula: ⟦ledige / folketal⟧ # why\n', ['formula']);
    expectSpan('a: { b: [x, { c: ⟦12⟧ }] }', ['a', 'b', 1, 'c']);
    expectSpan('a: ⟦{ b: 1 }⟧', ['a']);
    expectSpan('a:\n  ⟦b: 1\n  c: 2⟧\nd: 3\n', ['a']);
    expectSpan('⟦a: 1⟧\n', []);
  });

  it('is that of its key, if asked for', () => {
    expectSpan('a: { ⟦b⟧: 1 }', ['a', 'b'], 'key');
    expectSpan('a: { "⟦b⟧": 1 }', ['a', 'b'], 'key');
  });

  it('is what stands between quotes', () => {
    expectSpan('a: "⟦x y⟧"', ['a']);
    expectSpan("a: '⟦x⟧'", ['a']);
    expectSpan('a: "⟦⟧"', ['a']);
  });

  it('is the lines of a block of text, from its first letter to its last', () => {
    expectSpan('a: >- # folded\n  ⟦x /\n  y⟧\n\nb: 1\n', ['a']);
    expectSpan('a: |\n\n    ⟦x⟧\n', ['a']);
  });

  it('is that of the key, if the value is empty', () => {
    expectSpan('⟦a⟧:\nb: 1\n', ['a']);
    expectSpan('x: { ⟦a⟧ }\n', ['x', 'a']);
  });

  it('is that of the nearest parent key, if there is no such field', () => {
    expectSpan('kpi: x\n⟦measures⟧:\n  ledige: { sum: x }\n', ['measures', 'folketal']);
    expectSpan('kpi: x\nmeasures:\n  ⟦ledige⟧: { sum: x }\n', ['measures', 'ledige', 'unit']);
    expectSpan('kpi: x\nmeasures:\n  ⟦ledige⟧: { sum: x }\n', ['measures', 'ledige', 'over', 'time', 3]);
    expectSpan('⟦kpi⟧: x\nunit: y\n', ['formula']);
    expectSpan('⟦kpi⟧: x\nunit: y\n', [], 'key');
  });

  it('is that of the first key of an item, if the item lacks the field', () => {
    expectSpan('members:\n  - code: "1"\n  - ⟦label⟧: x\n', ['members', 1, 'code']);
    expectSpan('members:\n  - code: "1"\n  - ⟦x⟧\n', ['members', 1, 'code']);
    expectSpan('⟦members⟧:\n  - code: "1"\n', ['members', 7, 'code']);
  });
});

describe('dataOf', () => {
  it('is what YAML 1.2 says, with mappings that have no prototype', () => {
    const data = dataOf(written('a: 0101\nb: no\nc: ~\nd: [1.5, "1", true]\ntoString: 1\n'));
    expect(data).toEqual(
      Object.assign(Object.create(null), { a: 101, b: 'no', c: null, d: [1.5, '1', true], toString: 1 }),
    );
    expect(Object.getPrototypeOf(data)).toBeNull();
  });
});
