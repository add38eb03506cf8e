import { lookUp } from './lookUp.ts';
import type { Kpi, SemanticModel } from './types.ts';

type Versioned = Pick<SemanticModel, 'kpis' | 'earlier'>;

/** What a version that another one follows is called: no id holds an `@`. */
export const nameOfVersion = (kpi: string, version: number): string => `${kpi}@${version}`;

/** The id of the KPI that a name is of, of whichever version. */
export const kpiOfName = (name: string): string => name.split('@')[0] ?? name;

/** What a KPI was and is, in the order of time; none where there is no such KPI. */
export function kpisOf({ kpis, earlier }: Versioned, id: string): readonly Kpi[] {
  const newest = lookUp(kpis, id);
  return newest ? [...(lookUp(earlier, id) ?? []).map(({ kpi }) => kpi), newest] : [];
}

/** Measures of a KPI, whichever of its versions reads them, each once. */
export const measuresOfVersions = (model: Versioned, id: string): string[] => [
  ...new Set(kpisOf(model, id).flatMap(({ measures }) => measures)),
];
