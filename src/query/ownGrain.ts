import { levelOfFrequency, type TimeLevel } from '../model/periods.ts';
import type { SemanticModel } from '../model/types.ts';
import { measuresOfVersions } from '../model/versions.ts';

/** Dimensions that a KPI does not add over must be asked for, or there is nothing to compare. */
export function slicedBy(model: SemanticModel, kpi: string): string[] {
  const measures = measuresOfVersions(model, kpi).flatMap((id) => model.measures[id] ?? []);
  return [
    ...new Set(
      measures.flatMap(({ over, source }) =>
        Object.entries(over).flatMap(([dimension, rule]) =>
          rule.kind === 'none' && !hasTotals(model, source, dimension)
            ? [model.dimensions[dimension]?.leaf ?? dimension]
            : [],
        ),
      ),
    ),
  ];
}

function hasTotals(model: SemanticModel, source: string, dimension: string): boolean {
  return (
    model.sources[source]?.columns.some(
      (column) => column.kind === 'code' && column.dimension === dimension && column.levels.length > 1,
    ) ?? false
  );
}

/** Sources that a KPI's own measures read, as it is now. */
export function sourcesOf(model: SemanticModel, kpi: string): string[] {
  return (model.kpis[kpi]?.measures ?? []).flatMap((id) => model.measures[id]?.source ?? []);
}

/** What the periods of a KPI are, by the source that it names first. */
export function timeLevelOf(model: SemanticModel, kpi: string): TimeLevel {
  const [source] = sourcesOf(model, kpi);
  return levelOfFrequency[model.sources[source ?? '']?.frequency ?? 'M'];
}
