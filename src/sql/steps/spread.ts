import { invariant } from '../../diagnostics/invariant.ts';
import { dateOf, parsePeriod } from '../../model/periods.ts';
import { periodColumnOf } from '../../model/relations.ts';
import type { SourceColumn } from '../../model/types.ts';
import {
  and,
  atLeast,
  atMost,
  cast,
  coalesce,
  column,
  crossJoin,
  dateType,
  output,
  text,
  textType,
  values,
} from '../make.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';
import { noEnd } from './days.ts';
import { type Periods, passed, type StepOf, stepFrom } from './step.ts';

export function spreadStep(
  step: StepOf<'spread'>,
  columns: readonly SourceColumn[],
  before: string,
  wanted: Periods,
): SqlSelect {
  invariant(wanted, 'the periods that intervals are spread over are known');
  const days = (wanted.length > 0 ? wanted : ['0001']).map((code) => {
    const period = parsePeriod(code);
    invariant(period, `${code} is a period`);
    return [text(code), text(dateOf(period.firstDay)), text(dateOf(period.lastDay))];
  });
  const names = ['period', 'first_day', 'last_day'];
  const periods = values(
    names.map((name) => ({ name, type: textType })),
    days,
  );
  const day = (name: string) => cast(column('spread', name), dateType);
  const [from, to] = [cast(column(before, step.from), dateType), cast(column(before, step.to), dateType)];
  const [begun, ended] = {
    first_day: [day('first_day'), day('first_day')],
    last_day: [day('last_day'), day('last_day')],
    any_day: [day('last_day'), day('first_day')],
  }[step.on] as [SqlExpression, SqlExpression];
  const others = columns.filter(({ kind }) => kind !== 'period');
  const period = periodColumnOf(columns)?.name;
  return stepFrom(before, {
    select: [
      ...(period === undefined ? [] : [output(column('spread', 'period'), period)]),
      ...passed(others, before),
    ],
    joins: [crossJoin(periods, 'spread')],
    where: and(atMost(from, begun), atLeast(coalesce(to, cast(text(noEnd), dateType)), ended)),
  });
}
