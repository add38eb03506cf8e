import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const ledighed = 'kpi-definitions/sources/star.ledighed.yaml';
const where = (condition: string) => `sum: fuldtidspersoner\n    where: ${condition}`;

describe('conditions of contracts and measures', () => {
  it('use columns of the file to choose rows', () => {
    const { hint } = expectFault('unknown-column', ledighed, 'rows: Ydelse != ', 'rows: ⟦Ydels⟧ != ');
    expect(hint).toBe('did you mean "Ydelse"?');
  });

  it('use columns of the contract to say what an empty value means', () => {
    expectFault('unknown-column', ledighed, 'when: ydelse ==', 'when: ⟦Ydelse⟧ ==');
  });

  it('use columns of the contract in a measure', () => {
    expectFault('unknown-column', ledige, 'sum: fuldtidspersoner', where('⟦kon⟧ == "1"'));
  });

  it('compare like with like', () => {
    const { hint } = expectFault('type-mismatch', ledige, 'sum: fuldtidspersoner', where('koen == ⟦1⟧'));
    expect(hint).toBe('codes are text: write "1"');
    expectFault('type-mismatch', ledighed, 'Ydelse != "I alt"', 'Ydelse != ⟦0⟧');
  });

  it('name codes that are in the list, since others hold of no row', () => {
    const fault = (condition: string) =>
      expectFault('unknown-code', ledige, 'sum: fuldtidspersoner', where(condition));
    expect(fault('kommune == ⟦"10"⟧').message).toContain('There is no code "10" in "kommune"');
    fault('kommune in ["101", ⟦"4711"⟧]');
    fault('not koen != ⟦"3"⟧');
    const all = 'kommune == "101" or kommune == "uoplyst" or kommune >= "10"';
    expect(diagnosticsOf(withChange(ledige, 'sum: fuldtidspersoner', where(all)))).toEqual([]);
  });

  it('ask for a range that some code lies in: codes of digits are ordered as numbers', () => {
    const fault = (condition: string) =>
      expectFault('empty-code-range', ledige, 'sum: fuldtidspersoner', where(condition));
    const { message, hint } = fault('kommune == "101" and ⟦koen < "1"⟧');
    expect(message).toBe('No code of "koen" lies in this range, so it holds of no row.');
    expect(hint).toContain('codes of digits are ordered as numbers');
    fault('koen == "1" or ⟦"99999" <= kommune⟧');
  });

  it('take numbers of the contract as numbers, and all columns of the file as text', () => {
    expect(diagnosticsOf(withChange(ledige, 'sum: fuldtidspersoner', where('fuldtidspersoner > 0')))).toEqual(
      [],
    );
    expect(diagnosticsOf(withChange(ledighed, 'Ydelse != "I alt"', 'Personer != "0"'))).toEqual([]);
  });

  it('compare dates, times and keys with quoted ones', () => {
    const dated = withChange(
      ledighed,
      'columns:\n',
      'columns:\n  foedt: { type: date, from: Ydelse }\n  ind: { type: time, from: Ydelse }\n' +
        '  person: { type: key, from: Ydelse, of: integer, personal: true }\n  skole: { type: key, from: Ydelse, of: text }\n',
    );
    const fault = (condition: string) =>
      expectFault('type-mismatch', ledige, 'sum: fuldtidspersoner', where(condition), dated).hint;
    const all =
      'foedt >= "2026-01-01" and ind < "2026-07-31T13:05" and ind > "2026-07-31" and person == "4711" and skole in ["a"]';
    expect(diagnosticsOf(withChange(ledige, 'sum: fuldtidspersoner', where(all), dated))).toEqual([]);
    expect(fault('foedt >= ⟦"2026-02-30"⟧')).toBe('dates are written in quotes, like "2026-07-31"');
    expect(fault('ind == ⟦"31-07-2026"⟧')).toBe('times are written in quotes, like "2026-07-31T13:05"');
    expect(fault('person in [⟦4711⟧]')).toBe('keys are written in quotes, like "4711"');
    expect(fault('⟦person < "4711"⟧')).toBe('compare keys with ==, != or in');
    fault('foedt == ⟦ind⟧');
  });

  it('do not divide', () => {
    expectFault('condition-divides', ledige, 'sum: fuldtidspersoner', where('⟦fuldtidspersoner / 2⟧ > 1'));
  });

  it('call no functions', () => {
    expectFault('unknown-function', ledige, 'sum: fuldtidspersoner', where('⟦lag⟧(fuldtidspersoner, 1) > 1'));
  });
});
