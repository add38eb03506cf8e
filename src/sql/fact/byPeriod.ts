import type { FactMeasure, FactPlan } from '../../plan/plan.ts';
import { countWhere, periodColumn } from '../lowerCells.ts';
import {
  and,
  caseWhen,
  cast,
  column,
  equals,
  greater,
  integer,
  integerType,
  output,
  select,
  sum,
  table,
} from '../make.ts';
import type { SqlSelect } from '../tree.ts';
import { mappedSuffixes, seenMappings } from './mapped.ts';
import { mergeOf, squaresOf } from './merge.ts';
import { outColumn } from './periods.ts';
import { weighted } from './weights.ts';

export function byPeriodStep(fact: FactPlan): SqlSelect {
  const keys = [outColumn, periodColumn, ...fact.keys.map(({ level }) => level)];
  return select({
    select: [
      ...keys.map((name) => output(column('parts', name), name)),
      ...fact.measures.flatMap((measure) => measureByPeriod(fact, measure)),
    ],
    from: table('parts'),
    alias: 'parts',
    groupBy: keys.map((name) => column('parts', name)),
  });
}

function measureByPeriod(fact: FactPlan, measure: FactMeasure) {
  const of = (suffix: string) => column('parts', `${measure.column}_${suffix}`);
  const expected = equals(column('parts', 'expected'), integer(1));
  const none = (suffix: string) => equals(of(suffix), integer(0));
  const known = and(greater(of('known'), integer(0)), none('suppressed'));
  const weight = fact.weight && weighted(fact, fact.weight, measure, known);
  return [
    output(mergeOf(measure, column('parts', measure.column)), measure.column),
    ...squaresOf(measure, column('parts', `${measure.column}_squares`)),
    ...(weight?.outputs ?? []),
    output(
      weight
        ? caseWhen(
            [[weight.alone, countWhere(and(expected, known))]],
            countWhere(and(expected, weight.whole)),
          )
        : countWhere(and(expected, known)),
      `${measure.column}_delivered`,
    ),
    output(countWhere(and(expected, greater(of('suppressed'), integer(0)))), `${measure.column}_suppressed`),
    output(
      countWhere(and(expected, none('known'), none('suppressed'), greater(of('not_applicable'), integer(0)))),
      `${measure.column}_not_applicable`,
    ),
    ...(seenMappings(fact).length === 0
      ? []
      : mappedSuffixes.map((suffix) =>
          output(cast(sum(of(suffix)), integerType), `${measure.column}_${suffix}`),
        )),
    output(cast(sum(of('known')), integerType), `${measure.column}_known`),
    output(cast(sum(of('suppressed')), integerType), `${measure.column}_suppressed_rows`),
    output(cast(sum(of('not_applicable')), integerType), `${measure.column}_not_applicable_rows`),
  ];
}
