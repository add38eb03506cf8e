import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, modelOf, withChange } from '../../support/definitions.ts';

const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const formula = 'formula: ledige / folketal';

describe('a formula over several lines, or with escapes', () => {
  it('means what it means on one line', () => {
    for (const text of [
      'formula: >-\n  ledige\n  / folketal',
      'formula: |\n  ledige /\n\n  folketal',
      'formula: "ledige\\n/ folk\\u0065tal"',
    ]) {
      const kpi = modelOf(withChange(pr1000, formula, text)).kpis['beskaeftigelse.ledige_pr_1000'];
      expect(kpi?.measures).toEqual([
        'beskaeftigelse.ledige.ledige',
        'beskaeftigelse.ledige_pr_1000.folketal',
      ]);
    }
  });

  it.each([
    ['unknown-measure', 'formula: >-\n  ledige\n\n  / ⟦folketl⟧'],
    ['unknown-measure', 'formula: |\n  ledige /\n    ⟦folketl⟧\n'],
    ['unknown-measure', 'formula: ledige\n  / ⟦folketl⟧'],
    ['unknown-measure', 'formula: "\\u006Cedige / ⟦folketl⟧"'],
    ['unknown-function', 'formula: >-\n  ledige\n  / ⟦lagg⟧(folketal, 1)'],
    ['unit-mismatch', 'formula: >-\n  (⟦ledige +\n  folketal⟧)\n  / folketal'],
    ['scale-in-formula', 'formula: >-\n  ledige /\n  folketal *\n  ⟦1000⟧'],
    ['formula-not-a-number', 'formula: >-\n  ⟦ledige\n  in [1,\n  2]⟧'],
    ['formula-not-a-number', 'formula: >-\n  ⟦not\n  (ledige > 1)⟧'],
    // What the parser itself refuses has its place in the text, not in the formula.
    ['formula-operand-missing', 'formula: >-\n  ledige\n  ⟦/⟧'],
    ['formula-power', 'formula: >-\n  ledige\n  / folketal ⟦^⟧ 2'],
  ] as const)('is marked where it stands: %s in %j', (code, text) => {
    expectFault(code, pr1000, formula, text);
  });

  it('is marked in conditions too', () => {
    expectFault(
      'unknown-column',
      ledige,
      'unit: person\n    over',
      'where: \'koen == "1"\n      and ⟦kon⟧ != "it\'\'s"\'\n    unit: person\n    over',
    );
  });

  it('is not read twice', () => {
    const files = withChange(pr1000, formula, 'formula: 2 ledige / folketal');
    expect(diagnosticsOf(files)).toHaveLength(1);
  });
});
