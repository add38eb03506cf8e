import { sha256 } from '../../catalog/hash.ts';
import type { GateContext, Version } from './gate.ts';

/** A question that a sample asks. */
export interface SampledQuestion {
  readonly kpi: string;
  /** Null: the whole. */
  readonly level: string | null;
  /** Others that it is asked together with, worked out when it is asked: most questions never are. */
  readonly others: () => readonly string[];
}

/**
 * Every KPI at every level, in an order that follows from what went in: the same version is always asked the same,
 * and the next one something else.
 */
export function inSampleOrder({ draft, wanted }: GateContext, kpis: readonly string[]): SampledQuestion[] {
  const { inputHash } = draft.manifest;
  const levels = [null, ...levelsOf(draft)];
  const all = kpis.flatMap((kpi) => levels.map((level) => ({ kpi, level })));
  const place = (what: readonly unknown[]) =>
    sha256(new TextEncoder().encode(JSON.stringify([inputHash, ...what])));
  return inOrderOf(all, ({ kpi, level }) => place([kpi, level])).map(({ item, at }) => ({
    ...item,
    others: () => {
      const others = wanted.kpis.filter((each) => each !== item.kpi);
      return inOrderOf(others, (each) => place([at, each])).map(({ item: other }) => other);
    },
  }));
}

function inOrderOf<Item>(
  items: readonly Item[],
  placeOf: (item: Item) => string,
): { readonly item: Item; readonly at: string }[] {
  return items.map((item) => ({ item, at: placeOf(item) })).sort((a, b) => (a.at < b.at ? -1 : 1));
}

const levelsOf = ({ model, cube }: Version): string[] => [
  ...new Set(cube.dimensions.flatMap((id) => model.dimensions[id]?.levels ?? [])),
];
