import { assertNever } from '../../diagnostics/invariant.ts';
import type { FactMeasure, FactPlan } from '../../plan/plan.ts';
import { countWhere, periodColumn } from '../lowerCells.ts';
import {
  ascending,
  cast,
  column,
  decimalType,
  integerType,
  isNotNull,
  output,
  select,
  sum,
  table,
  valueAtMax,
  valueAtMin,
} from '../make.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';
import { mappedSuffixes, seenMappings } from './mapped.ts';
import { mergeOf, squaresOf } from './merge.ts';
import { outColumn } from './periods.ts';

export function overTimeStep(fact: FactPlan): SqlSelect {
  const keys = [outColumn, ...fact.keys.map(({ level }) => level)];
  const counts = [
    'delivered',
    'suppressed',
    'not_applicable',
    'known',
    'suppressed_rows',
    'not_applicable_rows',
    ...(seenMappings(fact).length === 0 ? [] : mappedSuffixes),
  ];
  return select({
    select: [
      ...keys.map((name) => output(column('by_period', name), name)),
      ...fact.measures.flatMap((measure) => [
        output(overTime(measure, column('by_period', measure.column)), measure.column),
        ...squaresOf(measure, column('by_period', `${measure.column}_squares`)),
        ...(fact.weight === null
          ? []
          : ['weighted', 'weight'].map((suffix) =>
              output(
                sumAs(
                  `${measure.column}_${suffix}`,
                  suffix === 'weight'
                    ? fact.weight?.decimals
                    : measure.decimals + (fact.weight?.decimals ?? 0),
                ),
                `${measure.column}_${suffix}`,
              ),
            )),
        ...(fact.weight === null ? [] : [sumOfCounts(`${measure.column}_alone`)]),
        output(countWhere(isNotNull(column('by_period', measure.column))), `${measure.column}_periods`),
        ...counts.map((suffix) => sumOfCounts(`${measure.column}_${suffix}`)),
      ]),
    ],
    from: table('by_period'),
    alias: 'by_period',
    groupBy: keys.map((name) => column('by_period', name)),
    orderBy: keys.map((name) => ascending(column('by_period', name))),
  });
}

function sumOfCounts(name: string) {
  return output(cast(sum(column('by_period', name)), integerType), name);
}

function sumAs(name: string, decimals: number | undefined): SqlExpression {
  return cast(sum(column('by_period', name)), decimalType(decimals ?? 0));
}

/** The state over time; a mean's sum is divided by its periods when it is finished. */
function overTime(measure: FactMeasure, value: SqlExpression): SqlExpression {
  const period = column('by_period', periodColumn);
  const type = decimalType(measure.decimals);
  switch (measure.overTime) {
    case 'sum':
    case 'none':
    case 'pooled':
      return mergeOf(measure, value);
    case 'mean':
      return cast(sum(value), type);
    case 'last':
    case 'last_held':
      return cast(valueAtMax(value, period), type);
    case 'first':
    case 'first_held':
      return cast(valueAtMin(value, period), type);
    default:
      return assertNever(measure.overTime);
  }
}
