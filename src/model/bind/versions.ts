import type { KpiDefinition } from '../../definitions/definition.ts';
import { groupBy } from '../groupBy.ts';
import { parsePeriod } from '../periods.ts';
import { nameOfVersion } from '../versions.ts';

/** All versions of each KPI, in the order of their files; those that another one follows have names of their own. */
export function namedVersions(kpis: readonly KpiDefinition[]): KpiDefinition[] {
  const last = new Set(timelines(kpis).flatMap((versions) => versions.slice(-1)));
  return kpis.map((definition) => (last.has(definition) ? definition : renamed(definition)));
}

const renamed = (definition: KpiDefinition): KpiDefinition => {
  const { record } = definition;
  return { ...definition, record: { ...record, kpi: nameOfVersion(record.kpi, record.version) } };
};

/** A time in which no KPI becomes another version, with the name of the version that each KPI is in it. */
export interface Stretch {
  /** First day after it, as a number of days; null: it has no end. */
  readonly until: number | null;
  /** Id of every KPI to the name of its version. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * All of time, cut where a version of some KPI begins. Before the first version of a KPI that one stands for it, and
 * after each until the next begins: whether a KPI holds at all is asked of its own figures, not of what names it.
 */
export function stretchesOf(kpis: readonly KpiDefinition[]): readonly Stretch[] {
  const all = timelines(kpis);
  const days = new Set(all.flatMap((versions) => versions.slice(1).map(firstDayOf)));
  const cuts = [...days].filter(Number.isFinite).sort((a, b) => a - b);
  return [...cuts, null].map((until) => ({
    until,
    names: Object.fromEntries(all.flatMap((versions) => inForce(versions, until))),
  }));
}

function inForce(versions: readonly KpiDefinition[], until: number | null): [string, string][] {
  const begun = versions.filter((each) => until === null || firstDayOf(each) < until);
  const found = begun.at(-1) ?? versions[0];
  const newest = versions.at(-1);
  if (!found || !newest) return [];
  const { kpi, version } = found.record;
  return [[kpi, found === newest ? kpi : nameOfVersion(kpi, version)]];
}

/** The versions of each KPI in the order in which they begin. */
function timelines(kpis: readonly KpiDefinition[]): readonly (readonly KpiDefinition[])[] {
  return [...groupBy(kpis, ({ record }) => record.kpi).values()].map((versions) =>
    [...versions].sort((a, b) => firstDayOf(a) - firstDayOf(b) || a.record.version - b.record.version),
  );
}

const firstDayOf = ({ record }: KpiDefinition): number =>
  parsePeriod(record.valid_from)?.firstDay ?? Number.NEGATIVE_INFINITY;
