import { invariant } from '../../diagnostics/invariant.ts';
import type { FactMeasure, FactPlan, FactWeight } from '../../plan/plan.ts';
import { cellsFrom, periodColumn, rowsSteps } from '../lowerCells.ts';
import {
  allOf,
  and,
  caseWhen,
  cast,
  column,
  decimalType,
  equals,
  greater,
  integer,
  integerType,
  isNotNull,
  join,
  maximum,
  minimum,
  multiply,
  output,
  select,
  sum,
  table,
  text,
} from '../make.ts';
import type { Places } from '../places.ts';
import type { SqlExpression, SqlJoin, SqlQuery } from '../tree.ts';
import { readCells } from './cells.ts';

/** The weight of each finest member, by period of the weight's source. */
export function weightSteps(weight: FactWeight, fact: FactPlan, places: Places): SqlQuery['with'] {
  const wanted = [...new Set(fact.pairs.flatMap((pair) => (pair.weight === null ? [] : [pair.weight])))];
  const { column: member, leaf, leveled } = weight.dimension;
  const cells: SqlQuery['with'] =
    weight.route === 'base'
      ? [
          ...rowsSteps(weight.cells, places, wanted, 'weight_rows'),
          { name: 'weight_cells', query: cellsFrom(weight.cells, 'weight_rows', wanted) },
        ]
      : [{ name: 'weight_cells', query: readCells(weight.cells, places, wanted) }];
  const others = weight.cells.dimensions.filter((each) => each.leveled);
  const grouped = select({
    select: [
      output(column('weight_cells', periodColumn), 'weight_period'),
      output(column('weight_cells', member), 'weight_member'),
      output(cast(wholeWeight(weight.state), decimalType(weight.decimals)), 'weight'),
    ],
    from: table('weight_cells'),
    alias: 'weight_cells',
    where: allOf(
      others.map((each) =>
        equals(
          column('weight_cells', `${each.column}_level`),
          text(leveled && each.column === member ? leaf : each.leaf),
        ),
      ),
    ),
    groupBy: [column('weight_cells', periodColumn), column('weight_cells', member)],
  });
  return [...cells, { name: 'weights', query: grouped }];
}

/** A weight of which something is suppressed is too small, so it is none. */
function wholeWeight(state: string): SqlExpression {
  const hidden = sum(column('weight_cells', `${state}_suppressed`));
  return caseWhen([[equals(hidden, integer(0)), sum(column('weight_cells', state))]]);
}

export function weightJoin(fact: FactPlan): SqlJoin[] {
  const weighed =
    fact.weight &&
    fact.cells.dimensions.find(({ dimension }) => dimension === fact.weight?.dimension.dimension);
  if (!weighed) return [];
  return [
    join(
      'left',
      table('weights'),
      'weights',
      and(
        equals(column('weights', 'weight_member'), column('cells', weighed.column)),
        equals(column('weights', 'weight_period'), column('periods', 'weight_period')),
      ),
    ),
  ];
}

/**
 * Sum of value x weight, and of the weights of the same parts: what is not known whole has neither. Where
 * one finest member alone has anything, nothing is weighed: it is its own mean, with or without a weight.
 */
export function weighted(fact: FactPlan, weight: FactWeight, measure: FactMeasure, known: SqlExpression) {
  const value = column('parts', measure.column);
  const by = column('parts', 'weight');
  const whole = and(known, isNotNull(by));
  const having = caseWhen([
    [
      greater(column('parts', `${measure.column}_known`), integer(0)),
      column('parts', weighedPart(fact, weight)),
    ],
  ]);
  const alone = equals(minimum(having), maximum(having));
  const outputs = [
    output(
      cast(sum(caseWhen([[whole, multiply(value, by)]])), decimalType(measure.decimals + weight.decimals)),
      `${measure.column}_weighted`,
    ),
    output(cast(sum(caseWhen([[whole, by]])), decimalType(weight.decimals)), `${measure.column}_weight`),
    output(cast(caseWhen([[alone, integer(1)]], integer(0)), integerType), `${measure.column}_alone`),
  ];
  return { whole, alone, outputs };
}

/** The members that are weighed are always among those that make a part. */
function weighedPart(fact: FactPlan, weight: FactWeight): string {
  const part = fact.parts.find(({ dimension }) => dimension === weight.dimension.dimension);
  invariant(part, 'a weighed dimension is one of parts');
  return `part_${part.column}`;
}
