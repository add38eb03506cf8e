import type { CellTable } from '../catalog/types.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import type { BoundQuery } from '../query/bound.ts';
import { planCells } from './planCells.ts';

/** Where a source's figures come from, and why. */
export interface Route {
  readonly source: string;
  readonly kind: 'cells' | 'base';
  readonly reasons: readonly RouteReason[];
}

/** Reasons as values, so that `explain` can print them and a test can name them. */
export type RouteReason =
  | { readonly kind: 'cells-hold-it' }
  | { readonly kind: 'asked-for' }
  | { readonly kind: 'state-not-in-cells'; readonly state: string }
  | { readonly kind: 'dimension-not-in-cells'; readonly dimension: string }
  | { readonly kind: 'nothing-delivered' };

/** Cells where they hold every state and dimension that the question needs, else the snapshots. */
export function routeQuery(
  query: BoundQuery,
  model: SemanticModel,
  cube: Cube,
  tables: readonly CellTable[],
  forced: 'cells' | 'base' | undefined,
): Route[] {
  const sources = new Set(
    query.measures.flatMap((use) => [use.measure.source, ...(use.weight ? [use.weight.measure.source] : [])]),
  );
  return [...sources].sort().map((source) => routeOf(source, model, cube, tables, forced));
}

function routeOf(
  source: string,
  model: SemanticModel,
  cube: Cube,
  tables: readonly CellTable[],
  forced: 'cells' | 'base' | undefined,
): Route {
  const table = tables.find((each) => each.source === source);
  if (!table) return { source, kind: forced ?? 'cells', reasons: [{ kind: 'nothing-delivered' }] };
  if (forced === 'base') return { source, kind: 'base', reasons: [{ kind: 'asked-for' }] };
  const contract = model.sources[source];
  const needed = contract ? planCells(model, cube, contract) : null;
  const reasons: RouteReason[] = [
    ...(needed?.states ?? [])
      .filter(({ state }) => !table.states.some((held) => held.state === state))
      .map(({ state }): RouteReason => ({ kind: 'state-not-in-cells', state })),
    ...(needed?.dimensions ?? [])
      .filter(({ column }) => !table.dimensions.includes(column))
      .map(({ dimension }): RouteReason => ({ kind: 'dimension-not-in-cells', dimension })),
  ];
  return reasons.length === 0
    ? { source, kind: 'cells', reasons: [{ kind: 'cells-hold-it' }] }
    : { source, kind: 'base', reasons };
}

/** A reason in words. */
export function reasonInWords(reason: RouteReason): string {
  switch (reason.kind) {
    case 'cells-hold-it':
      return 'the cells hold every state and dimension that is asked for';
    case 'asked-for':
      return 'the base route was asked for';
    case 'state-not-in-cells':
      return `the cells do not hold the state ${reason.state}`;
    case 'dimension-not-in-cells':
      return `the cells do not keep the dimension ${reason.dimension}`;
    case 'nothing-delivered':
      return 'nothing of this source had been delivered';
  }
}
