import type { Places } from '../places.ts';
import type { SqlQuery, SqlSelect, SqlUnionAll } from '../tree.ts';

type Steps = SqlQuery['with'][number][];

export interface Writing {
  readonly places: Places;
  /** What steps are called after, with a number. */
  readonly name: string;
  readonly steps: Steps;
}

/** Adds a step, called `as` or by the next number, and gives its name. */
export function add(writing: Writing, query: SqlSelect | SqlUnionAll, as: string | null): string {
  const name = as ?? `${writing.name}_${writing.steps.length + 1}`;
  writing.steps.push({ name, query });
  return name;
}
