import { periodColumnOf, tableColumns } from '../../model/relations.ts';
import type { SemanticModel, SourceColumn } from '../../model/types.ts';
import {
  conditionByCondition,
  isOfOrigin,
  originFile,
  originRow,
  withOrigin,
} from '../../plan/originRows.ts';
import type { FactPlan, RowsPlan } from '../../plan/plan.ts';
import { planRows } from '../../plan/planRows.ts';
import { stepInWords } from '../../plan/stepInWords.ts';
import type { MeasureUse } from '../../query/bound.ts';
import type { RelationStage } from '../../sql/lowerRelation.ts';
import { type Bridge, lowerRowsLeft, lowerSourceRows, type Trail, trailOf } from '../../sql/lowerTrail.ts';
import type { SqlQuery } from '../../sql/tree.ts';
import type { AskContext, PreparedQuery } from '../ask.ts';
import { type OpenEdition, placesFor } from '../openEdition.ts';
import { type RowCondition, rowConditions } from './conditions.ts';

/** How many rows there are at a point of the way from what was delivered to a component. */
export interface RowsLeft {
  /**
   * `delivered`, then what the steps of a relation leave, the level of the rows, conditions of the definition,
   * filters of the question, and last the rows that have a value.
   */
  readonly kind: 'delivered' | 'step' | RowCondition['kind'];
  /** The relation that a step belongs to, or the source that was delivered. */
  readonly source: string;
  readonly text: string;
  readonly rows: number;
}

/** Rows as they were delivered, or the last thing before that can be told of one by one. */
export interface SourceRows {
  /** All of them. */
  readonly count: number;
  /** `rows`: those that went in. `groups`: all of the groups and stays that did. `relation`: rows of a relation. */
  readonly of: 'rows' | 'groups' | 'relation';
  readonly source: string;
  readonly columns: readonly string[];
  /** Columns that are not told, since they can name a person. */
  readonly withheld: readonly string[];
  readonly rows: readonly SourceRow[];
}

export interface SourceRow {
  /** The file as it was sent, and the row in it as checks count them; null where a row is none that was delivered. */
  readonly file: string | null;
  readonly row: number | null;
  /** One for each column, as text; null where there is nothing. */
  readonly values: readonly (string | null)[];
}

/** The way of one component's rows, ready to be counted; null where the edition has none. */
export interface RowsOfUse {
  readonly fact: FactPlan;
  readonly periods: readonly string[];
  readonly trail: Trail;
  readonly conditions: readonly RowCondition[];
  readonly bridges: readonly Bridge[];
}

/** What can be said of a component's rows: null where its snapshots are no longer there. */
export async function rowsOfUse(
  edition: OpenEdition,
  prepared: PreparedQuery,
  use: MeasureUse,
  isTotal: boolean,
  context: AskContext,
): Promise<RowsOfUse | null> {
  const own = prepared.plan.facts.filter(({ measures }) =>
    measures.some(({ uses }) => uses.includes(use.id)),
  );
  const fact = own.find(({ kind }) => kind === (isTotal ? 'totals' : 'parts')) ?? own[0];
  if (!fact) return null;
  const base: FactPlan = { ...fact, route: 'base', weight: null };
  const places = await placesFor([base], edition.manifest, context.stores);
  if (!places.value) return null;
  const { plan, bridges } = wayTo(edition.model, fact);
  const periods = [...new Set(use.pairs.map(({ source }) => source))];
  return {
    fact,
    periods,
    trail: trailOf(plan, places.value, periods),
    conditions: rowConditions(edition.model, fact, use),
    bridges,
  };
}

/** The relation with a stage for each condition, and the columns that lead back through its groups. */
function wayTo(model: SemanticModel, { cells, source }: FactPlan) {
  const bound = model.sources[source];
  const wanted = cells.rows?.columns.map(({ name }) => name);
  if (!bound) return { plan: { source, from: null, columns: [], steps: [] }, bridges: [] };
  const groups = groupsIn(cells.rows);
  const kept = new Set([...(wanted ?? bound.columns.map(({ name }) => name)), ...groups.flat()]);
  const plan = withOrigin(conditionByCondition(planRows(model, bound, kept)));
  return { plan, bridges: bridgesOf(plan) };
}

const groupsIn = (plan: RowsPlan | null): readonly (readonly string[])[] =>
  plan === null
    ? []
    : [
        ...groupsIn(plan.from),
        ...plan.steps.flatMap(({ step }) =>
          step.kind === 'group' || step.kind === 'join_stays' ? [step.by] : [],
        ),
      ];

/** Groups from the last one back, as long as what they are made by is still to be seen after them. */
function bridgesOf(plan: RowsPlan): readonly Bridge[] {
  const bridges: Bridge[] = [];
  let at = 0;
  const walk = (each: RowsPlan): void => {
    if (each.from) walk(each.from);
    for (const { step, before } of each.steps) {
      if (step.kind === 'group' || step.kind === 'join_stays') {
        const period = periodColumnOf(before)?.name;
        const isCoarser = step.kind === 'group' && step.level !== null;
        const by = step.by.filter((name) => !(isCoarser && name === period));
        bridges.unshift({ stage: at, by });
      }
      at += 1;
    }
  };
  walk(plan);
  return bridges;
}

