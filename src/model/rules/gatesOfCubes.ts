import type { CubeDefinition, FieldPath } from '../../definitions/definition.ts';
import type { GatesRecord } from '../../definitions/schema.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { resolveId } from '../bind/names.ts';
import { lookUp } from '../lookUp.ts';
import { parsePeriod } from '../periods.ts';
import { deliveredBeneath } from '../relations.ts';
import type { Cube, SemanticModel } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** What gates, release and preliminary figures of a cube name is in the cube, and says something that can hold. */
export function gatesOfCubes(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.cubes) {
    const cube = lookUp(model.cubes, definition.record.cube);
    if (!cube) continue;
    const tell = tellIn(context, definition);
    checkNames(model, definition, cube, tell);
    checkCrossSource(definition, tell);
    checkTwice(model, definition, tell);
    checkRelease(definition, tell);
    checkPreliminary(model, definition, cube, tell);
  }
}

const listed = ['coverage', 'reconciliation', 'cross_source', 'revision'] as const;

/** Entries of the gates that are lists, each with where it stands. */
function entriesOf(gates: GatesRecord) {
  return listed.flatMap((gate) =>
    (gates[gate] ?? []).map((entry, position) => ({
      gate,
      path: ['gates', gate, position] as FieldPath,
      entry: entry as { readonly [key: string]: unknown },
    })),
  );
}

function checkNames(model: SemanticModel, { record }: CubeDefinition, cube: Cube, tell: Tell): void {
  const levels = cube.dimensions.flatMap((name) => {
    const dimension = lookUp(model.dimensions, name);
    return dimension ? [...dimension.levels, ...(dimension.groups ?? [])] : [];
  });
  const ids = (record.reconcile ?? []).map(({ id }) => id);
  for (const { gate, path, entry } of entriesOf(record.gates ?? {})) {
    for (const key of ['kpi', 'against']) {
      const name = entry[key];
      if (typeof name !== 'string') continue;
      const resolved = resolveId(name, model.kpis);
      if (resolved.kind !== 'found' || cube.kpis.includes(resolved.value.id)) continue;
      const message = `"${name}" is not among the KPIs of this cube.`;
      tell('not-in-cube', [...path, key], message, didYouMean(name, record.kpis));
    }
    const { level, id } = entry;
    if (typeof level === 'string' && !levels.includes(level)) {
      const message = `There is no level named "${level}" in this cube.`;
      tell('unknown-level', [...path, 'level'], message, didYouMean(level, levels));
    }
    if (gate === 'reconciliation' && typeof id === 'string' && !ids.includes(id)) {
      const hint = didYouMean(id, ids) ?? 'write it under `reconcile` first';
      tell('unknown-reconciliation', [...path, 'id'], `This cube reconciles nothing named "${id}".`, hint);
    }
  }
}

function checkCrossSource({ record }: CubeDefinition, tell: Tell): void {
  for (const [position, rule] of (record.gates?.cross_source ?? []).entries()) {
    const { at_least: least, at_most: most } = rule;
    const path = ['gates', 'cross_source', position];
    if (least === undefined && most === undefined) {
      const hint = 'write at_least, at_most or both: what kpi / against may be';
      tell('gate-without-limit', [...path, 'id'], `"${rule.id}" has no limit.`, hint);
    }
    if (least !== undefined && most !== undefined && least > most)
      tell('gate-without-limit', [...path, 'at_least'], `Nothing is at least ${least} and at most ${most}.`);
  }
}

function checkTwice(model: SemanticModel, { record }: CubeDefinition, tell: Tell): void {
  const idOf = (name: string) => {
    const resolved = resolveId(name, model.kpis);
    return resolved.kind === 'found' ? resolved.value.id : name;
  };
  const seen = new Set<string>();
  for (const { gate, path, entry } of entriesOf(record.gates ?? {})) {
    const { id, kpi, level } = entry;
    const key = id !== undefined ? 'id' : kpi !== undefined ? 'kpi' : level !== undefined ? 'level' : null;
    const about =
      gate === 'cross_source' || gate === 'reconciliation' ? id : [kpi && idOf(String(kpi)), level];
    const name = JSON.stringify([gate, about ?? null]);
    if (seen.has(name))
      tell('named-twice', key === null ? path : [...path, key], `The gate "${gate}" asks this twice.`);
    seen.add(name);
  }
}

function checkRelease({ record }: CubeDefinition, tell: Tell): void {
  const { release } = record;
  if (!release) return;
  if (release.day === undefined && Object.keys(release.dates ?? {}).length === 0) {
    const hint = 'write `day`, or `dates` with a date for each period';
    tell('release-without-date', ['release'], 'Nothing is ever due by this.', hint, 'key');
  }
  if (release.day === undefined && release.months_after !== undefined) {
    const hint = 'write `day` too';
    tell('release-without-date', ['release', 'months_after'], 'Months are counted to a day.', hint);
  }
  for (const period of Object.keys(release.dates ?? {})) {
    if (parsePeriod(period)) continue;
    const hint = 'write it like 2026M07, 2026K3, 2026';
    tell('bad-period', ['release', 'dates', period], `"${period}" is not a period.`, hint, 'key');
  }
}

/** A source that rows are made of may be named, and the rows themselves. */
function checkPreliminary(model: SemanticModel, { record }: CubeDefinition, cube: Cube, tell: Tell): void {
  const made = Object.keys(model.sources).filter((id) =>
    deliveredBeneath(id, model.sources).some((each) => cube.sources.includes(each)),
  );
  const known = [...new Set([...cube.sources, ...made])];
  for (const name of Object.keys(record.preliminary?.sources ?? {})) {
    if (known.includes(name)) continue;
    const path = ['preliminary', 'sources', name];
    const isSource = lookUp(model.sources, name) !== undefined;
    const message = isSource ? `No KPI of this cube reads "${name}".` : `There is no source named "${name}".`;
    tell(isSource ? 'not-in-cube' : 'unknown-source', path, message, didYouMean(name, known), 'key');
  }
}
