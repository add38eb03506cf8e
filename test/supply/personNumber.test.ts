import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsPersonNumber, personNumberPattern, shown } from '../../src/supply/personNumber.ts';

describe('holdsPersonNumber', () => {
  it.each([
    '0101901234',
    '010190-1234',
    '010190 1234',
    'Jens 010190-1234, Køge',
    '6101901234',
    '290204-1234',
    '310100-0000',
  ])('knows "%s"', (text) => {
    expect(holdsPersonNumber(text)).toBe(true);
  });

  it.each([
    '101',
    '3201901234',
    '0113901234',
    '290203-1234',
    '310490-1234',
    '00010190123400',
    '12345678',
    '1.234.567.890',
    '',
  ])('lets "%s" through', (text) => {
    expect(holdsPersonNumber(text)).toBe(false);
  });
});

describe('shown', () => {
  it('never shows what looks like a CPR number, with a real date or not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6}[- ]?\d{4}$/), fc.string({ maxLength: 20 }), (number, around) => {
        expect(shown(`${around}${number}${around}`)).not.toContain(number);
      }),
    );
    expect(shown('Jens 010190-1234')).toBe('Jens (hidden)');
  });

  it('is short and on one line', () => {
    expect(shown(`a\nb${'c'.repeat(60)}`)).toBe(`a b${'c'.repeat(37)}…`);
  });
});

describe('the pattern for engines', () => {
  const pattern = new RegExp(personNumberPattern);
  it('fits just what holds a person number', () => {
    const digits = (least: number, most: number) =>
      fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
    const dated = fc
      .tuple(
        fc.constantFrom('', ' ', 'x', '1', '-'),
        digits(0, 99),
        digits(0, 13),
        digits(0, 99),
        fc.constantFrom('', '-', ' ', '/'),
        fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0')),
        fc.constantFrom('', ' ', '.', '7'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(dated, { minLength: 1, maxLength: 3 }), (parts) => {
        const text = parts.join('');
        expect([text, pattern.test(text)]).toEqual([text, holdsPersonNumber(text)]);
      }),
      { numRuns: 3000 },
    );
  });
});
