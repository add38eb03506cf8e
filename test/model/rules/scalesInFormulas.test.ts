import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';

describe('scales in formulas', () => {
  it.each([
    'ledige / folketal * ⟦1000⟧',
    '⟦100⟧ * ledige / folketal',
    'ledige / (folketal / ⟦10⟧)',
    'ledige / folketal / ⟦0.01⟧',
  ])('do what the unit does already: %s', (formula) => {
    const { hint } = expectFault('scale-in-formula', pr1000, 'ledige / folketal', formula);
    expect(hint).toContain('person/1000 borger');
  });

  it.each([
    'ledige / folketal * 7',
    'ledige / folketal * 0.5',
    'ledige * 1 / folketal',
    'ledige / folketal * 1001',
  ])('are not every number: %s', (formula) => {
    expect(diagnosticsOf(withChange(pr1000, 'ledige / folketal', formula))).toEqual([]);
  });
});
