import { invariant } from '../diagnostics/invariant.ts';
import type { Expression } from '../formula/expression.ts';
import { printFormula } from '../formula/print.ts';
import type { FactPlan } from '../plan/plan.ts';
import { lowerCounts } from '../sql/lowerCounts.ts';
import type { AskContext, PreparedQuery } from './ask.ts';
import { type OpenEdition, placesFor } from './openEdition.ts';

/** The rows that a component is made of, from what was delivered to what is left of it. */
export interface CountedMeasure {
  readonly measure: string;
  readonly source: string;
  readonly steps: readonly { readonly text: string; readonly rows: number }[];
}

/** Counts the rows of the whole country in the periods that each component reads, after each of its conditions. */
export async function countRows(
  edition: OpenEdition,
  prepared: PreparedQuery,
  context: AskContext,
): Promise<readonly CountedMeasure[]> {
  const counted: CountedMeasure[] = [];
  for (const use of prepared.bound.measures) {
    const { measure } = use;
    if (counted.some((each) => each.measure === measure.id)) continue;
    const fact = prepared.plan.facts.find(({ source }) => source === measure.source);
    if (!fact) {
      counted.push({ measure: measure.id, source: measure.source, steps: [] });
      continue;
    }
    const periods = [...new Set(use.pairs.map(({ source }) => source))];
    const conditions = measure.where === null ? [] : conjuncts(measure.where);
    const rows = await countsOf(edition, fact, periods, conditions, context);
    counted.push({
      measure: measure.id,
      source: measure.source,
      steps: rows.map((count, at) => ({
        text: at === 0 ? 'delivered' : textOf(conditions[at - 1]),
        rows: count,
      })),
    });
  }
  return counted;
}

const textOf = (condition: Expression | undefined): string =>
  condition === undefined ? '' : printFormula(condition);

async function countsOf(
  edition: OpenEdition,
  fact: FactPlan,
  periods: readonly string[],
  conditions: readonly Expression[],
  context: AskContext,
): Promise<readonly number[]> {
  const places = await placesFor(
    [{ ...fact, route: 'base', weight: null }],
    edition.manifest,
    context.stores,
  );
  invariant(places.value, 'snapshots that a cube was built of just now are there');
  const engine = await context.engine();
  const result = await engine.query(lowerCounts(fact.cells, places.value, periods, conditions));
  return [null, ...conditions].map((_condition, at) => Number(result.getChild(`rows_${at}`)?.get(0) ?? 0));
}

/** Conditions that hold all together, in the order they are written. */
export function conjuncts(condition: Expression): readonly Expression[] {
  if (condition.kind !== 'logic' || condition.operator !== 'and') return [condition];
  return [...conjuncts(condition.left), ...conjuncts(condition.right)];
}
