import { describe, expect, it } from 'vitest';
import {
  diagnosticsOf,
  expectFault,
  miniText,
  modelOf,
  withChange,
  withFile,
} from '../../support/definitions.ts';

const cube = 'cubes/arbejde.yaml';
const kpis = '[ledige, ledige_pr_1000, folketal]';

/** The mini workspace with a second KPI called ledige, in a domain of its own. */
const second = withFile(
  'kpi-definitions/x.yaml',
  miniText('kpi-definitions/beskaeftigelse/ledige.yaml').replace(
    'kpi: beskaeftigelse.ledige',
    'kpi: x.ledige',
  ),
);

describe('a cube', () => {
  it('has its KPIs by their ids, its sources sorted, and defaults written out', () => {
    expect(modelOf().cubes.arbejde).toEqual({
      id: 'arbejde',
      label: { da: 'Arbejde', en: 'Work' },
      kpis: ['beskaeftigelse.ledige', 'beskaeftigelse.ledige_pr_1000', 'befolkning.folketal'],
      dimensions: ['kommune', 'koen'],
      waitFor: ['star.ledighed'],
      sources: ['dst.folketal', 'star.ledighed'],
      reconcile: [
        {
          id: 'ledige_land',
          kpi: 'beskaeftigelse.ledige',
          level: 'land',
          against: 'source_total',
          tolerance: 0,
        },
      ],
    });
  });

  it('names KPIs that there are', () => {
    const { hint } = expectFault('unknown-kpi', cube, kpis, '[ledige, ⟦ledige_pr_100⟧, folketal]');
    expect(hint).toBe('did you mean "ledige_pr_1000"?');
    expectFault('unknown-kpi', cube, 'kpi: ledige,', 'kpi: ⟦ledge⟧,');
    expectFault('unknown-kpi', cube, 'against: source_total', 'against: ⟦source_totl⟧');
  });

  it('names one KPI by each name', () => {
    const reconciled = withChange(
      cube,
      'kpi: ledige,',
      'kpi: x.ledige,',
      withChange(cube, kpis, '[x.ledige]', second),
    );
    const { hint } = expectFault(
      'ambiguous-name',
      cube,
      '[x.ledige]',
      '[x.ledige, ⟦ledige⟧]',
      withKpi(reconciled),
    );
    expect(hint).toBe('write one of beskaeftigelse.ledige, x.ledige');
  });

  it('is not at fault for a KPI whose own file is wrong', () => {
    const found = diagnosticsOf(
      withChange('kpi-definitions/befolkning/folketal.yaml', 'formula: folketal', 'formula: f'),
    );
    expect(found.map(({ code, span }) => [code, span?.file])).toEqual([
      ['unknown-measure', 'kpi-definitions/befolkning/folketal.yaml'],
    ]);
  });
});

/** The formula of the third KPI says which ledige it means. */
const withKpi = (files: typeof second) =>
  withChange(
    'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml',
    'formula: ledige',
    'formula: x.ledige',
    files,
  );
