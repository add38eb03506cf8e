import { invariant } from '../diagnostics/invariant.ts';
import type { Expression } from '../formula/expression.ts';
import { printFormula } from '../formula/print.ts';
import { periodsBefore } from '../model/rowPeriods.ts';
import type { FactPlan, RowsPlan } from '../plan/plan.ts';
import { stepInWords } from '../plan/stepInWords.ts';
import { lowerCounts, lowerRowCount } from '../sql/lowerCounts.ts';
import type { Places } from '../sql/places.ts';
import type { SqlQuery } from '../sql/tree.ts';
import type { AskContext, PreparedQuery } from './ask.ts';
import { type OpenEdition, placesFor } from './openEdition.ts';

/** The rows that a component is made of, from what was delivered to what is left of it. */
export interface CountedMeasure {
  readonly measure: string;
  readonly source: string;
  readonly steps: readonly CountedStep[];
}

export interface CountedStep {
  readonly text: string;
  readonly rows: number;
}

/** Counts the rows of the whole country in the periods that each component reads, after each step and condition. */
export async function countRows(
  edition: OpenEdition,
  prepared: PreparedQuery,
  context: AskContext,
): Promise<readonly CountedMeasure[]> {
  const counted = new Map<string, CountedMeasure>();
  for (const { measure, pairs } of prepared.bound.measures) {
    if (counted.has(measure.id)) continue;
    const fact = prepared.plan.facts.find(({ source }) => source === measure.source);
    const periods = [...new Set(pairs.map(({ source }) => source))];
    const conditions = measure.where === null ? [] : conjuncts(measure.where);
    const steps = fact ? await stepsOf(edition, fact, periods, conditions, context) : [];
    counted.set(measure.id, { measure: measure.id, source: measure.source, steps });
  }
  return [...counted.values()];
}

async function stepsOf(
  edition: OpenEdition,
  fact: FactPlan,
  periods: readonly string[],
  conditions: readonly Expression[],
  context: AskContext,
): Promise<readonly CountedStep[]> {
  const checked = await placesFor(
    [{ ...fact, route: 'base', weight: null }],
    edition.manifest,
    context.stores,
  );
  invariant(checked.value, 'snapshots that a cube was built of just now are there');
  const places: Places = checked.value;
  const run = async (statement: SqlQuery) => {
    const result = await (await context.engine()).query(statement);
    return (at: number) => Number(result.getChild(`rows_${at}`)?.get(0) ?? 0);
  };
  const steps: CountedStep[] = [];
  for (const stage of fact.cells.rows ? stagesOf(fact.cells.rows, periods) : []) {
    const count = await run(lowerRowCount(stage.plan, places, stage.periods));
    steps.push({ text: stage.text, rows: count(0) });
  }
  const count = await run(lowerCounts(fact.cells, places, periods, conditions));
  const filtered = conditions.map((condition, at) => ({
    text: printFormula(condition),
    rows: count(at + 1),
  }));
  const delivered = { text: `delivered of ${fact.source}`, rows: count(0) };
  return [...(steps.length > 0 ? steps : [delivered]), ...filtered];
}

interface Stage {
  readonly text: string;
  readonly plan: RowsPlan;
  readonly periods: readonly string[] | null;
}

/** The relation as it is after each step that can change how many rows there are, from the delivered one on. */
function stagesOf(plan: RowsPlan, periods: readonly string[] | null): readonly Stage[] {
  if (!plan.from) return [{ text: `delivered of ${plan.source}`, plan, periods }];
  const wanted: (readonly string[] | null)[] = [periods];
  for (const { step } of [...plan.steps].reverse()) wanted.unshift(periodsBefore(step, wanted[0] ?? null));
  const own = plan.steps.map(({ step, columns }, at) => ({
    kind: step.kind,
    text: stepInWords(step),
    plan: { ...plan, columns, steps: plan.steps.slice(0, at + 1) },
    periods: wanted[at + 1] ?? null,
  }));
  return [...stagesOf(plan.from, wanted[0] ?? null), ...own.filter(({ kind }) => changesCount.has(kind))];
}

const changesCount: ReadonlySet<string> = new Set(['where', 'group', 'spread', 'join_stays']);

/** Conditions that hold all together, in the order they are written. */
export function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind !== 'logic' || condition.operator !== 'and') return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}
