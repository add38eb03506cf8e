import type { Expression } from '../formula/expression.ts';
import { isPlace } from '../formula/isPlace.ts';
import type { Applies } from './cellStates.ts';
import { lowerCondition } from './lowerCondition.ts';
import { column, output, select, table } from './make.ts';
import type { SqlExpression, SqlSelect } from './tree.ts';

/** Rows with a column for each condition, and how that column is called on. */
export interface MarkedRows {
  readonly name: 'marked';
  readonly query: SqlSelect;
  readonly isMet: Applies;
}

/**
 * Every condition asked once of a row. A state is four columns of a cell, each under the same condition, and no
 * engine sees that what stands behind `case when` is the same: a selection of accounts is a page of text. Null
 * where nothing is asked.
 */
export function markRows(
  step: string,
  columns: readonly string[],
  states: readonly { readonly where: Expression | null }[],
  read: (name: string) => SqlExpression = (name) => column(step, name),
): MarkedRows | null {
  const conditions = new Map(states.flatMap(({ where }) => (where ? [[keyOf(where), where] as const] : [])));
  if (conditions.size === 0) return null;
  const names = new Map([...conditions.keys()].map((key, position) => [key, `_meets_${position + 1}`]));
  return {
    name: 'marked',
    query: select({
      select: [
        ...columns.map((name) => output(column(step, name), name)),
        ...[...conditions].map(([key, where]) => output(lowerCondition(where, read), names.get(key) ?? '')),
      ],
      from: table(step),
      alias: step,
    }),
    isMet: (where) => column('marked', names.get(keyOf(where)) ?? ''),
  };
}

/** Equal for conditions that are written alike, wherever they stand. */
const keyOf = (where: Expression): string =>
  JSON.stringify(where, (name, value: unknown) => (isPlace(name, value) ? undefined : value));
