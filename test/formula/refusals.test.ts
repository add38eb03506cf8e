import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../src/diagnostics/codes.ts';
import { expectDiagnostic, marked } from '../support/marked.ts';
import { origin, parser } from './support.ts';

/** What is written, with the bad place marked; what is said of it; and a part of the hint. */
const refusals: [code: DiagnosticCode, text: string, hint?: string][] = [
  ['formula-empty', '⟦⟧'],
  ['formula-empty', '⟦ \n ⟧'],
  ['formula-too-long', `${' '.repeat(10_000)}⟦ledige⟧`],
  ['formula-too-long', `a${' + a'.repeat(1000)} ⟦+⟧ a`],
  ['formula-too-deep', `${'('.repeat(100)}⟦(⟧a${')'.repeat(101)}`],
  ['formula-too-deep', `${'-'.repeat(100)}⟦-⟧a`],
  ['formula-too-deep', `${'not '.repeat(60)}${'('.repeat(40)}⟦not⟧ a${')'.repeat(40)}`],
  ['formula-character', 'ledige ⟦§⟧ folketal'],
  ['formula-character', 'a ⟦×⟧ b', 'write *'],
  ['formula-character', 'a ⟦−⟧ b', 'write -'],
  ['formula-character', 'region == ⟦“⟧082"', 'straight double quotes'],
  ['formula-character', 'a⟦\u030a⟧r', 'one character'],
  ['formula-character', 'a ⟦$⟧ b'],
  ['formula-character', 'a ⟦😀⟧ b'],
  ['formula-character', 'a ⟦#⟧ b', 'YAML'],
  ['formula-character', 'a ⟦.⟧ b', 'without spaces'],
  ['formula-number', 'kommune == ⟦0101⟧', 'write a code as text: "0101"'],
  ['formula-number', 'periode == ⟦2026M07⟧', 'write a period as text: "2026M07"'],
  ['formula-number', 'a * ⟦1e3⟧', 'all the digits'],
  ['formula-number', 'a * ⟦.5⟧', 'write 0.5'],
  ['formula-number', 'a * ⟦5.⟧ + 1', 'write 5'],
  ['formula-number', 'a * ⟦1.000.000⟧', 'write 1000000'],
  ['formula-number', 'a * ⟦1_000⟧', 'write 1000'],
  ['formula-number', '⟦0x1F⟧ + a'],
  ['formula-number', '⟦2ledige⟧', 'products with *'],
  ['formula-number-ambiguous', 'a * ⟦1.000⟧', 'write 1000 or 1;'],
  ['formula-number-ambiguous', 'a * ⟦1.500⟧', 'write 1500 or 1.5;'],
  ['formula-quotes', "region == ⟦'082'⟧", 'write "082"'],
  ['formula-quotes', "region == ⟦'082⟧", 'write "'],
  ['formula-text-unclosed', 'region == ⟦"082⟧'],
  ['formula-text-unclosed', 'region == ⟦"082⟧\n and a'],
  ['formula-text-unclosed', 'region == ⟦"082\\"⟧'],
  ['formula-text-escape', 'path == ⟦"C:\\qa"⟧', 'for a backslash'],
  ['formula-text-escape', 'path == ⟦"\\u12"⟧'],
  ['formula-implicit-multiplication', '2 ⟦ledige⟧', 'write 2 * ledige'],
  ['formula-implicit-multiplication', 'ledige ⟦folketal⟧', 'write ledige * folketal'],
  ['formula-implicit-multiplication', '(a)⟦(⟧b)', 'write *'],
  ['formula-implicit-multiplication', '2 ⟦(⟧a)', 'write *'],
  ['formula-implicit-multiplication', '(a) ⟦2⟧'],
  ['formula-implicit-multiplication', '1 / 2 ⟦a⟧'],
  ['formula-implicit-multiplication', 'f(a)⟦(⟧b)'],
  ['formula-implicit-multiplication', 'a ⟦AND⟧ b', 'write and'],
  ['formula-implicit-multiplication', 'a ⟦eller⟧ b', 'write or'],
  ['formula-implicit-multiplication', '⟦ikke⟧ a', 'write not'],
  ['formula-implicit-multiplication', 'k ⟦IN⟧ ["1"]', 'write in'],
  ['formula-implicit-multiplication', 'a\n⟦b⟧'],
  ['formula-operand-missing', 'a ⟦+⟧'],
  ['formula-operand-missing', '⟦*⟧ a'],
  ['formula-operand-missing', 'a + ⟦*⟧ b'],
  ['formula-operand-missing', '(⟦)⟧'],
  ['formula-operand-missing', 'f(a, ⟦)⟧'],
  ['formula-operand-missing', 'f(⟦,⟧ a)'],
  ['formula-operand-missing', 'k in ["1", ⟦]⟧'],
  ['formula-operand-missing', '⟦in⟧ ["1"]'],
  ['formula-operand-missing', 'k ⟦in⟧'],
  ['formula-operand-missing', 'a and ⟦or⟧ b'],
  ['formula-brackets', '⟦(⟧a + b'],
  ['formula-brackets', 'a + b⟦)⟧'],
  ['formula-brackets', '(a + b⟦]⟧'],
  ['formula-brackets', 'k in ⟦[⟧"1"'],
  ['formula-comma', '1⟦,⟧5', 'write 1.5'],
  ['formula-comma', 'a * (1⟦,⟧5)', 'write 1.5'],
  ['formula-comma', 'a⟦,⟧ b'],
  ['formula-assignment', 'region ⟦=⟧ "082"', 'write =='],
  ['formula-assignment', 'f(x) ⟦=⟧ x', 'write =='],
  ['formula-block', 'a⟦;⟧ b'],
  ['formula-block', 'k in [1⟦;⟧ 2]'],
  ['formula-range', 'a⟦:⟧b'],
  ['formula-range', 'k in ["081"⟦:⟧"085"]', 'x >= "a"'],
  ['formula-object', '⟦{⟧a: 1}'],
  ['formula-index', 'ledige⟦[⟧1]'],
  ['formula-index', 'f(a)⟦[⟧1]'],
  ['formula-index', 'k in ["1"]⟦[⟧1]'],
  ['formula-call', '⟦beskaeftigelse.lag⟧(a)'],
  ['formula-power', 'a ⟦^⟧ 2'],
  ['formula-power', 'a ⟦**⟧ 2'],
  ['formula-percent', 'a / b * 100⟦%⟧'],
  ['formula-percent', 'a ⟦%⟧ b'],
  ['formula-factorial', 'a⟦!⟧'],
  ['formula-factorial', '⟦!⟧a', 'write not'],
  ['formula-plus', '⟦+⟧a'],
  ['formula-bitwise', '⟦~⟧a'],
  ['formula-bitwise', 'a ⟦>>⟧ b'],
  ['formula-logic-sign', 'a ⟦&&⟧ b', 'write and'],
  ['formula-logic-sign', 'a ⟦&⟧ b', 'write and'],
  ['formula-logic-sign', 'a ⟦||⟧ b', 'write or'],
  ['formula-conditional', 'a ⟦?⟧ b : c'],
  ['formula-conditional', 'a ⟦??⟧ b'],
  ['formula-conversion', 'a ⟦to⟧ kr'],
  ['formula-unknown-operator', 'a ⟦<>⟧ b', 'write !='],
  ['formula-unknown-operator', 'a ⟦===⟧ b', 'write =='],
  ['formula-unknown-operator', 'a ⟦xor⟧ b', 'write a != b'],
  ['formula-unknown-operator', 'a ⟦mod⟧ b'],
  ['formula-unknown-operator', 'a ⟦./⟧ b', 'write /'],
  ['formula-reserved-word', 'a == ⟦true⟧', 'the condition itself'],
  ['formula-reserved-word', 'a == ⟦null⟧'],
  ['formula-reserved-word', 'a + ⟦NaN⟧'],
  ['formula-reserved-word', '⟦null.a⟧ + b'],
  ['formula-chained-comparison', 'a < b ⟦<⟧ c', 'a < b and b < c'],
  ['formula-chained-comparison', 'a == b ⟦in⟧ ["1"]', 'round brackets'],
  ['formula-chained-comparison', 'k in ["1"] ⟦==⟧ b'],
  ['formula-chained-comparison', 'k in ["1"] ⟦in⟧ ["2"]'],
  ['formula-not-place', 'k ⟦not⟧ in ["1"]', 'write not x in'],
  ['formula-not-place', 'a == ⟦not⟧ b', '(not x)'],
  ['formula-not-place', 'a + ⟦not⟧ b', '(not x)'],
  ['formula-not-place', '- ⟦not⟧ b', '(not x)'],
  ['formula-in-list', 'k in ⟦(⟧"1", "2")', 'write in ["1", "2"]'],
  ['formula-in-list', 'k in ⟦"1"⟧', 'write in ["1"]'],
  ['formula-in-list', 'k in ⟦liste⟧', 'write in [liste]'],
  ['formula-in-operand', '⟦x + 1⟧ in [2]', '(x + 1) in [2, 3]'],
  ['formula-in-operand', '⟦-x⟧ in [2]'],
  ['formula-in-operand', 'a and not ⟦(x) / 2⟧ in [2]'],
  ['formula-in-operand', '⟦2⟧ in [2]'],
  ['formula-in-operand', '⟦"a"⟧ in ["a"]'],
  ['formula-in-operand', 'k in [1] ⟦+⟧ 1'],
  ['formula-list-place', '⟦[⟧1, 2]'],
  ['formula-list-place', 'k == ⟦[⟧1, 2]'],
  ['formula-list-place', 'k in [⟦[⟧1]]'],
  ['formula-list-empty', 'k in ⟦[ ]⟧'],
  ['formula-list-element', 'k in ["1", ⟦a⟧]', 'write "a" in double quotes'],
  ['formula-list-element', 'k in [1 ⟦+⟧ 2]'],
  ['formula-list-element', 'k in [⟦(⟧1)]'],
  ['formula-list-element', 'k in [-⟦-⟧1]'],
  ['formula-list-element', 'k in [-⟦"a"⟧]'],
  ['formula-list-element', 'k in [⟦not⟧ 1]'],
  ['formula-list-element', 'k in ["1" ⟦or⟧ "2"]'],
];

