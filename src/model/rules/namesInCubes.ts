import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** Dimensions, awaited sources and reconciliations of a cube are there. */
export function namesInCubes(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.cubes) {
    const { record } = definition;
    for (const [position, name] of record.dimensions.entries()) {
      if (!model.dimensions[name]) {
        tell(
          context,
          definition,
          ['dimensions', position],
          'unknown-dimension',
          `There is no dimension named "${name}".`,
          didYouMean(name, Object.keys(model.dimensions)),
        );
      }
    }
    for (const [position, name] of record.wait_for.entries()) {
      if (!model.sources[name]) {
        tell(
          context,
          definition,
          ['wait_for', position],
          'unknown-source',
          `There is no source named "${name}".`,
          didYouMean(name, Object.keys(model.sources)),
        );
      }
    }
    const cube = model.cubes[record.cube];
    const levels = record.dimensions.flatMap((name) => model.dimensions[name]?.levels ?? []);
    for (const [position, entry] of (record.reconcile ?? []).entries()) {
      if (!levels.includes(entry.level)) {
        tell(
          context,
          definition,
          ['reconcile', position, 'level'],
          'unknown-level',
          `There is no level named "${entry.level}" in this cube.`,
          didYouMean(entry.level, levels),
        );
      }
      for (const end of ['kpi', 'against'] as const) {
        const bound = cube?.reconcile[position]?.[end];
        if (
          bound !== undefined &&
          bound !== 'source_total' &&
          model.kpis[bound] &&
          !cube?.kpis.includes(bound)
        ) {
          tell(
            context,
            definition,
            ['reconcile', position, end],
            'not-in-cube',
            `"${entry[end]}" is not among the KPIs of this cube.`,
            didYouMean(entry[end], record.kpis),
          );
        }
      }
    }
  }
}
