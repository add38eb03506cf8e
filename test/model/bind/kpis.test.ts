import { describe, expect, it } from 'vitest';
import { modelOf, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';

describe('a KPI', () => {
  it('has all its defaults written out', () => {
    expect(modelOf().kpis['beskaeftigelse.ledige']).toEqual({
      id: 'beskaeftigelse.ledige',
      name: 'ledige',
      domain: 'beskaeftigelse',
      version: 1,
      status: 'approved',
      validFrom: '2021M07',
      validTo: null,
      label: { da: 'Ledige', en: 'Unemployed' },
      definition: null,
      unit: { text: 'person', base: { person: 1 }, numerator: '1', denominator: '1' },
      decimals: 0,
      direction: 'lower_is_better',
      formula: 'ledige',
      expression: { kind: 'measure', measure: 'beskaeftigelse.ledige.ledige' },
      measures: ['beskaeftigelse.ledige.ledige'],
      missing: { parts: 'require_all', coverage: 1, operand: 'require_all' },
      breaks: [],
      note: null,
    });
  });

  it('counts a missing part as nothing without asking for coverage', () => {
    const files = withChange(ledige, 'parts: require_all', 'parts: as_zero');
    expect(modelOf(files).kpis['beskaeftigelse.ledige']?.missing.coverage).toBe(1);
    expect(modelOf().kpis['befolkning.folketal']?.missing.coverage).toBe(0.95);
  });

  it('has a name with dots where its id has several', () => {
    const files = withChange(ledige, 'kpi: beskaeftigelse.ledige', 'kpi: a.ledige');
    expect(modelOf(files).kpis['a.ledige']).toMatchObject({ domain: 'a', name: 'ledige' });
  });
});
