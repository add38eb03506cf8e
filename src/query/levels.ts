import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { lookUp } from '../model/lookUp.ts';
import { type TimeLevel, timeLevels } from '../model/periods.ts';
import type { SemanticModel } from '../model/types.ts';
import type { BoundLevel } from './bound.ts';
import { spanOfItem } from './place.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';

export function isTimeLevel(name: string): name is TimeLevel {
  return (timeLevels as readonly string[]).includes(name);
}

/** Level name to its dimension, for the dimensions that the cube keeps. */
export function levelsOfCube(model: SemanticModel, cube: string): Record<string, string> {
  const dimensions = (lookUp(model.cubes, cube)?.dimensions ?? []).flatMap(
    (id) => model.dimensions[id] ?? [],
  );
  return Object.fromEntries(
    dimensions.flatMap((dimension) =>
      [...dimension.levels, ...(dimension.groups ?? [])].map((level) => [level, dimension.id]),
    ),
  );
}

export function bindLevels(
  request: Request,
  scope: QueryScope,
  report: (found: Diagnostic) => void,
): BoundLevel[] {
  const levels = levelsOfCube(scope.model, scope.cube);
  return request.by.flatMap((name, position): BoundLevel[] => {
    const span = spanOfItem('--by', request.by, position);
    if (request.by.indexOf(name) < position) {
      report(diagnostic('asked-twice', `"${name}" is asked for twice.`, { span }));
      return [];
    }
    if (isTimeLevel(name)) {
      return [{ kind: 'time', name }];
    }
    const dimension = lookUp(levels, name);
    if (dimension !== undefined) return [{ kind: 'member', name, dimension }];
    const elsewhere = Object.values(scope.model.dimensions).some((each) => each.levels.includes(name));
    const hint =
      didYouMean(name, [...Object.keys(levels), ...timeLevels]) ??
      `it keeps ${Object.keys(levels).join(', ')}`;
    report(
      elsewhere
        ? diagnostic('not-in-cube', `The cube "${scope.cube}" does not keep the level "${name}".`, {
            span,
            hint: `it keeps ${Object.keys(levels).join(', ')}`,
          })
        : diagnostic('unknown-level', `There is no level named "${name}" in the cube "${scope.cube}".`, {
            span,
            ...(hint === undefined ? {} : { hint }),
          }),
    );
    return [];
  });
}
