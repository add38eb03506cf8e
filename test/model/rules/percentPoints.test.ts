import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const shares = 'folketal / folketal - folketal / folketal';
const difference = withChange(pr1000, 'ledige / folketal', shares);

describe('the difference of two shares', () => {
  it('is in percentage points, not in percent', () => {
    for (const unit of ['pct.', 'promille', 'andel']) {
      const { hint } = expectFault('percent-point', pr1000, 'person/1000 borger', `⟦${unit}⟧`, difference);
      expect(hint).toBe('write pct.point');
    }
    expect(diagnosticsOf(withChange(pr1000, 'person/1000 borger', 'pct.point', difference))).toEqual([]);
  });

  it('is all that is in percentage points', () => {
    const share = withChange(pr1000, 'ledige / folketal', 'folketal / folketal');
    const { hint } = expectFault('percent-point', pr1000, 'person/1000 borger', '⟦pct.point⟧', share);
    expect(hint).toBe('write pct.');
    const rest = withChange(pr1000, 'ledige / folketal', '1 - folketal / folketal');
    expect(diagnosticsOf(withChange(pr1000, 'person/1000 borger', 'pct.', rest))).toEqual([]);
  });
});
