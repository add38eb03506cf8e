import { tableColumns } from '../../model/relations.ts';
import type { SourceColumn } from '../../model/types.ts';
import { shiftedPeriod } from '../lowerPeriods.ts';
import { ascending, atLeast, atMost, caseWhen, column, integer, output, window } from '../make.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';
import { numberOutputs, passed, type StepOf, stepFrom } from './step.ts';

/** An order in which no two rows that differ are equal, so that the same rows always give the same. */
export function ordered(along: readonly string[], given: readonly SourceColumn[], before: string) {
  const names = [...new Set([...along, ...given.flatMap(tableColumns)])];
  return names.map((name) => ascending(column(before, name)));
}

/** A value some rows away, or nothing where that lies in a period further than those that are looked in. */
function nearby(
  { within }: StepOf<'order'>,
  { which, places }: StepOf<'order'>['takes'][number],
  before: string,
  over: Parameters<typeof window>[2],
  name: string,
): SqlExpression {
  const away = places === 1 ? [] : [integer(places)];
  const taken = (from: string) =>
    window(which === 'next' ? 'lead' : 'lag', [column(before, from), ...away], over);
  if (!within) return taken(name);
  const reach = (within.count - 1) * (which === 'next' ? 1 : -1);
  const furthest = shiftedPeriod(column(before, within.period), within.level, reach);
  const isNear = (which === 'next' ? atMost : atLeast)(taken(within.period), furthest);
  return caseWhen([[isNear, taken(name)]]);
}

export function orderStep(
  step: StepOf<'order'>,
  given: readonly SourceColumn[],
  columns: readonly SourceColumn[],
  before: string,
): SqlSelect {
  const over = {
    partitionBy: step.by.map((name) => column(before, name)),
    orderBy: ordered(step.along, given, before),
  };
  return stepFrom(before, {
    select: columns.flatMap((kept) => {
      const take = step.takes.find(({ name }) => name === kept.name);
      if (!take) return passed([kept], before);
      const neighbour = (name: string) => nearby(step, take, before, over, name);
      const value = neighbour(take.column);
      if (kept.kind !== 'number') return [output(value, take.name)];
      return numberOutputs(take.name, value, [neighbour(`${take.column}_status`)]);
    }),
  });
}
