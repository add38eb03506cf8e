import { describe, it } from 'vitest';
import { expectFault, withChange } from '../../support/definitions.ts';

const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const measures = `measures:
  folketal:
    source: dst.folketal
    sum: personer
    unit: borger
    period: Å_Primo
    over_time: last
`;

describe('formulas', () => {
  it('use a measure', () => {
    expectFault(
      'formula-without-measure',
      pr1000,
      `ledige / folketal\nmissing: { parts: require_all, operand: require_all }\n${measures}`,
      '⟦2 + 3⟧\nmissing: { parts: require_all, operand: require_all }\n',
      withChange(pr1000, 'person/1000 borger', 'andel'),
    );
  });
});