const changesCount: ReadonlySet<string> = new Set(['where', 'group', 'spread', 'join_stays']);

/** How many rows each step and condition leaves, in order. */
export async function countRowsLeft(of: RowsOfUse, context: AskContext): Promise<readonly RowsLeft[]> {
  const { trail, conditions } = of;
  const counts = await numbersOf(
    lowerRowsLeft(
      trail,
      conditions.map(({ sql }) => sql),
    ),
    context,
  );
  const rowsAt = (at: number) => counts.get(at) ?? 0;
  const stages = trail.stages.flatMap(({ step, source }, at): RowsLeft[] => {
    if (step === null)
      return [{ kind: 'delivered', source, text: `delivered of ${source}`, rows: rowsAt(at) }];
    const adds = step.step.kind === 'match' && step.step.every;
    if (!changesCount.has(step.step.kind) && !adds) return [];
    return [{ kind: 'step', source, text: stepInWords(step.step), rows: rowsAt(at) }];
  });
  const left = conditions.map(
    ({ kind, text }, at): RowsLeft => ({
      kind,
      source: of.fact.source,
      text,
      rows: rowsAt(trail.stages.length + at),
    }),
  );
  return [...stages, ...left];
}

async function numbersOf(statement: SqlQuery, context: AskContext): Promise<ReadonlyMap<number, number>> {
  const result = await (await context.engine()).query(statement);
  const [at, number] = [result.getChild('at'), result.getChild('number')];
  return new Map(
    Array.from({ length: result.numRows }, (_, row) => [Number(at?.get(row)), Number(number?.get(row))]),
  );
}

/** The first rows that a component comes from, as they were delivered. */
export async function sourceRowsOf(
  { model, manifest }: OpenEdition,
  of: RowsOfUse,
  files: (source: string, position: number) => string | null,
  limit: number,
  context: AskContext,
): Promise<SourceRows | null> {
  const { trail, conditions, bridges } = of;
  const passable = bridges.filter((bridge) => canPass(trail.stages, bridge));
  const isBack = passable.length === bridges.length;
  const used = isBack ? bridges : [];
  const last = used.at(-1);
  const shownStage = last ? trail.stages[last.stage] : trail.stages.at(-1);
  if (!shownStage || trail.stages.length === 0) return null;
  const delivered = trail.stages[0]?.source ?? of.fact.source;
  const { shown, withheld } = columnsShown(model, delivered, shownStage.columns);
  const statement = lowerSourceRows(
    trail,
    conditions.map(({ sql }) => sql),
    used,
    shown,
    limit,
  );
  const result = await (await context.engine()).query(statement);
  const child = (name: string) => result.getChild(name);
  const texts = shown.map((name) => child(name));
  const hasOrigin = isOfOrigin(shownStage.columns);
  const held = manifest.inputs.find(({ source }) => source === delivered);
  return {
    count: Number(child('_rows')?.get(0) ?? 0),
    of: hasOrigin ? (used.length > 0 ? 'groups' : 'rows') : 'relation',
    source: hasOrigin ? delivered : shownStage.source,
    columns: shown,
    withheld,
    rows: Array.from({ length: result.numRows }, (_, row): SourceRow => {
      const file = hasOrigin && held ? Number(child(originFile)?.get(row)) : null;
      return {
        file: file === null ? null : files(delivered, file),
        row: hasOrigin ? Number(child(originRow)?.get(row)) : null,
        values: texts.map((text) => (text?.get(row) ?? null) as string | null),
      };
    }),
  };
}

/** What groups are made by must be in every stage up to the next ones, and mean the same there. */
function canPass(stages: readonly RelationStage[], { stage, by }: Bridge): boolean {
  const after = stages.slice(stage + 1);
  const end = after.findIndex(
    ({ step }, at) => at > 0 && (step?.step.kind === 'group' || step?.step.kind === 'join_stays'),
  );
  const between = end === -1 ? after : after.slice(0, end);
  return (
    by.length > 0 &&
    by.every((name) => stages[stage]?.columns.some((each) => each.name === name)) &&
    between.every(
      ({ columns, step }) =>
        by.every((name) => columns.some((each) => each.name === name)) &&
        !(step?.step.kind === 'derive' && step.step.columns.some(({ name }) => by.includes(name))),
    )
  );
}

/** Keys that name a person are never told; of persons' rows nor are days, times and free texts, which can. */
function columnsShown(model: SemanticModel, delivered: string, columns: readonly SourceColumn[]) {
  const isOfPersons = (model.sources[delivered]?.columns ?? []).some(isPersonal);
  const isHidden = (each: SourceColumn) =>
    isPersonal(each) ||
    (isOfPersons &&
      (each.kind === 'date' ||
        each.kind === 'time' ||
        each.kind === 'key' ||
        (each.kind === 'text' && each.values === null)));
  const told = columns.filter(({ name }) => name !== originFile && name !== originRow);
  return {
    shown: told.filter((each) => !isHidden(each)).flatMap(tableColumns),
    withheld: told.filter(isHidden).map(({ name }) => name),
  };
}

const isPersonal = (each: SourceColumn): boolean => each.kind === 'key' && each.personal;
