import { namesIn } from '../formula/walk.ts';
import { isOfRows } from '../model/aggregates.ts';
import { withWeights } from '../model/bind/cubes.ts';
import type { Cube, Measure, SemanticModel, Source, SourceColumn } from '../model/types.ts';
import { measuresOfVersions } from '../model/versions.ts';
import type { CellDimension, CellState, CellsPlan } from './plan.ts';
import { planRows } from './planRows.ts';

/** How the cells of one source in one cube are made from its snapshots. */
export function planCells(model: SemanticModel, cube: Cube, source: Source): CellsPlan {
  const dimensions = dimensionsOf(model, source);
  const states = statesOf(measuresOfCube(model, cube).filter((measure) => measure.source === source.id));
  return {
    source: source.id,
    rows: source.derivation ? planRows(model, source, columnsRead(dimensions, states)) : null,
    periodColumn: source.columns.find(({ kind }) => kind === 'period')?.name ?? 'periode',
    dimensions: dimensions.filter(({ dimension }) => cube.dimensions.includes(dimension)),
    dropped: dimensions.filter(({ dimension, leveled }) => leveled && !cube.dimensions.includes(dimension)),
    coarse: coarseOf(model, cube, source, states),
    states,
  };
}

/**
 * Codes, periods and texts of a list: of numbers, days and keys there may be as many as there are rows. None
 * where there could be more groups than a source has rows: postings by every account are hardly fewer than the
 * postings, and grouping them first is work for nothing.
 */
function coarseOf(model: SemanticModel, cube: Cube, source: Source, states: readonly CellState[]): string[] {
  const named = new Set(states.flatMap(({ where }) => (where ? namesIn(where).map(({ name }) => name) : [])));
  const coarse = source.columns.filter(({ name, ...column }) => {
    if (!named.has(name)) return false;
    if (column.kind === 'text') return column.values !== null;
    return column.kind === 'code' || column.kind === 'period';
  });
  const kept = source.columns.filter(
    (column) => column.kind === 'code' && cube.dimensions.includes(column.dimension),
  );
  const groups = [...new Set([...kept, ...coarse])].reduce(
    (product, column) => product * Math.max(1, valuesOf(model, column)),
    1,
  );
  return groups > mostGroups ? [] : coarse.map(({ name }) => name);
}

/** Of one period. */
const mostGroups = 2_000_000;

/** How many different values a column of codes or of a list can have. */
function valuesOf(model: SemanticModel, column: SourceColumn): number {
  if (column.kind === 'text') return column.values?.length ?? 1;
  if (column.kind !== 'code') return 1;
  const leaf = model.dimensions[column.dimension]?.leaf ?? column.dimension;
  return model.classifications[leaf]?.members.length ?? 1;
}

/** Sources, delivered or derived, that measures of a cube read, sorted: each has its table of cells. */
export function factSources(model: SemanticModel, cube: Cube): string[] {
  return [...new Set(measuresOfCube(model, cube).map(({ source }) => source))].sort();
}

/** Columns that cells are made of; which dimensions a cube keeps is nothing to the rows. */
function columnsRead(dimensions: readonly CellDimension[], states: readonly CellState[]): Set<string> {
  return new Set([
    ...dimensions.map(({ column }) => column),
    ...states.flatMap(({ column, key }) => (column === null ? key : [column])),
    ...states.flatMap(({ where }) => (where ? namesIn(where).map(({ name }) => name) : [])),
  ]);
}

export function dimensionsOf(model: SemanticModel, source: Source): CellDimension[] {
  return source.columns.flatMap((column): CellDimension[] =>
    column.kind === 'code'
      ? [
          {
            column: column.name,
            dimension: column.dimension,
            leaf: model.dimensions[column.dimension]?.leaf ?? column.dimension,
            leveled: column.levels.length > 1,
          },
        ]
      : [],
  );
}

/** Measures of a cube's KPIs, of all their versions, and their weights, each once. */
export function measuresOfCube(model: SemanticModel, cube: Cube): Measure[] {
  const ids = cube.kpis
    .flatMap((id) => measuresOfVersions(model, id))
    .flatMap((id) => withWeights(id, model.measures));
  return [...new Set(ids)].flatMap((id) => model.measures[id] ?? []);
}

/** One state per name: equal measures share it. In order of name, so that files do not depend on the cube's order. */
function statesOf(measures: readonly Measure[]): CellState[] {
  const states = new Map<string, CellState>();
  for (const { state, aggregate, column, key, decimals, where, accounts } of measures) {
    const negated = accounts?.sign === -1 ? ({ negated: true } as const) : {};
    const kept = isOfRows(aggregate) ? 0 : decimals;
    states.set(state, { state, aggregate, column, key, decimals: kept, where, ...negated });
  }
  return [...states.values()].sort((a, b) => (a.state < b.state ? -1 : 1));
}
