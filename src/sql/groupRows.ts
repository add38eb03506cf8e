import { assertNever } from '../diagnostics/invariant.ts';
import { isPlace } from '../formula/isPlace.ts';
import { namesIn } from '../formula/walk.ts';
import { aggregates } from '../model/aggregates.ts';
import type { CellState, CellsPlan } from '../plan/plan.ts';
import { periodColumn, rowsOfCells, stateColumns } from './cellStates.ts';
import {
  caseWhen,
  cast,
  column,
  decimalType,
  integer,
  integerType,
  maximum,
  minimum,
  output,
  select,
  sum,
  table,
} from './make.ts';
import { markRows } from './markRows.ts';
import type { SqlExpression, SqlSelect } from './tree.ts';

/** Rows grouped by what conditions ask of them, and the select that makes cells of the groups. */
export interface GroupedRows {
  readonly steps: readonly { readonly name: string; readonly query: SqlSelect }[];
  readonly cells: SqlSelect;
}

/**
 * Conditions of many states asked of groups and not of every row: a condition over codes has one answer for all rows
 * of a group, and states that differ only in it share what is added up. A KPI of persons over 80 asks its forty-odd
 * ages of as many groups as there are cells, and not of six million rows. Null where nothing would be shared.
 */
export function groupRows(
  plan: CellsPlan,
  step: string,
  periods: readonly string[] | null,
): GroupedRows | null {
  const splits = plan.states.map((state) => split(plan, state));
  const bases = new Map(splits.map(({ key, base }) => [key, base]));
  if (bases.size === plan.states.length && splits.every(({ condition }) => condition === null)) return null;
  const numbers = new Map([...bases.keys()].map((key, position) => [key, position + 1]));
  const keys = plan.dimensions.flatMap(({ column: name, leveled }) =>
    leveled ? [`${name}_level`, name] : [name],
  );
  const asked = splits.flatMap(({ condition }) =>
    condition ? namesIn(condition).map(({ name }) => name) : [],
  );
  const beside = [...new Set(asked)].filter((name) => !keys.includes(name) && name !== plan.periodColumn);
  const period = column(step, plan.periodColumn);
  const inGroups = (name: string) => column('row_groups', name === plan.periodColumn ? periodColumn : name);
  const grouped: GroupedRows['steps'][number] = {
    name: 'row_groups',
    query: select({
      select: [
        output(period, periodColumn),
        ...[...keys, ...beside].map((name) => output(column(step, name), name)),
        ...[...bases].flatMap(([key, base]) =>
          stateColumns({ ...base, state: `_group_${numbers.get(key)}` }, step),
        ),
      ],
      from: table(step),
      alias: step,
      where: rowsOfCells(plan, step, periods),
      groupBy: [period, ...[...keys, ...beside].map((name) => column(step, name))],
    }),
  };
  const kept = [periodColumn, ...keys, ...grouped.query.select.map(({ as }) => as).filter(isOfGroup)];
  const conditions = splits.map(({ condition }) => ({ where: condition }));
  const marked = markRows('row_groups', kept, conditions, inGroups);
  const from = marked?.name ?? 'row_groups';
  return {
    steps: [grouped, ...(marked ? [marked] : [])],
    cells: select({
      select: [
        ...[periodColumn, ...keys].map((name) => output(column(from, name), name)),
        ...plan.states.flatMap((state, position) => {
          const { key, condition } = splits[position] ?? split(plan, state);
          const applies = condition && marked ? marked.isMet(condition) : null;
          return mergedColumns(state, from, `_group_${numbers.get(key)}`, applies, beside.length > 0);
        }),
      ],
      from: table(from),
      alias: from,
      // Without columns beside the keys every group is a cell already.
      groupBy: beside.length > 0 ? [periodColumn, ...keys].map((name) => column(from, name)) : [],
    }),
  };
}

const isOfGroup = (name: string): boolean => name.startsWith('_group_');

/** What is asked of groups, and the state without it; `key` is the same for states that are then the same. */
function split(plan: CellsPlan, state: CellState) {
  const { where } = state;
  const ofGroups = where !== null && namesIn(where).every(({ name }) => plan.coarse.includes(name));
  const base: CellState = { ...state, where: ofGroups ? null : where };
  const { state: _, aggregate, ...made } = base;
  const { state: kept, squares } = aggregates[aggregate];
  const key = JSON.stringify([kept, squares, made], (name, value: unknown) =>
    isPlace(name, value) ? undefined : value,
  );
  return { key, base, condition: ofGroups ? where : null };
}

/** The columns of a state out of those of groups, of the types that rows give. */
function mergedColumns(
  state: CellState,
  step: string,
  from: string,
  applies: SqlExpression | null,
  several: boolean,
) {
  const { state: kept, squares } = aggregates[state.aggregate];
  const group = (ending: string) => column(step, `${from}${ending}`);
  const value = (ending: string) => (applies === null ? group(ending) : caseWhen([[applies, group(ending)]]));
  const counted = (ending: string) => {
    const rows = applies === null ? group(ending) : caseWhen([[applies, group(ending)]], integer(0));
    return output(cast(several ? sum(rows) : rows, integerType), `${state.state}${ending}`);
  };
  const merge = several ? merges(kept) : (each: SqlExpression) => each;
  return [
    output(cast(merge(value('')), decimalType(state.decimals)), state.state),
    ...(squares
      ? [
          output(
            cast(several ? sum(value('_squares')) : value('_squares'), decimalType(2 * state.decimals)),
            `${state.state}_squares`,
          ),
        ]
      : []),
    counted('_known'),
    counted('_suppressed'),
    counted('_not_applicable'),
  ];
}

function merges(kept: 'sum' | 'known' | 'min' | 'max'): (value: SqlExpression) => SqlExpression {
  switch (kept) {
    case 'sum':
    case 'known':
      return sum;
    case 'min':
      return minimum;
    case 'max':
      return maximum;
    default:
      return assertNever(kept);
  }
}
