import { invariant } from '../diagnostics/invariant.ts';
import type { CellState, FactOfRows, FactPlan } from '../plan/plan.ts';
import { rowsOfFact } from './fact/parts.ts';
import { outColumn, periodsStep } from './fact/periods.ts';
import { keyExpression, structureJoins } from './fact/structures.ts';
import { cellKeys, isKnown, periodColumn, rowsSteps } from './lowerCells.ts';
import { lowerCondition } from './lowerCondition.ts';
import {
  allOf,
  and,
  ascending,
  atLeast,
  atMost,
  caseWhen,
  cast,
  column,
  count,
  decimalType,
  equals,
  greater,
  integer,
  integerType,
  isIn,
  join,
  less,
  maximum,
  multiply,
  output,
  query,
  select,
  subtract,
  sum,
  table,
  text,
  window,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlExpression, SqlQuery, SqlSelect } from './tree.ts';

/**
 * A figure that no states of parts give, taken from the rows themselves: the rows in their asked members, then
 * counted once each or put in order there. Nothing is joined that could multiply a row.
 */
export function lowerRows(fact: FactPlan, places: Places): SqlQuery {
  const { ofRows } = fact;
  const [state] = fact.cells.states;
  invariant(ofRows && state, 'a fact of rows has one state');
  const steps: SqlQuery['with'] = [
    { name: 'periods', query: periodsStep(fact) },
    ...rowsSteps(fact.cells, places, wantedPeriods(fact)),
    { name: 'cells', query: knownRows(fact, state) },
    { name: 'placed', query: placedRows(fact, places, ofRows) },
  ];
  switch (ofRows.kind) {
    case 'distinct':
      return countDistinct(fact, ofRows, steps);
    case 'quantile':
      return takeQuantile(fact, ofRows, steps);
  }
}

const wantedPeriods = (fact: FactPlan): string[] => [...new Set(fact.pairs.map(({ source }) => source))];

/** Rows that have what the figure is made of, named as cells are, so that filters and places read the same. */
function knownRows(fact: FactPlan, state: CellState): SqlSelect {
  const wanted = wantedPeriods(fact);
  const period = column('rows', fact.cells.periodColumn);
  const applies = state.where && lowerCondition(state.where, (name) => column('rows', name));
  const known = isKnown(state, 'rows');
  const names = cellKeys(fact.cells).slice(1);
  return select({
    select: [
      output(period, periodColumn),
      ...names.map((name) => output(column('rows', name), name)),
      ...valueColumns(fact).map((name) => output(column('rows', name), valueName(name))),
    ],
    from: table('rows'),
    alias: 'rows',
    where: allOf([
      ...fact.cells.dropped.map((each) => equals(column('rows', `${each.column}_level`), text(each.leaf))),
      isIn(period, wanted.map(text)),
      ...(applies === null ? [] : [applies]),
      ...(known === null ? [] : [known]),
    ]),
  });
}

/** What is counted or put in order; a dimension may be among it and be a key as well. */
const valueName = (name: string): string => `value_${name}`;

function valueColumns({ ofRows }: FactPlan): readonly string[] {
  if (ofRows === null) return [];
  return ofRows.kind === 'distinct' ? ofRows.key : [ofRows.column];
}

function placedRows(fact: FactPlan, places: Places, { pooled }: FactOfRows): SqlSelect {
  return select({
    select: [
      output(column('periods', outColumn), outColumn),
      ...(pooled ? [] : [output(column('periods', periodColumn), periodColumn)]),
      ...fact.keys.map((key) => output(keyExpression(fact, key.column, key.structure, key.level), key.level)),
      ...valueColumns(fact).map((name) => output(column('cells', valueName(name)), valueName(name))),
    ],
    from: table('cells'),
    alias: 'cells',
    joins: [
      join(
        'inner',
        table('periods'),
        'periods',
        equals(column('periods', periodColumn), column('cells', periodColumn)),
      ),
      ...structureJoins(fact, places),
    ],
    where: rowsOfFact(fact),
  });
}

const keysOf = (fact: FactPlan): string[] => [outColumn, ...fact.keys.map(({ level }) => level)];
const grainOf = (fact: FactPlan, { pooled }: FactOfRows): string[] => [
  ...keysOf(fact),
  ...(pooled ? [] : [periodColumn]),
];

// --- distinct ------------------------------------------------------------------------------------

