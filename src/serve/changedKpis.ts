import { freezeModel } from '../build/freeze.ts';
import { relationsBeneath } from '../model/relations.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import { measuresOfVersions } from '../model/versions.ts';

/** What of a KPI is not what it was. */
export interface ChangedKpi {
  readonly kpi: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Kinds and ids that differ: `kpi`, `measure ledige`, `source star.ledighed`, `classification kommune`. */
  readonly parts: readonly string[];
}

/** KPIs of a cube whose frozen definitions differ between two models; the others cannot move. */
export function changedKpis(
  before: { readonly model: SemanticModel; readonly cube: Cube },
  after: { readonly model: SemanticModel; readonly cube: Cube | null },
): readonly ChangedKpi[] {
  const then = before.cube.kpis;
  const now = after.cube?.kpis ?? [];
  const changed: ChangedKpi[] = [];
  for (const kpi of new Set([...then, ...now])) {
    if (!now.includes(kpi)) changed.push({ kpi, change: 'removed', parts: [] });
    else if (!then.includes(kpi)) changed.push({ kpi, change: 'added', parts: [] });
    else {
      const parts = differing(
        frozen(before.model, before.cube, kpi),
        frozen(after.model, after.cube ?? before.cube, kpi),
      );
      if (parts.length > 0) changed.push({ kpi, change: 'changed', parts });
    }
  }
  return changed;
}

type Frozen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The part of the model that one KPI of a cube stands on, as editions keep it. */
function frozen(model: SemanticModel, cube: Cube, kpi: string): Frozen {
  const alone: Cube = { ...cube, kpis: [kpi], sources: sourcesOfKpi(model, kpi), reconcile: [] };
  const part = JSON.parse(new TextDecoder().decode(freezeModel(model, alone))) as SemanticModel;
  const { format: _format, measures, ...kinds } = part;
  return {
    ...kinds,
    // How columns of cells are called changes with what other KPIs call theirs, and no figure with it.
    measures: Object.fromEntries(
      Object.entries(measures).map(([id, { state: _state, ...rest }]) => [id, rest]),
    ),
    // Of the cube itself only what figures depend on.
    cubes: { [cube.id]: cube.dimensions },
  } as unknown as Frozen;
}

function sourcesOfKpi(model: SemanticModel, kpi: string): string[] {
  const measures = measuresOfVersions(model, kpi);
  const weights = measures.flatMap((id) =>
    Object.values(model.measures[id]?.over ?? {}).flatMap((rule) =>
      rule.kind === 'weighted_by' ? [rule.measure] : [],
    ),
  );
  const used = new Set([...measures, ...weights].flatMap((id) => model.measures[id]?.source ?? []));
  return [...new Set([...used].flatMap((id) => relationsBeneath(id, model.sources)))];
}

const kindNames: Readonly<Record<string, string>> = {
  kpis: 'kpi',
  earlier: 'earlier versions of',
  measures: 'measure',
  sources: 'source',
  dimensions: 'dimension',
  classifications: 'classification',
  cubes: 'cube',
};

function differing(before: Frozen, after: Frozen): readonly string[] {
  return Object.keys({ ...before, ...after }).flatMap((kind) => {
    const [then = {}, now = {}] = [before[kind], after[kind]];
    return Object.keys({ ...then, ...now })
      .filter((id) => JSON.stringify(then[id]) !== JSON.stringify(now[id]))
      .map((id) => `${kindNames[kind] ?? kind} ${id}`);
  });
}
