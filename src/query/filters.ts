import { diagnostic } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Expression } from '../formula/expression.ts';
import { conjuncts, namesIn } from '../formula/walk.ts';
import { expandCodeRanges } from '../model/codeRanges.ts';
import { checkCondition } from '../model/conditions.ts';
import { isGroupLevel } from '../model/groups.ts';
import type { BoundFilter } from './bound.ts';
import { isTimeLevel, levelsOfCube } from './levels.ts';
import { resolveMembers } from './members.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';

/** The `where` of a request, cut at its `and`s, each piece about one dimension. */
export function bindFilters(
  request: Request,
  scope: QueryScope,
  report: (found: Diagnostic) => void,
): BoundFilter[] {
  if (request.where === undefined || scope.parse === null) return [];
  const { value, diagnostics } = scope.parse(request.where, { file: '--where', start: 0 });
  for (const found of diagnostics) report(found);
  if (!value) return [];
  const levels = levelsOfCube(scope.model, scope.cube);
  const faults: Diagnostic[] = [];
  const tell = (found: Diagnostic) => {
    faults.push(found);
    report(found);
  };
  const types = Object.fromEntries(Object.keys(levels).map((level) => [level, 'text' as const]));
  for (const name of namesIn(value)) {
    if (isTimeLevel(name.name)) {
      tell(
        diagnostic(
          'time-in-filter',
          `"${name.name}" is a level of time, and time is asked for with --period.`,
          { span: name.span, hint: 'write --period 2026M07, or a range 2026M01..2026M06' },
        ),
      );
    }
  }
  for (const name of namesIn(value)) {
    const dimension = scope.model.dimensions[levels[name.name] ?? ''];
    if (!isGroupLevel(dimension, name.name)) continue;
    const message = `"${name.name}" is a level of groups, and one ${dimension?.leaf} is in several of them.`;
    tell(
      diagnostic('group-in-filter', message, {
        span: name.span,
        hint: `ask --by ${name.name}, or filter by ${dimension?.leaf}`,
      }),
    );
  }
  if (hasErrors(faults)) return [];
  checkCondition(value, { types, where: `the cube "${scope.cube}"`, unknown: 'unknown-level' }, tell);
  if (hasErrors(faults)) return [];
  const resolved = resolveMembers(value, scope, tell);
  const codesOf = (level: string) =>
    scope.model.classifications[level]?.members.map(({ code }) => code) ?? null;
  const filters = conjuncts(expandCodeRanges(resolved, codesOf)).flatMap((condition) =>
    filterOf(condition, levels, tell),
  );
  return hasErrors(faults) ? [] : filters;
}

function filterOf(
  condition: Expression,
  levels: Readonly<Record<string, string>>,
  tell: (found: Diagnostic) => void,
): BoundFilter[] {
  const names = [...new Set(namesIn(condition).map(({ name }) => name))];
  const dimensions = [...new Set(names.flatMap((name) => levels[name] ?? []))];
  const dimension = dimensions[0];
  if (dimension === undefined || dimensions.length > 1) {
    tell(
      diagnostic(
        'filter-mixes-dimensions',
        dimension === undefined
          ? 'This condition names no level.'
          : `One condition is about ${dimensions.join(' and ')}.`,
        {
          span: condition.span,
          hint: 'join conditions on different dimensions with "and"',
        },
      ),
    );
    return [];
  }
  return [{ dimension, condition, levels: names }];
}
