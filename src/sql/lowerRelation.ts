import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { periodColumnOf, tableColumns } from '../model/relations.ts';
import { periodsMatched } from '../model/rowPeriods.ts';
import type { SourceColumn } from '../model/types.ts';
import { originFile } from '../plan/originRows.ts';
import { periodsOfSteps } from '../plan/periodsRead.ts';
import type { PlannedStep, RowsPlan } from '../plan/plan.ts';
import { allOf, column, integer, isIn, output, parquet, select, text, unionAll } from './make.ts';
import { holdsOnly, type Places } from './places.ts';
import { deriveStep } from './steps/derive.ts';
import { groupStep } from './steps/group.ts';
import { joinStays } from './steps/joinStays.ts';
import { matchStep } from './steps/match.ts';
import { orderStep } from './steps/order.ts';
import { spreadStep } from './steps/spread.ts';
import type { Periods } from './steps/step.ts';
import { onlyPeriods, whereStep } from './steps/where.ts';
import { add, type Writing } from './steps/writing.ts';
import type { SqlQuery, SqlSelect, SqlUnionAll } from './tree.ts';

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

/** The rows of a relation as they are at one point of the way to them. */
export interface RelationStage {
  /** Null: as they were delivered. */
  readonly step: PlannedStep | null;
  readonly source: string;
  readonly columns: readonly SourceColumn[];
  /** The step of the statement that holds them, and the periods of it that the wanted ones are made of. */
  readonly name: string;
  readonly periods: Periods;
}

/** The same steps, with the rows at each point of the way by name. */
export function relationTrail(
  plan: RowsPlan,
  places: Places,
  periods: Periods,
  name: string,
): { readonly steps: SqlQuery['with']; readonly stages: readonly RelationStage[] } {
  const writing: Writing = { places, name, steps: [] };
  const stages: RelationStage[] = [];
  write(writing, plan, periods, name, stages);
  return { steps: writing.steps, stages };
}

function write(
  writing: Writing,
  plan: RowsPlan,
  periods: Periods,
  as: string | null,
  stages: RelationStage[] = [],
): string {
  const { source } = plan;
  if (!plan.from) {
    const read = add(writing, readSnapshots(plan, writing.places, periods), as);
    stages.push({ step: null, source, columns: plan.columns, name: read, periods });
    return read;
  }
  const wanted = periodsOfSteps(plan, periods);
  let before = write(writing, plan.from, wanted[0] ?? null, null, stages);
  for (const [position, planned] of plan.steps.entries()) {
    const last = position === plan.steps.length - 1;
    const after = wanted[position + 1] ?? null;
    before = writeStep(writing, planned, before, after, last ? as : null);
    stages.push({ step: planned, source, columns: planned.columns, name: before, periods: after });
  }
  return before;
}

/** A source's present rows, one select per snapshot that has a part in it. */
function readSnapshots(plan: RowsPlan, places: Places, wanted: Periods): SqlSelect | SqlUnionAll {
  const period = periodColumnOf(plan.columns)?.name;
  invariant(period !== undefined, `${plan.source} has a period column`);
  const within = (periods: Periods) =>
    periods === null ? [] : [isIn(column('snapshot', period), periods.map(text))];
  const selects = places.snapshot(plan.source).map((place, position) => {
    const { file, periods, at } = place;
    return select({
      select: plan.columns
        .flatMap(tableColumns)
        .map((each) =>
          output(each === originFile ? integer(at ?? position) : column('snapshot', each), each),
        ),
      from: parquet([file]),
      alias: 'snapshot',
      where: allOf([...within(periods), ...(holdsOnly(place, wanted) ? [] : within(wanted))]),
    });
  });
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
