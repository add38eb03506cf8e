import type { CubeDefinition } from '../../definitions/definition.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { resolveId } from '../bind/names.ts';
import { lookUp } from '../lookUp.ts';
import type { Cube, SemanticModel } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** Dimensions, awaited sources and reconciliations of a cube are there, each named once. */
export function namesInCubes(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.cubes) {
    const cube = lookUp(model.cubes, definition.record.cube);
    if (!cube) continue;
    const tell = tellIn(context, definition);
    checkDimensions(model, cube, tell);
    checkAwaited(model, definition, cube, tell);
    checkReconciliations(model, definition, cube, tell);
    checkTwice(model, definition, tell);
  }
}

function checkDimensions(model: SemanticModel, { dimensions }: Cube, tell: Tell): void {
  for (const [position, name] of dimensions.entries()) {
    if (lookUp(model.dimensions, name)) continue;
    const hint = didYouMean(name, Object.keys(model.dimensions));
    tell('unknown-dimension', ['dimensions', position], `There is no dimension named "${name}".`, hint);
  }
}

function checkAwaited(model: SemanticModel, { record }: CubeDefinition, cube: Cube, tell: Tell): void {
  // What is missing is told of already, and could be what reads the source.
  const isWhole =
    cube.kpis.length === record.kpis.length && cube.sources.every((id) => lookUp(model.sources, id));
  for (const [position, name] of cube.waitFor.entries()) {
    const path = ['wait_for', position];
    if (!lookUp(model.sources, name)) {
      const hint = didYouMean(name, Object.keys(model.sources));
      tell('unknown-source', path, `There is no source named "${name}".`, hint);
    } else if (isWhole && !cube.sources.includes(name)) {
      // Only what the cube is made of is looked for, so that it would wait for ever.
      const hint = `it is made of ${cube.sources.join(', ')}`;
      tell('not-in-cube', path, `No KPI of this cube reads "${name}".`, hint);
    }
  }
}

function checkReconciliations(
  model: SemanticModel,
  { record }: CubeDefinition,
  cube: Cube,
  tell: Tell,
): void {
  const levels = cube.dimensions.flatMap((name) => lookUp(model.dimensions, name)?.levels ?? []);
  for (const [position, entry] of (record.reconcile ?? []).entries()) {
    const path = ['reconcile', position];
    if (!levels.includes(entry.level)) {
      const message = `There is no level named "${entry.level}" in this cube.`;
      tell('unknown-level', [...path, 'level'], message, didYouMean(entry.level, levels));
    }
    for (const end of ['kpi', 'against'] as const) {
      const bound = cube.reconcile[position]?.[end] ?? '';
      if (!lookUp(model.kpis, bound) || cube.kpis.includes(bound)) continue;
      const message = `"${entry[end]}" is not among the KPIs of this cube.`;
      tell('not-in-cube', [...path, end], message, didYouMean(entry[end], record.kpis));
    }
  }
}

function checkTwice(model: SemanticModel, { record }: CubeDefinition, tell: Tell): void {
  const idOf = (name: string) => {
    const resolved = resolveId(name, model.kpis);
    return resolved.kind === 'found' ? resolved.value.id : name;
  };
  const lists = {
    kpis: record.kpis.map(idOf),
    dimensions: record.dimensions,
    wait_for: record.wait_for,
    reconcile: (record.reconcile ?? []).map(({ id }) => id),
  };
  for (const [key, names] of Object.entries(lists)) {
    for (const [position, name] of names.entries()) {
      if (names.indexOf(name) === position) continue;
      const path = key === 'reconcile' ? [key, position, 'id'] : [key, position];
      tell('named-twice', path, `"${name}" is here twice.`);
    }
  }
}