describe('what a formula may not hold', () => {
  it.each(refusals)('says %s: %s', (code, text, hint) => {
    const bad = marked(text);
    const { value, diagnostics } = parser(bad.text, origin);
    const found = expectDiagnostic(diagnostics, code, bad);
    expect(value).toBeUndefined();
    expect(found.message).toMatch(/^[A-Z"].*\.$/s);
    if (hint !== undefined) expect(found.hint).toContain(hint);
  });

  it('has a case for every code that this room says', () => {
    const room = new URL('../../src/formula/', import.meta.url);
    const sources = readdirSync(room).map((file) => readFileSync(new URL(file, room), 'utf8'));
    const said = new Set(sources.join('').match(/(?<=')formula-[a-z-]+(?=')/g));
    expect([...said].toSorted()).toEqual([...new Set<string>(refusals.map(([code]) => code))].toSorted());
  });

  it.each(
    refusals
      .filter(([code, text]) => code !== 'formula-too-long' && !/[{“]/.test(text))
      .map(([, text]) => text),
  )('says one thing only of %s', (text) => {
    expect(parser(marked(text).text, origin).diagnostics).toHaveLength(1);
  });

  it('says all that is wrong, in one go', () => {
    const { diagnostics } = parser('a ^ b + c % d', origin);
    expect(diagnostics.map(({ code }) => code)).toEqual(['formula-power', 'formula-percent']);
    const order = parser('a b + f(c d) + k in (1)', origin);
    expect(order.diagnostics.map(({ code }) => code)).toEqual([
      'formula-implicit-multiplication',
      'formula-implicit-multiplication',
      'formula-in-operand',
      'formula-in-list',
    ]);
  });

  it('accepts the longest and deepest formula that it may', () => {
    for (const text of [
      `a${' + a'.repeat(1000)}`,
      `${'('.repeat(100)}a${')'.repeat(100)}`,
      `${'-'.repeat(100)}a`,
      `${'f('.repeat(100)}a${')'.repeat(100)}`,
      `k in [${Array.from({ length: 1900 }, (_, code) => 100 + code).join(', ')}]`
        .slice(0, 9000)
        .replace(/,[^,]*$/, ']'),
    ]) {
      expect(parser(text, origin).diagnostics).toEqual([]);
    }
  });
});
