import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const folketal = 'kpi-definitions/befolkning/folketal.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const skip = '{ parts: skip, coverage: 0.95, operand: require_all }';
const all = '{ parts: require_all, operand: require_all }';

describe('rules for what is missing', () => {
  it.each(['require_all', 'as_zero'])(
    'have a coverage only where something is skipped, not with %s',
    (parts) => {
      expectFault(
        'coverage-without-skip',
        folketal,
        skip,
        `{ parts: ${parts}, coverage: ⟦0.95⟧, operand: require_all }`,
      );
    },
  );

  it('have a coverage where something is skipped', () => {
    expectFault('coverage-missing', folketal, skip, '{ parts: ⟦skip⟧, operand: require_all }');
  });

  it('count no kommune as nothing in one operand only', () => {
    expectFault('skip-needs-one-measure', pr1000, all, '{ parts: ⟦as_zero⟧, operand: require_all }');
  });

  it('leave the same kommuner out of all operands of a ratio', () => {
    expect(diagnosticsOf(withChange(pr1000, all, skip))).toEqual([]);
    const mean = withChange(pr1000, 'ledige / folketal', 'mean_over(ledige / folketal, kommune)');
    expect(diagnosticsOf(withChange(pr1000, all, skip, mean))).toEqual([]);
  });

  it.each([
    'ledige / total(folketal, kommune)',
    'ledige / total(ledige, kommune) * ledige / folketal',
    'ledige / folketal - mean_over(ledige / folketal, kommune)',
  ])('skip nothing where operands have different parts: %s', (formula) => {
    const files = withChange(pr1000, 'ledige / folketal', formula);
    const wrong = skip.replace('skip', '⟦skip⟧');
    expectFault('skip-needs-one-measure', pr1000, all, wrong, files);
  });

  it('may count a missing part as nothing where there is one measure', () => {
    expect(diagnosticsOf(withChange(folketal, skip, '{ parts: as_zero, operand: as_zero }'))).toEqual([]);
  });
});
