import { mappingColumn } from '../../model/mappingColumns.ts';
import type { FactMeasure, FactPlan } from '../../plan/plan.ts';
import { caseWhen, cast, column, equals, integer, integerType, or, output, sum } from '../make.ts';
import { structureAlias } from './structures.ts';

/** How many rows of figures are cut by weights, or mapped over a break, where that is seen. */
export const mappedSuffixes = ['imputed', 'broken'] as const;

export function seenMappings(fact: FactPlan): FactPlan['structures'] {
  return fact.structures.filter(({ mapping }) => mapping !== null && mapping.broken.length > 0);
}

export function mappedCounts(fact: FactPlan, measure: FactMeasure) {
  const seen = seenMappings(fact);
  if (seen.length === 0) return [];
  const known = column('cells', `${measure.state}_known`);
  return mappedSuffixes.map((suffix) => {
    const cut = seen.flatMap(({ dimension, mapping }) =>
      (mapping?.[suffix] ?? []).map((level) =>
        equals(column(structureAlias(dimension), mappingColumn[suffix](level)), integer(1)),
      ),
    );
    return output(
      cast(sum(cut.length === 0 ? integer(0) : caseWhen([[or(...cut), known]], integer(0))), integerType),
      `${measure.column}_${suffix}`,
    );
  });
}
