import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { dateOf, parsePeriod } from '../model/periods.ts';
import { periodColumnOf, tableColumns } from '../model/relations.ts';
import { periodsBefore, periodsMatched } from '../model/rowPeriods.ts';
import type { DerivedColumn, GroupLevel, RowStep, ValidOn } from '../model/rowSteps.ts';
import { type SourceColumn, unknownMember } from '../model/types.ts';
import type { PlannedStep, RowsPlan } from '../plan/plan.ts';
import { firstDayOf, periodOf, shiftedPeriod } from './lowerPeriods.ts';
import { lowerRowExpression, numberType } from './lowerRowExpression.ts';
import {
  allOf,
  and,
  ascending,
  atLeast,
  atMost,
  callOf,
  caseWhen,
  cast,
  coalesce,
  column,
  count,
  countDistinct,
  crossJoin,
  dateType,
  differs,
  equals,
  greater,
  integer,
  integerType,
  isIn,
  isNotNull,
  isNull,
  join,
  maximum,
  minimum,
  nothing,
  or,
  output,
  parquet,
  select,
  sum,
  table,
  text,
  textType,
  timeType,
  unionAll,
  values,
  window,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlExpression, SqlQuery, SqlSelect, SqlType, SqlUnionAll } from './tree.ts';

type Steps = SqlQuery['with'][number][];
type Output = ReturnType<typeof output>;
type Periods = readonly string[] | null;
type StepOf<Kind extends RowStep['kind']> = Extract<RowStep, { kind: Kind }>;

/**
 * The rows of a relation as steps of a statement, the last one called `name`: the snapshots read, then a step or
 * a few for each of its own. Only what the wanted periods are made of is read.
 */
export function relationSteps(
  plan: RowsPlan,
  places: Places,
  periods: Periods,
  name: string,
): SqlQuery['with'] {
  const writing: Writing = { places, name, steps: [] };
  write(writing, plan, periods, name);
  return writing.steps;
}

interface Writing {
  readonly places: Places;
  /** What steps are called after, with a number. */
  readonly name: string;
  readonly steps: Steps;
}

/** Adds a step, called `as` or by the next number, and gives its name. */
function add(writing: Writing, query: SqlSelect | SqlUnionAll, as: string | null): string {
  const name = as ?? `${writing.name}_${writing.steps.length + 1}`;
  writing.steps.push({ name, query });
  return name;
}

function write(writing: Writing, plan: RowsPlan, periods: Periods, as: string | null): string {
  if (!plan.from) return add(writing, readSnapshots(plan, writing.places, periods), as);
  // What each step must give, from the last one backwards.
  const wanted: Periods[] = [periods];
  for (const { step } of [...plan.steps].reverse()) wanted.unshift(periodsBefore(step, wanted[0] ?? null));
  let before = write(writing, plan.from, wanted[0] ?? null, null);
  for (const [position, planned] of plan.steps.entries()) {
    const last = position === plan.steps.length - 1;
    before = writeStep(writing, planned, before, wanted[position + 1] ?? null, last ? as : null);
  }
  return before;
}

/** A source's present rows, one select per snapshot that has a part in it. */
function readSnapshots(plan: RowsPlan, places: Places, wanted: Periods): SqlSelect | SqlUnionAll {
  const period = periodColumnOf(plan.columns)?.name;
  invariant(period !== undefined, `${plan.source} has a period column`);
  const within = (periods: Periods) =>
    periods === null ? [] : [isIn(column('snapshot', period), periods.map(text))];
  const selects = places.snapshot(plan.source).map(({ file, periods }) =>
    select({
      select: plan.columns.flatMap(tableColumns).map((each) => output(column('snapshot', each), each)),
      from: parquet([file]),
      alias: 'snapshot',
      where: allOf([...within(periods), ...within(wanted)]),
    }),
  );
  const [only] = selects;
  return selects.length === 1 && only ? only : unionAll(selects);
}

function writeStep(
  writing: Writing,
  { step, before: given, columns, lookup, came }: PlannedStep,
  before: string,
  wanted: Periods,
  as: string | null,
): string {
  switch (step.kind) {
    case 'where':
      return add(writing, whereStep(step, columns, before), as);
    case 'derive':
      return add(writing, deriveStep(step, given, columns, before), as);
    case 'group':
      return add(writing, groupStep(step, given, columns, before), as);
    case 'spread':
      return add(writing, spreadStep(step, columns, before, wanted), as);
    case 'match': {
      invariant(lookup, 'a match has a relation to look in');
      const looked = periodsMatched(step, wanted);
      const other = write(writing, lookup, looked, null);
      const delivered = came && write(writing, came, looked, null);
      return add(writing, matchStep(step, columns, lookup, before, other, delivered), as);
    }
    case 'order': {
      const ordered = add(writing, orderStep(step, given, columns, before), wanted === null ? as : null);
      return wanted === null ? ordered : add(writing, onlyPeriods(columns, ordered, wanted), as);
    }
    case 'join_stays':
      return joinStays(writing, step, given, columns, before, wanted, as);
    default:
      return assertNever(step);
  }
}

