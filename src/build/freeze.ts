import { canonicalBytes } from '../catalog/canonicalJson.ts';
import { isPlace } from '../formula/isPlace.ts';
import { reachable } from '../model/accounts/selected.ts';
import { withWeights } from '../model/bind/cubes.ts';
import { everyPart } from '../model/measuresOf.ts';
import { relationsBeneath } from '../model/relations.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import { kpiOfName, kpisOf, measuresOfVersions } from '../model/versions.ts';

/**
 * The part of the model that a cube stands on, as the bytes that an edition keeps. Places of
 * definitions in their files are left out: moving a line changes no figure and makes no edition.
 */
export function freezeModel(model: SemanticModel, cube: Cube): Uint8Array {
  const kpis = cube.kpis;
  const measures = [
    ...new Set(
      kpis.flatMap((id) => measuresOfVersions(model, id)).flatMap((id) => withWeights(id, model.measures)),
    ),
  ];
  const read = measures.flatMap((id) => model.measures[id]?.source ?? []);
  const sources = [
    ...new Set([...cube.sources, ...read.flatMap((id) => relationsBeneath(id, model.sources))]),
  ];
  const columns = sources.flatMap((id) => model.sources[id]?.columns ?? []);
  const dimensions = [
    ...new Set([
      ...cube.dimensions,
      ...columns.flatMap((column) => (column.kind === 'code' ? [column.dimension] : [])),
    ]),
  ];
  const classifications = [
    ...new Set(
      dimensions.flatMap((id) => [
        ...(model.dimensions[id]?.levels ?? []),
        ...(model.dimensions[id]?.groups ?? []),
      ]),
    ),
  ];
  const selections = reachable(
    measures.flatMap((id) => model.measures[id]?.accounts?.selection ?? []),
    model.selections,
  );
  const owners = measures.map((id) => kpiOfName(model.measures[id]?.kpi ?? ''));
  const part: SemanticModel = {
    format: model.format,
    classifications: pick(model.classifications, classifications),
    dimensions: pick(model.dimensions, dimensions),
    sources: pick(model.sources, sources),
    selections: pick(model.selections, selections),
    partitions: {},
    prices: pricesOf(model, kpis),
    measures: pick(model.measures, measures),
    kpis: pick(model.kpis, [...new Set([...kpis, ...owners])]),
    earlier: pick(model.earlier, kpis),
    cubes: { [cube.id]: withoutGates(cube) },
  };
  return canonicalBytes(withoutPlaces(part));
}

/** When an edition is let out, and past what, changes no figure in it. */
function withoutGates({ gates: _gates, release: _release, ...cube }: Cube): Cube {
  return cube;
}

/** Only the editions that are read: another one, however new, changes nothing. */
function pricesOf(model: SemanticModel, kpis: readonly string[]): SemanticModel['prices'] {
  const parts = kpis.flatMap((id) => kpisOf(model, id)).flatMap(({ expression }) => everyPart(expression));
  const named = parts.flatMap((part) => (part.kind === 'in_prices' ? [part.prices] : []));
  return Object.fromEntries(
    Object.entries(model.prices).flatMap(([id, prices]) => {
      const used = named.filter(({ index }) => index === id).map(({ edition }) => edition);
      if (used.length === 0) return [];
      return [[id, { ...prices, editions: prices.editions.filter((edition) => used.includes(edition.id)) }]];
    }),
  );
}

function pick<T>(all: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])));
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      isPlace(key, inner) ? [] : [[key, withoutPlaces(inner)]],
    ),
  );
}