function countDistinct(
  fact: FactPlan,
  ofRows: Extract<FactOfRows, { kind: 'distinct' }>,
  steps: SqlQuery['with'],
): SqlQuery {
  const [measure] = fact.measures;
  invariant(measure, 'a fact of rows has one measure');
  const grain = grainOf(fact, ofRows);
  const names = [...grain, ...ofRows.key.map(valueName)];
  const once = select({
    select: names.map((name) => output(column('placed', name), name)),
    from: table('placed'),
    alias: 'placed',
    groupBy: names.map((name) => column('placed', name)),
  });
  const counted = select({
    select: [
      ...grain.map((name) => output(column('once', name), name)),
      output(count(column('once', outColumn)), 'number'),
    ],
    from: table('once'),
    alias: 'once',
    groupBy: grain.map((name) => column('once', name)),
  });
  const keys = keysOf(fact);
  const body = select({
    select: [
      ...keys.map((name) => output(column('counted', name), name)),
      output(cast(sum(column('counted', 'number')), decimalType(0)), measure.column),
      output(cast(count(column('counted', 'number')), integerType), `${measure.column}_periods`),
    ],
    from: table('counted'),
    alias: 'counted',
    groupBy: keys.map((name) => column('counted', name)),
    orderBy: keys.map((name) => ascending(column('counted', name))),
  });
  return query(body, [...steps, { name: 'once', query: once }, { name: 'counted', query: counted }]);
}

// --- quantile ------------------------------------------------------------------------------------

/**
 * The two values that the quantile lies between, and the number of rows: `finish` goes from one to the other
 * in exact fractions. With rows counted from 0 to n - 1, the place is share x (n - 1); both neighbours are
 * found by multiplying, since engines divide in their own ways. Not rows are put in order but values, each with the
 * places that its rows take: of six million ages there are some hundred.
 */
function takeQuantile(
  fact: FactPlan,
  ofRows: Extract<FactOfRows, { kind: 'quantile' }>,
  steps: SqlQuery['with'],
): SqlQuery {
  const [measure] = fact.measures;
  invariant(measure, 'a fact of rows has one measure');
  const grain = grainOf(fact, ofRows);
  const keys = keysOf(fact);
  const value = valueName(ofRows.column);
  const valued = select({
    select: [
      ...grain.map((name) => output(column('placed', name), name)),
      output(column('placed', value), 'value'),
      output(count(column('placed', value)), 'rows_of_value'),
    ],
    from: table('placed'),
    alias: 'placed',
    groupBy: [...grain, value].map((name) => column('placed', name)),
  });
  const over = grain.map((name) => column('valued', name));
  const rowsOfValue = column('valued', 'rows_of_value');
  const orderBy = [ascending(column('valued', 'value'))];
  const sorted = select({
    select: [
      ...keys.map((name) => output(column('valued', name), name)),
      output(column('valued', 'value'), 'value'),
      output(rowsOfValue, 'rows_of_value'),
      output(cast(window('sum', [rowsOfValue], { partitionBy: over, orderBy }), integerType), 'last_place'),
      output(cast(window('sum', [rowsOfValue], { partitionBy: over }), integerType), 'number'),
    ],
    from: table('valued'),
    alias: 'valued',
  });
  const { numerator, denominator } = ofRows;
  const wanted = multiply(integer(numerator), subtract(column('sorted', 'number'), integer(1)));
  const reached = (places: SqlExpression) => multiply(integer(denominator), places);
  const last = column('sorted', 'last_place');
  const before = subtract(last, column('sorted', 'rows_of_value'));
  const below = and(atMost(reached(before), wanted), greater(reached(last), wanted));
  const above = and(
    atLeast(reached(subtract(last, integer(1))), wanted),
    less(reached(subtract(before, integer(1))), wanted),
  );
  // The share of n rows is reached at the first place that is as many as it or more.
  const all = multiply(integer(numerator), column('sorted', 'number'));
  const first =
    numerator === 0
      ? equals(before, integer(0))
      : and(atLeast(reached(last), all), less(reached(before), all));
  const [one, next] = ofRows.reached ? [first, first] : [below, above];
  const taken = (condition: SqlExpression) =>
    cast(maximum(caseWhen([[condition, column('sorted', 'value')]])), decimalType(measure.decimals));
  const body = select({
    select: [
      ...keys.map((name) => output(column('sorted', name), name)),
      output(taken(one), measure.column),
      output(taken(next), `${measure.column}_next`),
      output(cast(maximum(column('sorted', 'number')), integerType), `${measure.column}_known`),
    ],
    from: table('sorted'),
    alias: 'sorted',
    groupBy: keys.map((name) => column('sorted', name)),
    orderBy: keys.map((name) => ascending(column('sorted', name))),
  });
  return query(body, [...steps, { name: 'valued', query: valued }, { name: 'sorted', query: sorted }]);
}
