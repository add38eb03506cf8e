import { periodColumnOf } from '../../model/relations.ts';
import type { SourceColumn } from '../../model/types.ts';
import {
  allOf,
  ascending,
  atMost,
  callOf,
  caseWhen,
  cast,
  coalesce,
  column,
  dateType,
  equals,
  integer,
  isIn,
  nothing,
  output,
  text,
  timeType,
  window,
} from '../make.ts';
import { noEnd } from './days.ts';
import { ordered } from './order.ts';
import { type Periods, passed, type StepOf, stepFrom } from './step.ts';
import { add, type Writing } from './writing.ts';

/**
 * Stays in order, each with its place and the latest end up to it; then whether it begins after all before it
 * have ended and the time has passed; then counted, so that stays of one count are one.
 */
export function joinStays(
  writing: Writing,
  step: StepOf<'join_stays'>,
  given: readonly SourceColumn[],
  columns: readonly SourceColumn[],
  before: string,
  wanted: Periods,
  as: string | null,
): string {
  const isTime = given.find(({ name }) => name === step.from)?.kind === 'time';
  const endless = cast(text(isTime ? `${noEnd} 00:00:00` : noEnd), isTime ? timeType : dateType);
  const person = (from: string) => step.by.map((name) => column(from, name));
  const along = (from: string) => [ascending(column(from, stayPlace))];

  const placed = add(
    writing,
    stepFrom(before, {
      select: [
        ...passed(given, before),
        output(coalesce(column(before, step.to), endless), stayEnd),
        output(
          window('row_number', [], {
            partitionBy: person(before),
            orderBy: ordered([step.from], given, before),
          }),
          stayPlace,
        ),
      ],
    }),
    null,
  );
  const latest = add(
    writing,
    stepFrom(placed, {
      select: [
        ...passed(given, placed),
        ...[stayEnd, stayPlace].map((name) => output(column(placed, name), name)),
        output(
          window('max', [column(placed, stayEnd)], { partitionBy: person(placed), orderBy: along(placed) }),
          stayLatest,
        ),
      ],
    }),
    null,
  );
  const gap = callOf(
    step.within.unit === 'days' ? 'daysBetween' : 'minutesBetween',
    window('lag', [column(latest, stayLatest)], { partitionBy: person(latest), orderBy: along(latest) }),
    column(latest, step.from),
  );
  const begun = add(
    writing,
    stepFrom(latest, {
      select: [
        ...passed(given, latest),
        ...[stayEnd, stayPlace].map((name) => output(column(latest, name), name)),
        output(caseWhen([[atMost(gap, integer(step.within.count)), integer(0)]], integer(1)), stayBegins),
      ],
    }),
    null,
  );
  const counted = add(
    writing,
    stepFrom(begun, {
      select: [
        ...passed(given, begun),
        ...[stayEnd, stayBegins].map((name) => output(column(begun, name), name)),
        output(
          window('sum', [column(begun, stayBegins)], { partitionBy: person(begun), orderBy: along(begun) }),
          stayNumber,
        ),
      ],
    }),
    null,
  );
  const last = window('max', [column(counted, stayEnd)], {
    partitionBy: [...person(counted), column(counted, stayNumber)],
  });
  const whole = add(
    writing,
    stepFrom(counted, {
      select: [
        ...passed(given, counted).map((each) => (each.as === step.to ? output(last, step.to) : each)),
        output(column(counted, stayBegins), stayBegins),
      ],
    }),
    null,
  );
  const period = periodColumnOf(columns)?.name;
  const end = column(whole, step.to);
  return add(
    writing,
    stepFrom(whole, {
      select: passed(columns, whole).map((each) =>
        each.as === step.to ? output(caseWhen([[equals(end, endless), nothing]], end), step.to) : each,
      ),
      where: allOf([
        equals(column(whole, stayBegins), integer(1)),
        ...(wanted === null || period === undefined ? [] : [isIn(column(whole, period), wanted.map(text))]),
      ]),
    }),
    as,
  );
}

const [stayEnd, stayPlace, stayLatest, stayBegins, stayNumber] = [
  '_stay_end',
  '_stay_place',
  '_stay_latest',
  '_stay_begins',
  '_stay_number',
] as const;
