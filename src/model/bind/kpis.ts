import type { KpiDefinition } from '../../definitions/definition.ts';
import type { Expression } from '../../formula/expression.ts';
import type { BoundExpression } from '../boundExpression.ts';
import { measuresOf } from '../measuresOf.ts';
import { dateOf } from '../periods.ts';
import type { Prices } from '../prices/types.ts';
import type { Dimension, EarlierKpi, Kpi, Measure } from '../types.ts';
import { kpiOfName } from '../versions.ts';
import { type BindContext, parseAt } from './context.ts';
import { bindFormulas } from './formulas.ts';
import { unitOf } from './measures.ts';
import { bindKpiPrices } from './prices.ts';
import type { Stretch } from './versions.ts';

/** Name of a version to its formula as written, before names are followed; null where it cannot be read. */
export function parseFormulas(context: BindContext): Record<string, Expression | null> {
  return Object.fromEntries(
    context.definitions.kpis.map((definition) => [
      definition.record.kpi,
      parseAt(context, definition, ['formula'], definition.record.formula),
    ]),
  );
}

export interface BoundKpis {
  /** Name of a version to the KPI; the newest is called by its id. */
  readonly kpis: Record<string, Kpi>;
  readonly earlier: Record<string, readonly EarlierKpi[]>;
}

/** KPIs whose formulas are all measures; one whose formula does not bind is left out. */
export function bindKpis(
  context: BindContext,
  stretches: readonly Stretch[],
  formulas: Readonly<Record<string, Expression | null>>,
  measures: Readonly<Record<string, Measure>>,
  dimensions: Readonly<Record<string, Dimension>>,
  prices: Readonly<Record<string, Prices>>,
): BoundKpis {
  const named = { measures, dimensions, prices: bindKpiPrices(context, prices) };
  const report = reportOnce(context);
  const definitions = new Map(context.definitions.kpis.map((each) => [each.record.kpi, each]));
  const kpis: Record<string, Kpi> = {};
  const spans = new Map<string, EarlierKpi[]>();
  for (const { names, until } of stretches) {
    const expressions = bindFormulas(formulas, names, named, report);
    for (const [id, name] of Object.entries(names)) {
      const [definition, expression] = [definitions.get(name), expressions.get(name)];
      if (!definition || !expression) continue;
      const kpi = bindKpi(definition, expression);
      kpis[name] = kpi;
      if (until !== null) spans.set(id, [...(spans.get(id) ?? []), { until: dateOf(until), kpi }]);
    }
  }
  const earlier = [...spans].map(([id, all]) => [id, distinct(all, kpis[id])] as const);
  return { kpis, earlier: Object.fromEntries(earlier.filter(([, all]) => all.length > 0)) };
}

/** A formula is bound once for every stretch of time, and what is wrong with it is told once. */
function reportOnce({ report }: BindContext): BindContext['report'] {
  const told = new Set<string>();
  return (found) => {
    const text = JSON.stringify(found);
    if (!told.has(text)) report(found);
    told.add(text);
  };
}

/** Neighbours that are the same are one, and those that are what the KPI is now are nothing earlier. */
function distinct(all: readonly EarlierKpi[], newest: Kpi | undefined): readonly EarlierKpi[] {
  const texts = [...all.map(({ kpi }) => kpi), newest].map((kpi) => JSON.stringify(kpi));
  return all.filter((_, at) => texts[at] !== texts[at + 1]);
}

function bindKpi({ record }: KpiDefinition, expression: BoundExpression): Kpi {
  const id = kpiOfName(record.kpi);
  const [domain, ...rest] = id.split('.');
  return {
    id,
    name: rest.join('.'),
    domain: domain ?? id,
    version: record.version,
    status: record.status,
    validFrom: record.valid_from,
    validTo: record.valid_to ?? null,
    label: record.label,
    definition: record.definition ?? null,
    unit: unitOf(record.unit),
    decimals: record.decimals,
    direction: record.direction,
    formula: record.formula,
    expression,
    measures: measuresOf(expression),
    missing: {
      parts: record.missing.parts,
      coverage: record.missing.coverage ?? (record.missing.parts === 'skip' ? 0 : 1),
      operand: record.missing.operand,
    },
    breaks: record.breaks ?? [],
    note: record.note ?? null,
  };
}
