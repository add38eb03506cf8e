import type { CubeDefinition, FieldPath } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { lookUp } from '../lookUp.ts';
import { deliveredBeneath } from '../relations.ts';
import type { Cube, Kpi, Measure, SemanticModel } from '../types.ts';
import { measuresOfVersions } from '../versions.ts';
import type { BindContext } from './context.ts';
import { bindGates } from './gates.ts';
import { resolveId } from './names.ts';

type Bound = Pick<SemanticModel, 'kpis' | 'earlier' | 'measures' | 'sources'>;

export function bindCubes(context: BindContext, bound: Bound): Record<string, Cube> {
  return Object.fromEntries(
    context.definitions.cubes.map((definition) => [
      definition.record.cube,
      bindCube(context, definition, bound),
    ]),
  );
}

function bindCube(context: BindContext, definition: CubeDefinition, bound: Bound): Cube {
  const { cube, label, dimensions, wait_for, reconcile = [], release, ...record } = definition.record;
  const resolve = (name: string, path: FieldPath) => resolveKpi(context, definition, bound.kpis, name, path);
  const ids = record.kpis.flatMap((name, position) => resolve(name, ['kpis', position]) ?? []);
  return {
    id: cube,
    label,
    kpis: ids,
    dimensions,
    waitFor: wait_for,
    sources: sourcesOf(ids, bound),
    reconcile: reconcile.map(({ id, kpi, level, against, tolerance = 0 }, position) => {
      const end = (key: 'kpi' | 'against', name: string) =>
        resolve(name, ['reconcile', position, key]) ?? name;
      const other = against === 'source_total' ? against : end('against', against);
      return { id, kpi: end('kpi', kpi), level, against: other, tolerance };
    }),
    ...(record.gates ? { gates: bindGates(record.gates, resolve) } : {}),
    ...(release ? { release } : {}),
    ...(record.preliminary ? { preliminary: { periods: 0, sources: {}, ...record.preliminary } } : {}),
  };
}

/** The id of the KPI that a cube names; null where there is none, which is told. */
function resolveKpi(
  context: BindContext,
  definition: CubeDefinition,
  kpis: Readonly<Record<string, Kpi>>,
  name: string,
  path: FieldPath,
): string | null {
  const resolved = resolveId(name, kpis);
  if (resolved.kind === 'found') return resolved.value.id;
  const span = definition.spanOf(path);
  if (resolved.kind === 'ambiguous') {
    const hint = `write one of ${resolved.candidates.join(', ')}`;
    context.report(diagnostic('ambiguous-name', `"${name}" is the name of several KPIs.`, { span, hint }));
    return null;
  }
  // A KPI whose own file is wrong is told of there; the cube is not at fault for naming it.
  const defined = context.definitions.kpis.some(
    ({ record }) => record.kpi === name || record.kpi.endsWith(`.${name}`),
  );
  if (!defined) {
    const { hint } = resolved;
    context.report(diagnostic('unknown-kpi', `There is no KPI named "${name}".`, { span, hint }));
  }
  return null;
}

/** Delivered sources that all measures stand on, weights among them, sorted. */
function sourcesOf(ids: readonly string[], bound: Bound): string[] {
  const { measures, sources } = bound;
  const used = ids.flatMap((id) => measuresOfVersions(bound, id)).flatMap((id) => withWeights(id, measures));
  const read = used.flatMap((id) => lookUp(measures, id)?.source ?? []);
  // A source that is not there is told of where the measure names it; here it only keeps its place.
  return [
    ...new Set(read.flatMap((id) => (lookUp(sources, id) ? deliveredBeneath(id, sources) : [id]))),
  ].sort();
}

/** A measure and the measures it is weighted by. */
export function withWeights(id: string, measures: Readonly<Record<string, Measure>>): string[] {
  const rules = Object.values(lookUp(measures, id)?.over ?? {});
  return [id, ...rules.flatMap((rule) => (rule.kind === 'weighted_by' ? [rule.measure] : []))];
}
