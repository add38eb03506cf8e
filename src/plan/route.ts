import type { CellTable } from '../catalog/types.ts';
import { isOfRows } from '../model/aggregates.ts';
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
  | { readonly kind: 'made-of-rows'; readonly measure: string }
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
  return [...sources]
    .sort()
    .flatMap((source) => [routeOf(source, model, cube, tables, forced), ...madeOfRows(query, source)]);
}

/** Figures that no cells can give go another way than the coverage of the same source. */
function madeOfRows(query: BoundQuery, source: string): Route[] {
  const reasons = query.measures
    .filter(({ measure }) => measure.source === source && isOfRows(measure.aggregate))
    .map(({ measure }): RouteReason => ({ kind: 'made-of-rows', measure: measure.name }));
  return reasons.length === 0 ? [] : [{ source, kind: 'base', reasons }];
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
    case 'made-of-rows':
      return `${reason.measure} is made of rows, since parts of it do not add up`;
    case 'nothing-delivered':
      return 'nothing of this source had been delivered';
  }
}
