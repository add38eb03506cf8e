import type { KpiDefinition } from '../../definitions/definition.ts';

/** The newest version of each KPI, in the order of their files: the model holds one of each. */
export function newestVersions(kpis: readonly KpiDefinition[]): KpiDefinition[] {
  const newest = new Map<string, number>();
  for (const { record } of kpis) {
    newest.set(record.kpi, Math.max(record.version, newest.get(record.kpi) ?? record.version));
  }
  return kpis.filter(({ record }) => newest.get(record.kpi) === record.version);
}
