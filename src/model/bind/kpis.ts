import type { KpiDefinition } from '../../definitions/definition.ts';
import type { Expression } from '../../formula/expression.ts';
import { measuresOf } from '../measuresOf.ts';
import type { BoundExpression, Dimension, Kpi, Measure, Prices } from '../types.ts';
import { type BindContext, parseAt } from './context.ts';
import { bindFormulas } from './formulas.ts';
import { unitOf } from './measures.ts';
import { bindKpiPrices } from './prices.ts';

/** KPI id to its formula as written, before names are followed; null where it cannot be read. */
export function parseFormulas(context: BindContext): Record<string, Expression | null> {
  return Object.fromEntries(
    context.definitions.kpis.map((definition) => [
      definition.record.kpi,
      parseAt(context, definition, ['formula'], definition.record.formula),
    ]),
  );
}

/** KPIs whose formulas are all measures; one whose formula does not bind is left out. */
export function bindKpis(
  context: BindContext,
  formulas: Readonly<Record<string, Expression | null>>,
  measures: Readonly<Record<string, Measure>>,
  dimensions: Readonly<Record<string, Dimension>>,
  prices: Readonly<Record<string, Prices>>,
): Record<string, Kpi> {
  const named = bindKpiPrices(context, prices);
  const expressions = bindFormulas(formulas, { measures, dimensions, prices: named }, context.report);
  return Object.fromEntries(
    context.definitions.kpis.flatMap((definition) => {
      const expression = expressions.get(definition.record.kpi);
      return expression ? [[definition.record.kpi, bindKpi(definition, expression)]] : [];
    }),
  );
}

function bindKpi({ record }: KpiDefinition, expression: BoundExpression): Kpi {
  const [domain, ...rest] = record.kpi.split('.');
  return {
    id: record.kpi,
    name: rest.join('.'),
    domain: domain ?? record.kpi,
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
