import type { AskContext, PreparedQuery } from './ask.ts';
import { countRowsLeft, type RowsLeft, rowsOfUse } from './explain/rows.ts';
import type { OpenEdition } from './openEdition.ts';

/** The rows that a component is made of, from what was delivered to what is left of it. */
export interface CountedMeasure {
  readonly measure: string;
  readonly source: string;
  readonly steps: readonly CountedStep[];
}

export type CountedStep = Pick<RowsLeft, 'text' | 'rows'>;

/** Counts the rows of the whole country in the periods that each component reads, after each step and condition. */
export async function countRows(
  edition: OpenEdition,
  prepared: PreparedQuery,
  context: AskContext,
): Promise<readonly CountedMeasure[]> {
  const counted = new Map<string, CountedMeasure>();
  for (const use of prepared.bound.measures) {
    const { id: measure, source } = use.measure;
    if (counted.has(measure)) continue;
    const of = await rowsOfUse(edition, prepared, use, false, context);
    const left = of ? await countRowsLeft(of, context) : [];
    const steps = left.filter(({ kind }) => kind !== 'question' && kind !== 'known');
    counted.set(measure, { measure, source, steps: steps.map(({ text, rows }) => ({ text, rows })) });
  }
  return [...counted.values()];
}
