import type { BindContext } from '../bind/context.ts';
import { withWeights } from '../bind/cubes.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/**
 * A cube keeps only the dimensions it names, the others are added up when it is built. A measure
 * that does not add over a dimension which the cube leaves out could never be answered from it.
 */
export function grainOfCubes(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.cubes) {
    const cube = model.cubes[definition.record.cube];
    for (const id of cube?.kpis ?? []) {
      const measures = (model.kpis[id]?.measures ?? []).flatMap((measure) =>
        withWeights(measure, model.measures),
      );
      for (const measure of measures) {
        for (const [dimension, rule] of Object.entries(model.measures[measure]?.over ?? {})) {
          if (rule.kind === 'sum' || cube?.dimensions.includes(dimension)) continue;
          const position = definition.record.kpis.findIndex((name) => id === name || id.endsWith(`.${name}`));
          tell(
            context,
            definition,
            ['kpis', position],
            'grain-cannot-answer',
            `"${id}" does not add over "${dimension}", and this cube does not keep that dimension.`,
            `add ${dimension} to the cube's dimensions`,
          );
        }
      }
    }
  }
}
