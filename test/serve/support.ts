import type { Kpi, Measure, Unit } from '../../src/model/types.ts';
import type { BoundColumn, MeasureUse } from '../../src/query/bound.ts';
import { useFormula } from '../../src/query/useSpecs.ts';
import type { Component } from '../../src/serve/components.ts';
import type { CellComponents } from '../../src/serve/finishMeasure.ts';

export const person: Unit = { text: 'person', base: { person: 1 }, numerator: '1', denominator: '1' };

export function measureOf(parts: Partial<Measure> = {}): Measure {
  return {
    id: 'test.antal',
    name: 'antal',
    kpi: 'test',
    source: 'test.kilde',
    aggregate: 'sum',
    key: [],
    share: null,
    column: 'antal',
    decimals: 0,
    where: null,
    unit: person,
    over: {},
    overTime: 'sum',
    alignment: { kind: 'same' },
    reason: null,
    state: 'antal',
    ...parts,
  };
}

export function useOf(parts: Partial<MeasureUse> = {}): MeasureUse {
  return {
    id: 'test.antal',
    measure: measureOf(),
    levels: [],
    filters: [],
    askedOf: null,
    windows: [],
    coverageDimensions: ['kommune'],
    parts: 'add',
    weight: null,
    totalAt: null,
    pairs: [{ out: '2026M01', source: '2026M01', structureDate: '2026-01-31', weight: null }],
    ...parts,
  };
}

/** What an engine gave: of three parts, all known unless said otherwise. */
export function componentOf(parts: Partial<Component> = {}): Component {
  return {
    value: 30n,
    weighted: null,
    weight: null,
    squares: null,
    alone: false,
    periods: 1,
    delivered: 3,
    suppressed: 0,
    notApplicable: 0,
    knownRows: 3,
    suppressedRows: 0,
    notApplicableRows: 0,
    ...parts,
  };
}

/** A cell of one period that expects three parts. */
export function cellOf(parts: Partial<CellComponents> = {}): CellComponents {
  return {
    parts: componentOf(),
    total: undefined,
    ofRows: undefined,
    expected: [{ source: '2026M01', parts: 3 }],
    expectedTotals: null,
    present: null,
    isUnknownAlone: false,
    periods: [{ source: '2026M01', held: true }],
    ...parts,
  };
}

export const requireAll: Kpi['missing'] = { parts: 'require_all', coverage: 1, operand: 'require_all' };
export const skipTo = (coverage: number): Kpi['missing'] => ({
  parts: 'skip',
  coverage,
  operand: 'require_all',
});
export const asZero: Kpi['missing'] = { parts: 'as_zero', coverage: 1, operand: 'require_all' };

export function kpiOf(parts: Partial<Kpi> = {}): Kpi {
  return {
    id: 'test.noegletal',
    name: 'noegletal',
    domain: 'test',
    version: 1,
    status: 'approved',
    validFrom: '2026',
    validTo: null,
    label: { da: 'Nøgletal', en: 'KPI' },
    definition: null,
    unit: person,
    decimals: 0,
    direction: 'neutral',
    formula: 'antal',
    expression: { kind: 'measure', measure: 'a' },
    measures: ['a'],
    missing: requireAll,
    breaks: [],
    note: null,
    ...parts,
  };
}

export function columnOf(kpi: Kpi, kind: BoundColumn['kind'] = 'kpi'): BoundColumn {
  const { id, label, unit, decimals, measures } = kpi;
  const used = useFormula({ measures: {}, sources: {} }, kpi.expression);
  return { name: 'noegletal', kind, kpi, id, label, unit, decimals, measures, ...used };
}
