import { sha256 } from '../../catalog/hash.ts';
import type { GateContext, Version } from './gate.ts';

/** A question that a sample asks. */
export interface SampledQuestion {
  readonly kpi: string;
  /** Null: the whole. */
  readonly level: string | null;
  /** Others that it is asked together with. */
  readonly others: readonly string[];
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
  const shuffled = (items: readonly string[], salt: string) =>
    items
      .map((item) => ({ item, at: place([salt, item]) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ item }) => item);
  return all
    .map((question) => ({ ...question, at: place([question.kpi, question.level]) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ kpi, level, at }) => ({
      kpi,
      level,
      others: shuffled(
        wanted.kpis.filter((each) => each !== kpi),
        at,
      ),
    }));
}

const levelsOf = ({ model, cube }: Version): string[] => [
  ...new Set(cube.dimensions.flatMap((id) => model.dimensions[id]?.levels ?? [])),
];
