import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { resolveId } from '../model/bind/names.ts';
import type { BoundExpression } from '../model/boundExpression.ts';
import { lookUp } from '../model/lookUp.ts';
import { dayOfDate } from '../model/periods.ts';
import { skippingOf } from '../model/skipping.ts';
import type { Kpi, Measure, SemanticModel } from '../model/types.ts';
import { kpiOfName, kpisOf } from '../model/versions.ts';
import type { BoundColumn, ColumnFormula, MemberLevel } from './bound.ts';
import { spanOfItem } from './place.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';
import { useFormula } from './useSpecs.ts';

/** KPIs and measures asked for, by id or by name; a KPI goes before a measure of the same name. */
export function bindColumns(
  request: Request,
  scope: QueryScope,
  report: (found: Diagnostic) => void,
): BoundColumn[] {
  const { model } = scope;
  const cube = lookUp(model.cubes, scope.cube);
  const kpis = Object.fromEntries(
    (cube?.kpis ?? []).flatMap((id) => (model.kpis[id] ? [[id, model.kpis[id]]] : [])),
  );
  const measures = Object.fromEntries(
    Object.values(kpis)
      .flatMap((kpi) => kpi.measures)
      .flatMap((id) => (model.measures[id] ? [[id, model.measures[id]]] : [])),
  );
  if (request.kpis.length === 0) {
    report(
      diagnostic('nothing-asked', 'No KPI is asked for.', {
        hint: `this cube has ${Object.values(kpis)
          .map(({ name }) => name)
          .join(', ')}`,
      }),
    );
  }
  return request.kpis.flatMap((name, position): BoundColumn[] => {
    const span = spanOfItem('--kpi', request.kpis, position);
    if (request.kpis.indexOf(name) < position) {
      report(diagnostic('asked-twice', `"${name}" is asked for twice.`, { span }));
      return [];
    }
    const kpi = resolveId(name, kpis);
    if (kpi.kind === 'found' && !kpisOf(model, kpi.value.id).every((each) => canSkip(scope, each))) {
      const message = `"${name}" leaves out parts that its operands have in common, and this cube keeps none of them.`;
      report(diagnostic('not-in-cube', message, { span }));
      return [];
    }
    if (kpi.kind === 'found') return [columnOfKpi(scope, name, kpi.value)];
    const measure = kpi.kind === 'ambiguous' ? kpi : resolveMeasure(name, measures, model.kpis);
    if (measure.kind === 'found') {
      const owner = kpis[measure.value.kpi] ?? model.kpis[kpiOfName(measure.value.kpi)];
      return owner ? [columnOfMeasure(model, name, measure.value, owner)] : [];
    }
    if (measure.kind === 'ambiguous') {
      report(
        diagnostic('ambiguous-name', `"${name}" can be several things in this cube.`, {
          span,
          hint: `write one of ${measure.candidates.join(', ')}`,
        }),
      );
    } else {
      const elsewhere = resolveId(name, model.kpis);
      const code = elsewhere.kind === 'found' ? 'not-in-cube' : 'unknown-kpi';
      const cubes = Object.values(model.cubes).filter(
        ({ kpis: ids }) => elsewhere.kind === 'found' && ids.includes(elsewhere.value.id),
      );
      const hint =
        elsewhere.kind === 'found'
          ? cubes[0]
            ? `it is in the cube ${cubes[0].id}`
            : undefined
          : didYouMean(
              name,
              Object.values(kpis).flatMap((each) => [each.name, each.id]),
            );
      report(
        diagnostic(
          code,
          code === 'not-in-cube'
            ? `The cube "${scope.cube}" does not hold "${name}".`
            : `There is no KPI named "${name}" in the cube "${scope.cube}".`,
          { span, ...(hint === undefined ? {} : { hint }) },
        ),
      );
    }
    return [];
  });
}

/** Several measures of one name are one where they share state and rules, that for what is missing too. */
function resolveMeasure(
  name: string,
  measures: Readonly<Record<string, Measure>>,
  kpis: Readonly<Record<string, Kpi>>,
) {
  const resolved = resolveId(name, measures);
  if (resolved.kind !== 'ambiguous') return resolved;
  const all = resolved.candidates.flatMap((id) => measures[id] ?? []);
  const [first] = all;
  const same = new Set(all.map((measure) => meaningOf(measure, kpis[measure.kpi]?.missing))).size === 1;
  return first && same ? { kind: 'found' as const, value: first } : resolved;
}

function meaningOf(measure: Measure, missing: Kpi['missing'] | undefined): string {
  const { source, state, unit, over, overTime, alignment } = measure;
  return JSON.stringify({ source, state, unit, over, overTime, alignment, missing });
}

function columnOfKpi(scope: QueryScope, name: string, kpi: Kpi): BoundColumn {
  const { id, label, unit, decimals } = kpi;
  const earlier = lookUp(scope.model.earlier, id)?.map((each) => ({
    until: dayOfDate(each.until) ?? Number.NEGATIVE_INFINITY,
    ...formulaOf(scope, each.kpi),
  }));
  const column = { name, kind: 'kpi' as const, id, label, unit, decimals, ...formulaOf(scope, kpi) };
  return earlier ? { ...column, earlier } : column;
}

function formulaOf(scope: QueryScope, kpi: Kpi): ColumnFormula {
  const { expression, measures } = kpi;
  return { kpi, measures, ...useFormula(scope.model, expression, levelsOfParts(scope, kpi)) };
}

function canSkip({ model, cube }: QueryScope, { missing, expression }: Kpi): boolean {
  const kept = lookUp(model.cubes, cube)?.dimensions ?? [];
  return missing.parts !== 'skip' || skippingOf(model, expression, kept).kind !== 'refused';
}

/** Finest levels of the parts that a KPI of several operands leaves out of all of them. */
function levelsOfParts({ model, cube }: QueryScope, kpi: Kpi): MemberLevel[] {
  const kept = lookUp(model.cubes, cube)?.dimensions ?? [];
  const skipping = kpi.missing.parts === 'skip' ? skippingOf(model, kpi.expression, kept) : null;
  if (skipping?.kind !== 'matched') return [];
  return skipping.dimensions.map((dimension) => ({
    kind: 'member',
    name: model.dimensions[dimension]?.leaf ?? dimension,
    dimension,
  }));
}

export function columnOfMeasure(model: SemanticModel, name: string, measure: Measure, kpi: Kpi): BoundColumn {
  const expression: BoundExpression = { kind: 'measure', measure: measure.id };
  const label = { da: `${measure.name} (${kpi.label.da})`, en: `${measure.name} (${kpi.label.en})` };
  return {
    name,
    kind: 'measure',
    kpi,
    id: measure.id,
    label,
    unit: measure.unit,
    decimals: measure.decimals,
    measures: [measure.id],
    ...useFormula(model, expression),
  };
}
