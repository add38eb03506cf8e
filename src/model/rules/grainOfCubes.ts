import type { BindContext } from '../bind/context.ts';
import { withWeights } from '../bind/cubes.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel } from '../types.ts';
import { measuresOfVersions } from '../versions.ts';
import { tellIn } from './tell.ts';

/**
 * A cube keeps only the dimensions it names, the others are added up when it is built. A measure
 * that does not add over a dimension which the cube leaves out could never be answered from it.
 */
export function grainOfCubes(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.cubes) {
    const cube = lookUp(model.cubes, definition.record.cube);
    if (!cube) continue;
    const tell = tellIn(context, definition);
    for (const id of cube.kpis) {
      const position = definition.record.kpis.findIndex((name) => id === name || id.endsWith(`.${name}`));
      for (const dimension of notAdding(model, id)) {
        if (cube.dimensions.includes(dimension)) continue;
        const message = `"${id}" does not add over "${dimension}", and this cube does not keep that dimension.`;
        tell('grain-cannot-answer', ['kpis', position], message, `add ${dimension} to the cube's dimensions`);
      }
      for (const { dimension, source } of expecting(model, id)) {
        if (cube.dimensions.includes(dimension)) continue;
        const message = `"${id}" reads ${source}, which expects members of "${dimension}"; without that dimension this cube could not tell which are missing.`;
        tell('grain-cannot-answer', ['kpis', position], message, `add ${dimension} to the cube's dimensions`);
      }
    }
  }
}

/** Dimensions that a cube must keep for a KPI, each once. */
export const dimensionsNeeded = (model: SemanticModel, kpi: string): readonly string[] => [
  ...new Set([...notAdding(model, kpi), ...expecting(model, kpi).map(({ dimension }) => dimension)]),
];

/** Dimensions of which a complete delivery holds certain members: what is added up has no gaps to show. */
function expecting(model: SemanticModel, kpi: string): { dimension: string; source: string }[] {
  const used = new Set(measuresOf(model, kpi).flatMap((id) => model.measures[id]?.source ?? []));
  return [...used].flatMap((source) =>
    (lookUp(model.sources, source)?.columns ?? []).flatMap((column) => {
      if (column.kind !== 'code' || column.expect === 'delivered') return [];
      return lookUp(model.dimensions, column.dimension) ? [{ dimension: column.dimension, source }] : [];
    }),
  );
}

const measuresOf = (model: SemanticModel, kpi: string): string[] =>
  measuresOfVersions(model, kpi).flatMap((id) => withWeights(id, model.measures));

/** Dimensions that some measure of a KPI does not add over, each once. */
function notAdding(model: SemanticModel, kpi: string): Set<string> {
  const measures = measuresOf(model, kpi);
  const rules = measures.flatMap((id) => Object.entries(model.measures[id]?.over ?? {}));
  const known = rules.filter(([dimension]) => lookUp(model.dimensions, dimension));
  return new Set(known.flatMap(([dimension, rule]) => (rule.kind === 'sum' ? [] : [dimension])));
}
