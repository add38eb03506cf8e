import type { DefinitionFile } from '../../src/definitions/definition.ts';
import type { Cube, SemanticModel, Source } from '../../src/model/types.ts';
import type { FactPlan } from '../../src/plan/plan.ts';
import { planQuery } from '../../src/plan/planQuery.ts';
import { bound, scopeOf, type Typed } from '../query/support.ts';
import { modelOf } from '../support/definitions.ts';

export function cubeOf(model: SemanticModel): Cube {
  const cube = model.cubes.arbejde;
  if (!cube) throw new Error('the mini workspace has its cube');
  return cube;
}

export function sourceOf(model: SemanticModel, id: string): Source {
  const source = model.sources[id];
  if (!source) throw new Error(`no source ${id}`);
  return source;
}

/** The facts of a question to the mini workspace, from the cells. */
export function factsOf(
  typed: Typed,
  files?: readonly DefinitionFile[],
  routes: Readonly<Record<string, 'cells' | 'base'>> = {},
): readonly FactPlan[] {
  const model = modelOf(files);
  const routeOf = (source: string) => routes[source] ?? 'cells';
  return planQuery(bound(typed, scopeOf(files)), { model, cube: cubeOf(model), routeOf }).facts;
}
