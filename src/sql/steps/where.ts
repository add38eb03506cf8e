import { periodColumnOf } from '../../model/relations.ts';
import type { SourceColumn } from '../../model/types.ts';
import { lowerRowExpression } from '../lowerRowExpression.ts';
import { column, isIn, text } from '../make.ts';
import type { SqlSelect } from '../tree.ts';
import { passed, type StepOf, stepFrom } from './step.ts';

export function whereStep(
  step: StepOf<'where'>,
  columns: readonly SourceColumn[],
  before: string,
): SqlSelect {
  const condition = lowerRowExpression(step.condition, (name) => column(before, name));
  return stepFrom(before, { select: passed(columns, before), where: condition });
}

/** Rows of the wanted periods, of steps that had to see all. */
export function onlyPeriods(
  columns: readonly SourceColumn[],
  before: string,
  wanted: readonly string[],
): SqlSelect {
  const period = periodColumnOf(columns)?.name;
  return stepFrom(before, {
    select: passed(columns, before),
    where: period === undefined ? null : isIn(column(before, period), wanted.map(text)),
  });
}
