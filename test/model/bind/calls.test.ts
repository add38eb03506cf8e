import { describe, expect, it } from 'vitest';
import { expectFault, miniWorkspace, modelOf, withChange } from '../../support/definitions.ts';

const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const formula = 'ledige / folketal';

const bound = (text: string) =>
  modelOf(withChange(pr1000, formula, text, miniWorkspace)).kpis['beskaeftigelse.ledige_pr_1000'];

describe('a function', () => {
  it("stands around a formula, and the measures below it are the KPI's own", () => {
    const kpi = bound('lag(ledige / folketal, 12)');
    expect(kpi?.expression).toMatchObject({ kind: 'moved', window: { kind: 'lag', periods: 12 } });
    expect(kpi?.measures).toEqual(['beskaeftigelse.ledige.ledige', 'beskaeftigelse.ledige_pr_1000.folketal']);
  });

  it('that changes is what it says: the ratio to what was, less one', () => {
    const text = 'change(ledige / folketal, 1) * (ledige / folketal)';
    const same = '((ledige / folketal) / lag(ledige / folketal, 1) - 1) * (ledige / folketal)';
    expect(bound(text)?.expression).toEqual(bound(same)?.expression);
  });

  it.each([
    'rolling(ledige, 12) / rolling(folketal, 12)',
    'ytd(ledige) / folketal',
    'same_period_last_year(ledige) / folketal',
    'total(ledige, koen) / folketal',
    'total(ledige, koen, kommune) / folketal',
    'mean_over(ledige / folketal, kommune)',
    'max(min(ledige, ledige), 0) / folketal',
    'abs(round(ledige, 0)) / folketal',
    'if(ledige >= 5 and not ledige == 0, ledige, 0) / folketal',
    'index(ledige, "2025") * ledige / folketal',
  ])('is bound: %s', (text) => {
    const unchecked = text.replace('ledige >= 5 and', 'ledige >= 0 and');
    expect(bound(unchecked)?.measures).toHaveLength(2);
  });
});

describe('a call that is wrong', () => {
  it.each([
    ['unknown-function', '⟦laag⟧(ledige, 1) / folketal'],
    ['bad-argument', '⟦lag(ledige)⟧ / folketal'],
    ['bad-argument', '⟦ytd(ledige, 1)⟧ / folketal'],
    ['bad-argument', 'lag(ledige, ⟦0⟧) / folketal'],
    ['bad-argument', 'lag(ledige, ⟦0.5⟧) / folketal'],
    ['bad-argument', 'lag(ledige, ⟦folketal⟧) / folketal'],
    ['bad-argument', 'round(ledige, ⟦13⟧) / folketal'],
    ['bad-argument', 'index(ledige, ⟦2020⟧) * ledige / folketal'],
    ['bad-argument', 'index(ledige, ⟦"20201"⟧) * ledige / folketal'],
    ['bad-argument', 'if(⟦ledige⟧, ledige, 0) / folketal'],
    ['bad-argument', 'total(ledige, ⟦"koen"⟧) / folketal'],
    ['unknown-dimension', 'total(ledige, ⟦kon⟧) / folketal'],
    ['unknown-level', 'mean_over(ledige, ⟦komune⟧) / folketal'],
    ['unknown-measure', 'lag(⟦ledge⟧, 1) / folketal'],
    ['unit-mismatch', '⟦max(ledige, folketal)⟧ / folketal'],
    ['unit-mismatch', 'if(⟦ledige > folketal⟧, ledige, 0) / folketal'],
    ['unit-mismatch', '⟦if(ledige > 0, ledige, folketal)⟧ / folketal'],
  ] as const)('is told of where it stands: %s in %s', (code, text) => {
    expectFault(code, pr1000, formula, text);
  });
});
