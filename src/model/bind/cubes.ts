import type { CubeDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import type { Cube, Kpi, Measure } from '../types.ts';
import type { BindContext } from './context.ts';
import { resolveId } from './names.ts';

export function bindCubes(
  context: BindContext,
  kpis: Readonly<Record<string, Kpi>>,
  measures: Readonly<Record<string, Measure>>,
): Record<string, Cube> {
  const bound: Record<string, Cube> = {};
  for (const definition of context.definitions.cubes) {
    const { record } = definition;
    const ids = record.kpis.flatMap((name, position) =>
      resolveKpi(context, definition, kpis, name, ['kpis', position]),
    );
    bound[record.cube] = {
      id: record.cube,
      label: record.label,
      kpis: ids,
      dimensions: record.dimensions,
      waitFor: record.wait_for,
      sources: sourcesOf(ids, kpis, measures),
      reconcile: (record.reconcile ?? []).map((entry, position) => ({
        id: entry.id,
        kpi: resolveKpi(context, definition, kpis, entry.kpi, ['reconcile', position, 'kpi'])[0] ?? entry.kpi,
        level: entry.level,
        against:
          entry.against === 'source_total'
            ? entry.against
            : (resolveKpi(context, definition, kpis, entry.against, ['reconcile', position, 'against'])[0] ??
              entry.against),
        tolerance: entry.tolerance ?? 0,
      })),
    };
  }
  return bound;
}

function resolveKpi(
  context: BindContext,
  definition: CubeDefinition,
  kpis: Readonly<Record<string, Kpi>>,
  name: string,
  path: readonly (string | number)[],
): string[] {
  const resolved = resolveId(name, kpis);
  if (resolved.kind === 'found') return [resolved.value.id];
  // A KPI whose own file is wrong is told of there; the cube is not at fault for naming it.
  const defined = context.definitions.kpis.some(
    ({ record }) => record.kpi === name || record.kpi.endsWith(`.${name}`),
  );
  const span = definition.spanOf(path);
  if (resolved.kind === 'ambiguous') {
    context.report(
      diagnostic('ambiguous-name', `"${name}" is the name of several KPIs.`, {
        span,
        hint: `write one of ${resolved.candidates.join(', ')}`,
      }),
    );
  } else if (!defined) {
    context.report(
      diagnostic('unknown-kpi', `There is no KPI named "${name}".`, {
        span,
        ...(resolved.hint === undefined ? {} : { hint: resolved.hint }),
      }),
    );
  }
  return [];
}

/** Sources of all measures, weights among them, sorted. */
function sourcesOf(
  ids: readonly string[],
  kpis: Readonly<Record<string, Kpi>>,
  measures: Readonly<Record<string, Measure>>,
): string[] {
  const used = ids.flatMap((id) => kpis[id]?.measures ?? []).flatMap((id) => withWeights(id, measures));
  return [...new Set(used.flatMap((id) => measures[id]?.source ?? []))].sort();
}

/** A measure and the measures it is weighted by. */
export function withWeights(id: string, measures: Readonly<Record<string, Measure>>): string[] {
  const rules = Object.values(measures[id]?.over ?? {});
  return [id, ...rules.flatMap((rule) => (rule.kind === 'weighted_by' ? [rule.measure] : []))];
}