const passed = (columns: readonly SourceColumn[], from: string): Output[] =>
  columns.flatMap(tableColumns).map((name) => output(column(from, name), name));

/** A select of one step from the one before it. */
function stepFrom(before: string, parts: Omit<Parameters<typeof select>[0], 'from' | 'alias'>): SqlSelect {
  return select({ ...parts, from: table(before), alias: before });
}

function whereStep(step: StepOf<'where'>, columns: readonly SourceColumn[], before: string): SqlSelect {
  const condition = lowerRowExpression(step.condition, (name) => column(before, name));
  return stepFrom(before, { select: passed(columns, before), where: condition });
}

/** Rows of the wanted periods, of steps that had to see all. */
function onlyPeriods(columns: readonly SourceColumn[], before: string, wanted: readonly string[]): SqlSelect {
  const period = periodColumnOf(columns)?.name;
  return stepFrom(before, {
    select: passed(columns, before),
    where: period === undefined ? null : isIn(column(before, period), wanted.map(text)),
  });
}

// --- derive --------------------------------------------------------------------------------------

function deriveStep(
  step: StepOf<'derive'>,
  given: readonly SourceColumn[],
  columns: readonly SourceColumn[],
  before: string,
): SqlSelect {
  return stepFrom(before, {
    select: columns.flatMap((kept) => {
      const derived = step.columns.find(({ name }) => name === kept.name);
      return derived ? derivedOutputs(derived, kept, given, before) : passed([kept], before);
    }),
  });
}

function derivedOutputs(
  { name, expression, reads, codes }: DerivedColumn,
  kept: SourceColumn,
  given: readonly SourceColumn[],
  before: string,
): Output[] {
  const value = lowerRowExpression(expression, (each) => column(before, each));
  switch (kept.kind) {
    case 'code': {
      const code = codes === null ? value : caseWhen([[isIn(value, codes.map(text)), value]]);
      const isThere = expression.kind === 'column' && codes === null;
      return [output(isThere ? code : coalesce(code, text(unknownMember)), name)];
    }
    case 'number': {
      const statuses = given
        .filter((each) => each.kind === 'number' && reads.includes(each.name))
        .map((each) => column(before, `${each.name}_status`));
      return numberOutputs(name, cast(value, numberType(kept.decimals)), statuses);
    }
    case 'text':
    case 'date':
    case 'time':
    case 'key':
    case 'period':
      return [output(cast(value, typeOf(kept)), name)];
    default:
      return assertNever(kept);
  }
}

function typeOf(kept: SourceColumn): SqlType {
  switch (kept.kind) {
    case 'date':
      return dateType;
    case 'time':
      return timeType;
    case 'key':
      return kept.of === 'integer' ? integerType : textType;
    case 'number':
      return numberType(kept.decimals);
    case 'text':
    case 'code':
    case 'period':
      return textType;
    default:
      return assertNever(kept);
  }
}

/** A number, and beside it why there is none: what one of its parts says, or that the row has no such value. */
function numberOutputs(name: string, value: SqlExpression, statuses: readonly SqlExpression[]): Output[] {
  const hidden = statuses.map((status) => equals(status, text('suppressed')));
  const why = coalesce(...statuses, text('not_applicable'));
  const reason = caseWhen(
    [
      [isNotNull(value), cast(nothing, textType)] as const,
      ...(hidden.length > 0 ? [[or(...hidden), text('suppressed')] as const] : []),
    ],
    statuses.length > 0 ? why : text('not_applicable'),
  );
  return [output(value, name), output(reason, `${name}_status`)];
}

// --- group ---------------------------------------------------------------------------------------

function groupStep(
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

// --- spread --------------------------------------------------------------------------------------

/** What stands for no end, later than any day that is delivered, and a day that every engine knows. */
const noEnd = '2299-12-31';
/** The first day that every engine's dates can be. */
const noBeginning = '1900-01-01';

function spreadStep(
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

// --- match ---------------------------------------------------------------------------------------

const foundMark = '_found';

function matchStep(
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

// --- order and join_stays ------------------------------------------------------------------------

/** An order in which no two rows that differ are equal, so that the same rows always give the same. */
function ordered(along: readonly string[], given: readonly SourceColumn[], before: string) {
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

function orderStep(
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

/**
 * Stays in order, each with its place and the latest end up to it; then whether it begins after all before it
 * have ended and the time has passed; then counted, so that stays of one count are one.
 */
function joinStays(
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
