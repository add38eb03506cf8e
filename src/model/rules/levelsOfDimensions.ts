import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { timeLevels } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** Levels: each a classification, one finest level, no name that time has, no level in two dimensions. */
export function levelsOfDimensions(model: SemanticModel, context: BindContext): void {
  const owners = new Map<string, string>();
  for (const definition of context.definitions.dimensions) {
    const { dimension, hierarchies } = definition.record;
    const leaf = model.dimensions[dimension]?.leaf;
    for (const [name, levels] of Object.entries(hierarchies)) {
      if (levels[0] !== leaf) {
        tell(
          context,
          definition,
          ['hierarchies', name, 0],
          'leaf-differs',
          `Hierarchy "${name}" starts at "${levels[0]}", the others at "${leaf}".`,
        );
      }
      for (const [position, level] of levels.entries()) {
        const path = ['hierarchies', name, position];
        if (!model.classifications[level]) {
          tell(
            context,
            definition,
            path,
            'unknown-level',
            `There is no classification for the level "${level}".`,
            didYouMean(level, Object.keys(model.classifications)),
          );
        }
        if ((timeLevels as readonly string[]).includes(level)) {
          tell(context, definition, path, 'reserved-code', `"${level}" is a level of time.`);
        }
        const owner = owners.get(level);
        if (owner !== undefined && owner !== dimension) {
          tell(
            context,
            definition,
            path,
            'ambiguous-name',
            `Level "${level}" is already in the dimension "${owner}".`,
          );
        }
        owners.set(level, dimension);
      }
    }
  }
}
