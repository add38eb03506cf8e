import { tableColumns } from '../../model/relations.ts';
import type { RowStep } from '../../model/rowSteps.ts';
import type { SourceColumn } from '../../model/types.ts';
import {
  caseWhen,
  cast,
  coalesce,
  column,
  equals,
  isNotNull,
  nothing,
  or,
  output,
  select,
  table,
  text,
  textType,
} from '../make.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';

export type Output = ReturnType<typeof output>;
export type Periods = readonly string[] | null;
export type StepOf<Kind extends RowStep['kind']> = Extract<RowStep, { kind: Kind }>;

export const passed = (columns: readonly SourceColumn[], from: string): Output[] =>
  columns.flatMap(tableColumns).map((name) => output(column(from, name), name));

/** A select of one step from the one before it. */
export function stepFrom(
  before: string,
  parts: Omit<Parameters<typeof select>[0], 'from' | 'alias'>,
): SqlSelect {
  return select({ ...parts, from: table(before), alias: before });
}

/**
 * A number, and beside it why there is none: what one of its parts says, or that the row has no such value. `isThere`
 * asks the same as whether it is null, where that costs less.
 */
export function numberOutputs(
  name: string,
  value: SqlExpression,
  statuses: readonly SqlExpression[],
  isThere: SqlExpression = isNotNull(value),
): Output[] {
  const hidden = statuses.map((status) => equals(status, text('suppressed')));
  const why = coalesce(...statuses, text('not_applicable'));
  const reason = caseWhen(
    [
      [isThere, cast(nothing, textType)] as const,
      ...(hidden.length > 0 ? [[or(...hidden), text('suppressed')] as const] : []),
    ],
    statuses.length > 0 ? why : text('not_applicable'),
  );
  return [output(value, name), output(reason, `${name}_status`)];
}
