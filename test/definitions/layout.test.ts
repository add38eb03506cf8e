import { describe, expect, it } from 'vitest';
import { checkLayout, deepestNesting, largestFile } from '../../src/definitions/layout.ts';
import { expectDiagnostic, marked } from '../support/marked.ts';

const check = (text: string) => checkLayout({ file: 'a.yaml', text });

describe('checkLayout', () => {
  it('hands on a text that may be parsed', () => {
    const { value, diagnostics } = check('a: 1\n');
    expect(value?.join('')).toContain('a:');
    expect(diagnostics).toEqual([]);
  });

  it('refuses a file that is too large without looking into it', () => {
    const { value, diagnostics } = check(' '.repeat(largestFile + 1));
    expect(value).toBeUndefined();
    expectDiagnostic(diagnostics, 'file-too-large', { start: 0, end: 0 });
    expect(check(' '.repeat(largestFile)).diagnostics).toEqual([]);
  });

  it('refuses nesting that is too deep at the first that is', () => {
    const deep = marked(`a:\n  - ${'['.repeat(deepestNesting - 3)}⟦[⟧${'['.repeat(20_000)}`);
    const { value, diagnostics } = check(deep.text);
    expect(value).toBeUndefined();
    expect(diagnostics).toEqual([expectDiagnostic(diagnostics, 'nesting-too-deep', deep)]);
  });

  it.each(['[', '{', '- ', '? ', '[{', '- ? '])('refuses a file of nothing but "%s"', (step) => {
    const { value, diagnostics } = check(step.repeat(20_000));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['nesting-too-deep']);
    expect(check(step.repeat(30)).value).toBeDefined();
  });

  it('refuses nesting by indentation that is too deep', () => {
    const line = (_: unknown, depth: number) => `${' '.repeat(depth)}a:`;
    const { value, diagnostics } = check(Array.from({ length: 1000 }, line).join('\n'));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['nesting-too-deep']);
  });

  it.each([
    ['many items', '- a\n'.repeat(1000)],
    ['many mappings', 'a:\n  b:\n    - c: 1\n'.repeat(1000)],
    ['brackets in quotes', `a: "${'['.repeat(1000)}"`],
    ['brackets in a comment', `a: 1 # ${'['.repeat(1000)}`],
    ['brackets in a block of text', `a: |\n${'  [[[[[[[[[[[\n'.repeat(100)}`],
    ['brackets in text', `a: x${'['.repeat(1000)}`],
    ['many lists beside each other', `a: [${'[b],'.repeat(1000)}]`],
  ])('does not take for deep: %s', (_, text) => {
    expect(check(text).diagnostics).toEqual([]);
  });
});
