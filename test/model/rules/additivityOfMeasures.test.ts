import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const over = (rules: string) => `unit: person\n    over: ${rules}`;
const measure = (name: string, fields: string) =>
  `measures:\n  ${name}: { source: dst.folketal, unit: borger, over_time: last, ${fields} }\n`;

describe('additivity of measures', () => {
  it('is about dimensions of their source', () => {
    const { hint } = expectFault(
      'unknown-dimension',
      ledige,
      'unit: person\n    over',
      over('{ ⟦kommun⟧: none }\n    over'),
    );
    expect(hint).toBe('did you mean "kommune"?');
    expectFault(
      'unknown-dimension',
      pr1000,
      'period: Å_Primo',
      'period: Å_Primo\n    over: { ⟦koen⟧: none }',
    );
  });

  it("takes the source's own total only where there is one", () => {
    expectFault(
      'no-source-total',
      ledige,
      'unit: person\n    over',
      over('{ koen: ⟦source_total⟧ }\n    over'),
    );
    const kommune = withChange(ledige, 'unit: person\n    over', over('{ kommune: source_total }\n    over'));
    expect(diagnosticsOf(kommune)).toEqual([]);
  });

  it('is weighted by a measure of the same KPI', () => {
    const { hint } = expectFault(
      'unknown-measure',
      ledige,
      'unit: person\n    over',
      over('{ kommune: { weighted_by: ⟦ledig⟧ } }\n    over'),
    );
    expect(hint).toBe('did you mean "ledige"?');
  });

  it.each([
    ['by itself', '', 'ledige'],
    ['by one that does not add', measure('vægt', 'sum: personer, over: { kommune: none }'), 'vægt'],
  ])('is not weighted %s', (_, other, weight) => {
    expectFault(
      'weight-impossible',
      ledige,
      'unit: person\n    over',
      over(`{ kommune: { weighted_by: ⟦${weight}⟧ } }\n    over`),
      other === '' ? undefined : withChange(ledige, 'measures:\n', other),
    );
  });

  it('is not weighted by one that has not the dimension', () => {
    expectFault(
      'weight-impossible',
      ledige,
      'unit: person\n    over',
      over('{ koen: { weighted_by: ⟦vægt⟧ } }\n    over'),
      withChange(ledige, 'measures:\n', measure('vægt', 'sum: personer')),
    );
  });

  it('is weighted by one that adds, said or unsaid', () => {
    for (const rule of ['', ', over: { kommune: sum }']) {
      const files = withChange(
        ledige,
        'unit: person\n    over',
        over('{ kommune: { weighted_by: vægt } }\n    over'),
        withChange(ledige, 'measures:\n', measure('vægt', `sum: personer${rule}`)),
      );
      expect(diagnosticsOf(files)).toEqual([]);
    }
  });

  it('weighs sums only', () => {
    expectFault(
      'weight-impossible',
      ledige,
      'sum: fuldtidspersoner\n    unit: person',
      'max: fuldtidspersoner\n    unit: person\n    over: { kommune: { weighted_by: ⟦vægt⟧ } }',
      withChange(ledige, 'measures:\n', measure('vægt', 'sum: personer')),
    );
  });

  it('is weighted over one dimension at most', () => {
    const source = 'kpi-definitions/sources/dst.folketal.yaml';
    const sexed = withChange(
      source,
      '  aar: {',
      '  koen: { type: code, from: KOEN, dimension: koen }\n  aar: {',
      withChange(source, '[KOMMUNE, AAR,', '[KOMMUNE, KOEN, AAR,'),
    );
    expectFault(
      'weight-impossible',
      ledige,
      'unit: person\n    over',
      over('{ kommune: { weighted_by: vægt }, ⟦koen⟧: { weighted_by: vægt } }\n    over'),
      withChange(ledige, 'measures:\n', measure('vægt', 'sum: personer'), sexed),
    );
  });
});
