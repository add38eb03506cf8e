import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';

describe('units of formulas', () => {
  it('are words that we know', () => {
    const { hint } = expectFault(
      'unknown-unit',
      pr1000,
      'unit: person/1000 borger',
      'unit: ⟦person/1000 borgr⟧',
    );
    expect(hint).toBe('did you mean "borger"?');
    const other = expectFault('unknown-unit', ledige, '    unit: person', '    unit: ⟦DKK⟧');
    expect(other.hint).toContain('1.000 kr.');
  });

  it('agree on both sides of a sum', () => {
    const { message } = expectFault(
      'unit-mismatch',
      pr1000,
      'ledige / folketal',
      '(⟦ledige + folketal⟧) / folketal',
    );
    expect(message).toBe('"+" stands between person and borger.');
    expectFault('unit-mismatch', pr1000, 'ledige / folketal', '(⟦ledige - 1⟧) / folketal');
  });

  it('come out as declared', () => {
    const { message } = expectFault('unit-mismatch', pr1000, 'unit: person/1000 borger', 'unit: ⟦pct.⟧');
    expect(message).toBe('The formula gives person/borger, and the unit says a plain number.');
  });

  it('come out as declared in whatever scale', () => {
    for (const unit of ['person/borger', 'mio. person/100.000 borger']) {
      expect(diagnosticsOf(withChange(pr1000, 'person/1000 borger', unit))).toEqual([]);
    }
  });

  it('are followed through signs, products and numbers', () => {
    const files = withChange(pr1000, 'ledige / folketal', '-ledige * 3 / (folketal + folketal)');
    expect(diagnosticsOf(files)).toEqual([]);
    expectFault(
      'unit-mismatch',
      pr1000,
      'unit: person/1000 borger',
      'unit: ⟦person⟧',
      withChange(
        pr1000,
        'ledige / folketal',
        'ledige * ledige / ledige / ledige * ledige / folketal * folketal / ledige',
      ),
    );
  });
});
