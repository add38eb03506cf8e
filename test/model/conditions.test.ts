import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { checkCondition } from '../../src/model/conditions.ts';
import { expectDiagnostic, marked } from '../support/marked.ts';

const parse = await loadParser();

/** All that is said about a condition over two texts and two numbers. */
function told(text: string): readonly Diagnostic[] {
  const { value, diagnostics } = parse(text, { file: 'where', start: 0 });
  const found = [...diagnostics];
  const types = { koen: 'text', kommune: 'text', antal: 'number', alder: 'number' } as const;
  const scope = { types, where: 'the test', unknown: 'unknown-column' } as const;
  if (value) checkCondition(value, scope, (each) => found.push(each));
  return found;
}

function expectTold(code: Diagnostic['code'], text: string): Diagnostic {
  const place = marked(text);
  const found = told(place.text);
  const one = expectDiagnostic(found, code, place);
  expect(found).toEqual([one]);
  return one;
}

describe('a condition', () => {
  it.each([
    'koen == "1"',
    '"1" == koen',
    'koen == kommune',
    'antal > 0 and koen != "2" or not (alder <= 3.5)',
    'antal + alder * 2 - 1 >= -antal',
    'koen in ["1", "2"] and not kommune in ["101"]',
    'antal in [1, 2]',
    '1 == 1',
  ])('may be: %s', (text) => {
    expect(told(text)).toEqual([]);
  });

  it.each(['⟦koen⟧', '⟦antal + 1⟧', '⟦"101"⟧', '⟦5⟧', '⟦-antal⟧'])('is more than a value: %s', (text) => {
    expect(expectTold('type-mismatch', text).hint).toBe('compare it with something: name == "value"');
  });

  it.each(['koen == ⟦1⟧', '⟦101⟧ == kommune', 'koen in ["1", ⟦2⟧]'])('has codes in quotes: %s', (text) => {
    expect(expectTold('type-mismatch', text).hint).toMatch(/^codes are text: write "\d+"$/);
  });

  it.each(['⟦antal⟧ == "1"', '"1" == ⟦antal⟧', 'antal in [1, ⟦"2"⟧]'])(
    'has numbers without quotes: %s',
    (text) => {
      expect(expectTold('type-mismatch', text).hint).toBeUndefined();
    },
  );

  it.each([
    'antal + ⟦koen⟧ > 1',
    '-⟦koen⟧ > 1',
    '(⟦antal > 1⟧) + 1 > 2',
    'not ⟦antal⟧',
    'koen == "1" and ⟦antal⟧',
    '⟦koen⟧ or antal > 1',
  ])('has operands that its operators take: %s', (text) => {
    expectTold('type-mismatch', text);
  });

  it('is not compared, nor looked for', () => {
    expectTold('type-mismatch', '⟦(antal > 1) == (alder > 1)⟧');
    expectTold('type-mismatch', '(⟦antal > 1⟧) in [1]');
  });

  it('does not divide', () => {
    expect(expectTold('condition-divides', '⟦antal / 2⟧ > 1').hint).toBe('multiply the other side instead');
  });

  it('calls nothing', () => {
    expectTold('unknown-function', '⟦lag⟧(antal, 1) > 1');
  });

  it('knows its names', () => {
    expect(expectTold('unknown-column', '⟦kn⟧ == "1"').message).toBe(
      'There is no column named "kn" in the test.',
    );
    expect(expectTold('unknown-column', '⟦komune⟧ == "1"').hint).toBe('did you mean "kommune"?');
    expectTold('unknown-column', '⟦constructor⟧ == "1"');
    expectTold('unknown-column', '⟦toString⟧ in ["1"]');
  });

  it('tells of everything that is wrong, and of each once', () => {
    expect(told('kn == 1 and antal == koen and not alder').map(({ code }) => code)).toEqual([
      'unknown-column',
      'type-mismatch',
      'type-mismatch',
    ]);
  });
});
