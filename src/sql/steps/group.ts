import { tableColumns } from '../../model/relations.ts';
import type { GroupLevel } from '../../model/rowSteps.ts';
import type { SourceColumn } from '../../model/types.ts';
import { firstDayOf, periodOf } from '../lowerPeriods.ts';
import { numberType } from '../lowerRowExpression.ts';
import {
  callOf,
  caseWhen,
  cast,
  coalesce,
  column,
  count,
  countDistinct,
  equals,
  greater,
  integer,
  integerType,
  maximum,
  minimum,
  nothing,
  output,
  sum,
  text,
  textType,
} from '../make.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';
import { type Output, type StepOf, stepFrom } from './step.ts';

export function groupStep(
  step: StepOf<'group'>,
  given: readonly SourceColumn[],
  columns: readonly SourceColumn[],
  before: string,
): SqlSelect {
  const by = given.filter(({ name }) => step.by.includes(name));
  const keys = by.flatMap((each) =>
    tableColumns(each).map((name) => ({
      name,
      expression:
        each.kind === 'period' && step.level
          ? coarserPeriod(column(before, name), step.level)
          : column(before, name),
    })),
  );
  const kept = new Set(columns.map(({ name }) => name));
  return stepFrom(before, {
    select: [
      ...keys.map(({ name, expression }) => output(expression, name)),
      ...step.takes
        .filter(({ name }) => kept.has(name))
        .flatMap((take) => takeOutputs(take, columns, before)),
    ],
    groupBy: keys.map(({ expression }) => expression),
  });
}

function coarserPeriod(period: SqlExpression, { from, to, byThursday }: GroupLevel): SqlExpression {
  const first = firstDayOf(period, from);
  return periodOf(byThursday ? callOf('addDays', first, integer(3)) : first, to);
}

function takeOutputs(
  { name, aggregate, columns: names }: StepOf<'group'>['takes'][number],
  columns: readonly SourceColumn[],
  before: string,
): Output[] {
  const known = cast(nothing, textType);
  const counted = (value: SqlExpression) => [
    output(cast(value, integerType), name),
    output(known, `${name}_status`),
  ];
  if (aggregate === 'count') return counted(sum(integer(1)));
  if (aggregate === 'distinct') return counted(countDistinct(...names.map((each) => column(before, each))));
  const [read = ''] = names;
  const made = columns.find((each) => each.name === name);
  const value = column(before, read);
  const taken = { sum, min: minimum, max: maximum }[aggregate](value);
  if (made?.kind !== 'number') return [output(taken, name)];
  const status = column(before, `${read}_status`);
  const isHidden = equals(status, text('suppressed'));
  const hidden = greater(sum(caseWhen([[isHidden, integer(1)]], integer(0))), integer(0));
  return [
    output(cast(caseWhen([[hidden, nothing]], taken), numberType(made.decimals)), name),
    output(
      caseWhen(
        [
          [hidden, text('suppressed')],
          [greater(count(value), integer(0)), known],
        ],
        coalesce(maximum(status), text('not_applicable')),
      ),
      `${name}_status`,
    ),
  ];
}
