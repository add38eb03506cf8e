import type { KpiPrices, Prices } from '../model/prices/types.ts';
import type { SemanticModel } from '../model/types.ts';
import { kpisOf } from '../model/versions.ts';

/**
 * Models between two: the definitions of one with the code lists or the prices of the other. Texts that only
 * people read make no difference.
 */

/** Code lists and dimensions that both models have and that are not the same. */
export function structureChanges(
  before: SemanticModel,
  after: SemanticModel,
): { readonly classifications: readonly string[]; readonly dimensions: readonly string[] } {
  return {
    classifications: unlike(before.classifications, after.classifications),
    dimensions: unlike(before.dimensions, after.dimensions),
  };
}

export const withStructure = (model: SemanticModel, other: SemanticModel): SemanticModel => ({
  ...model,
  classifications: { ...model.classifications, ...other.classifications },
  dimensions: { ...model.dimensions, ...other.dimensions },
});

/** Whether some relation or member begins or ends between two days: after the first, until the second. */
export function changesBetween(model: SemanticModel, first: string, last: string): boolean {
  const dates = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'validFrom' && typeof inner === 'string') dates.add(inner);
      else if (key === 'validTo' && typeof inner === 'string') dates.add(`${inner}+`);
      else visit(inner);
    }
  };
  visit(model.classifications);
  return [...dates].some((date) =>
    date.endsWith('+')
      ? date.slice(0, -1) >= first && date.slice(0, -1) < last
      : date > first && date <= last,
  );
}

export interface PriceChange {
  readonly index: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Price lists that both models read, and of which they read something else. */
export function priceChanges(before: SemanticModel, after: SemanticModel): readonly PriceChange[] {
  return unlike(before.prices, after.prices).map((index) => ({
    index,
    before: editionsOf(before.prices[index]),
    after: editionsOf(after.prices[index]),
  }));
}

const editionsOf = (prices: Prices | undefined): string[] => (prices?.editions ?? []).map(({ id }) => id);

/** The same formulas with the editions of prices that the other model reads in the same KPI. */
export function withPrices(model: SemanticModel, other: SemanticModel): SemanticModel {
  const both = Object.keys(model.prices).filter((index) => other.prices[index] !== undefined);
  const prices = Object.fromEntries(
    Object.entries(model.prices).map(([index, own]) => [
      index,
      both.includes(index) ? joined(own, other.prices[index] ?? own) : own,
    ]),
  );
  const read = (kpi: string, named: KpiPrices): KpiPrices => {
    const theirs = other.prices[named.index];
    if (!theirs) return named;
    const used = editionsIn(kpisOf(other, kpi), named.index);
    const wanted = used.size > 0 ? used : new Set(editionsOf(theirs));
    if (wanted.has(named.edition)) return named;
    const newest = editionsOf(theirs)
      .filter((edition) => wanted.has(edition))
      .at(-1);
    return newest === undefined ? named : { ...named, edition: newest };
  };
  return {
    ...model,
    prices,
    kpis: mapped(model.kpis, (kpi, id) => repriced(kpi, (named) => read(id, named))),
    earlier: mapped(model.earlier, (versions, id) => repriced(versions, (named) => read(id, named))),
  };
}

/** Editions of both; where both have one of an id, that of the second. */
function joined(own: Prices, theirs: Prices): Prices {
  const ids = new Set(editionsOf(theirs));
  const editions = [...own.editions.filter(({ id }) => !ids.has(id)), ...theirs.editions];
  return { ...theirs, editions: editions.sort((a, b) => (a.published < b.published ? -1 : 1)) };
}

function editionsIn(value: unknown, index: string): Set<string> {
  const found = new Set<string>();
  repriced(value, (named) => {
    if (named.index === index) found.add(named.edition);
    return named;
  });
  return found;
}

/** Any part of a model with what its formulas read of prices exchanged. */
function repriced<T>(value: T, read: (named: KpiPrices) => KpiPrices): T {
  const visit = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(visit);
    if (typeof each !== 'object' || each === null) return each;
    const inner = Object.fromEntries(Object.entries(each).map(([key, one]) => [key, visit(one)]));
    return inner.kind === 'in_prices' ? { ...inner, prices: read(inner.prices as KpiPrices) } : inner;
  };
  return visit(value) as T;
}

const mapped = <T>(all: Readonly<Record<string, T>>, map: (value: T, id: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([id, value]) => [id, map(value, id)]));

/** Ids that both have, of what is not the same in both. */
function unlike<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): string[] {
  return Object.keys(before)
    .filter((id) => after[id] !== undefined && saidBy(before[id]) !== saidBy(after[id]))
    .sort();
}

/** What only people read. */
const texts = new Set(['label', 'note', 'basis', 'aliases']);

const saidBy = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => (texts.has(key) ? undefined : inner));
