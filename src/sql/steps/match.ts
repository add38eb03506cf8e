import { invariant } from '../../diagnostics/invariant.ts';
import type { ValidOn } from '../../model/rowSteps.ts';
import { type SourceColumn, unknownMember } from '../../model/types.ts';
import type { RowsPlan } from '../../plan/plan.ts';
import { shiftedPeriod } from '../lowerPeriods.ts';
import {
  and,
  atLeast,
  atMost,
  caseWhen,
  cast,
  coalesce,
  column,
  dateType,
  differs,
  equals,
  greater,
  integer,
  integerType,
  isNull,
  join,
  nothing,
  output,
  text,
  textType,
} from '../make.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';
import { noBeginning, noEnd } from './days.ts';
import { type Output, passed, type StepOf, stepFrom } from './step.ts';

const foundMark = '_found';

export function matchStep(
  step: StepOf<'match'>,
  columns: readonly SourceColumn[],
  lookup: RowsPlan,
  before: string,
  other: string,
  delivered: string | null,
): SqlSelect {
  const theirs = (name: string) => column('match', name);
  const keys = step.on.map(({ ours, theirs: key }) => equals(theirs(key), column(before, ours)));
  const { shift } = step;
  const inPeriod = shift
    ? [equals(theirs(shift.theirs), shiftedPeriod(column(before, shift.ours), shift.level, shift.by))]
    : [];
  const { valid } = step;
  const onDay = valid ? validOn(valid, theirs, column(before, valid.on)) : [];
  const isMissing = isNull(theirs(foundMark));
  const marked = stepFrom(other, {
    select: [...passed(lookup.columns, other), output(integer(1), foundMark)],
  });
  return stepFrom(before, {
    select: columns.flatMap((kept): Output[] => {
      const { name } = kept;
      if (name === step.found) {
        const found = cast(coalesce(theirs(foundMark), integer(0)), integerType);
        return [output(found, name), output(cast(nothing, textType), `${name}_status`)];
      }
      const take = step.takes.find((each) => each.name === name);
      if (!take) return passed([kept], before);
      const value = theirs(take.column);
      if (kept.kind === 'code') return [output(coalesce(value, text(unknownMember)), name)];
      if (kept.kind !== 'number') return [output(value, name)];
      const status = caseWhen([[isMissing, text('not_applicable')]], theirs(`${take.column}_status`));
      return [output(value, name), output(status, `${name}_status`)];
    }),
    joins: [
      join(
        'left',
        { kind: 'query', query: { with: [], body: marked } },
        'match',
        and(...keys, ...inPeriod, ...onDay),
      ),
      ...(delivered === null ? [] : [joinDelivered(step, before, delivered)]),
    ],
  });
}

/** Only rows whose own deliverer has delivered the period looked in; what has no deliverer is known of nobody. */
function joinDelivered({ shift, deliverers }: StepOf<'match'>, before: string, came: string) {
  invariant(shift && deliverers, 'who delivered is known of a match in a period');
  const theirs = [deliverers.period, deliverers.theirs].map((name) => column(came, name));
  const each = stepFrom(came, {
    select: [deliverers.period, deliverers.theirs].map((name) => output(column(came, name), name)),
    where: differs(column(came, deliverers.theirs), text(unknownMember)),
    groupBy: theirs,
  });
  return join(
    'inner',
    { kind: 'query', query: { with: [], body: each } },
    'came',
    and(
      equals(column('came', deliverers.theirs), column(before, deliverers.ours)),
      equals(
        column('came', deliverers.period),
        shiftedPeriod(column(before, shift.ours), shift.level, shift.by),
      ),
    ),
  );
}

/** Open ends are written out, so that a day is compared with a day. */
export const holdsFrom = (valid: ValidOn, theirs: (name: string) => SqlExpression): SqlExpression =>
  coalesce(theirs(valid.from), cast(text(noBeginning), dateType));
export const holdsTo = (valid: ValidOn, theirs: (name: string) => SqlExpression): SqlExpression =>
  coalesce(theirs(valid.to), cast(text(noEnd), dateType));

function validOn(
  valid: ValidOn,
  theirs: (name: string) => SqlExpression,
  day: SqlExpression,
): SqlExpression[] {
  const [first, last] = [holdsFrom(valid, theirs), holdsTo(valid, theirs)];
  return [atMost(first, day), (valid.closed ? atLeast : greater)(last, day)];
}
