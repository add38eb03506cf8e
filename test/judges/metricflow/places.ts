import type { Table } from './cases.ts';
import type { Dimension, Manifest, SemanticModel } from './manifest.ts';

/** Why a case is not asked of us. */
export class Refused extends Error {}

/** A column of a table, and the look-ups by which a row of a fact comes to it. */
export interface Place {
  readonly hops: readonly Hop[];
  readonly model: SemanticModel;
  readonly column: string;
  readonly type: string;
}

/** A look-up in another model: which of its columns equal which of the row's, and when its rows hold. */
export interface Hop {
  readonly model: SemanticModel;
  /** Column of the model looked up to column of the one that looks. */
  readonly on: Readonly<Record<string, string>>;
  readonly valid: { readonly from: string; readonly to: string } | null;
}

export interface World {
  readonly manifest: Manifest;
  readonly tables: Readonly<Record<string, Table>>;
}

export const primaryOf = (model: SemanticModel): string | undefined =>
  model.primary_entity ??
  model.entities?.find(({ type }) => type === 'primary' || type === 'natural')?.name ??
  model.entities?.find(({ type }) => type === 'unique')?.name;

export const columnOfDimension = ({ name, expr }: Dimension): string => expr ?? name;

export function typeOf({ tables }: World, model: SemanticModel, column: string): string {
  return tables[model.node_relation.alias]?.columns.find(({ name }) => name === column)?.type ?? 'VARCHAR';
}

/** The column that a dimension or an entity names, seen from a model, as the judge joins. */
export function placeOf(
  world: World,
  from: SemanticModel,
  path: readonly string[],
  element: string,
  fact: SemanticModel = from,
): Place | null {
  const [first, ...rest] = path;
  if (first === undefined) {
    const entity = from.entities?.find(({ name }) => name === element);
    return entity ? place(world, [], from, entity.expr ?? entity.name) : null;
  }
  if (rest.length === 0 && first === primaryOf(from)) {
    const own = ownColumn(from, element);
    if (own !== null) return place(world, [], from, own);
  }
  const entity = from.entities?.find(({ name }) => name === first);
  if (!entity) return null;
  for (const model of world.manifest.models) {
    const target = model.entities?.find(({ name, type }) => name === first && type !== 'foreign');
    if (!target || model === from) continue;
    const beyond =
      rest.length === 0 ? ownPlace(world, model, element) : placeOf(world, model, rest, element, fact);
    if (!beyond) continue;
    const on = { [target.expr ?? target.name]: entity.expr ?? entity.name, ...partitions(from, model, fact) };
    return { ...beyond, hops: [{ model, on, valid: validity(model) }, ...beyond.hops] };
  }
  return null;
}

/** The same in a table that names rows of a model, seen from that model: each of its rows may be named several times. */
export function placeBackwards(
  world: World,
  from: SemanticModel,
  [first, ...rest]: readonly string[],
  element: string,
): Place | null {
  if (first === undefined || rest.length > 0) return null;
  const own = from.entities?.find(({ name }) => name === primaryOf(from));
  for (const model of world.manifest.models) {
    const naming = model.entities?.find(({ name }) => name === own?.name);
    const found = primaryOf(model) === first && model !== from ? ownPlace(world, model, element) : null;
    if (!own || !naming || !found) continue;
    const on = { [naming.expr ?? naming.name]: own.expr ?? own.name };
    return { ...found, hops: [{ model, on, valid: null }] };
  }
  return null;
}

function ownPlace(world: World, model: SemanticModel, element: string): Place | null {
  const entity = model.entities?.find(({ name }) => name === element);
  const own = ownColumn(model, element) ?? entity?.expr ?? entity?.name ?? null;
  return own === null ? null : place(world, [], model, own);
}

function ownColumn(model: SemanticModel, element: string): string | null {
  const found = model.dimensions?.find(({ name }) => name === element);
  return found ? columnOfDimension(found) : null;
}

const place = (world: World, hops: readonly Hop[], model: SemanticModel, column: string): Place => ({
  hops,
  model,
  column,
  type: typeOf(world, model, column),
});

/** Where both sides are cut by date, the cuts must be the same; where the one between is not, the fact's counts. */
function partitions(from: SemanticModel, to: SemanticModel, fact: SemanticModel): Record<string, string> {
  const cut = (model: SemanticModel) => {
    const found = model.dimensions?.find(({ is_partition }) => is_partition);
    return found && columnOfDimension(found);
  };
  const [left, right, ofFact] = [cut(from), cut(to), cut(fact)];
  if (right === undefined) return {};
  if (left !== undefined) return { [right]: left };
  return ofFact === undefined ? {} : { [right]: `${ofTheFact}${ofFact}` };
}

/** Before the name of a column that the fact has, not the row that is looked up from. */
export const ofTheFact = '=';

function validity(model: SemanticModel): Hop['valid'] {
  const columnWhere = (key: 'is_start' | 'is_end') => {
    const found = model.dimensions?.find(({ type_params }) => type_params?.validity_params?.[key]);
    return found && columnOfDimension(found);
  };
  const [from, to] = [columnWhere('is_start'), columnWhere('is_end')];
  return from !== undefined && to !== undefined ? { from, to } : null;
}
