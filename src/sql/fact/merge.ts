import type { FactMeasure } from '../../plan/plan.ts';
import { cast, decimalType, maximum, minimum, output, sum } from '../make.ts';
import type { SqlExpression } from '../tree.ts';

export function squaresOf(measure: FactMeasure, squares: SqlExpression) {
  if (!measure.squares) return [];
  return [output(cast(sum(squares), decimalType(2 * measure.decimals)), `${measure.column}_squares`)];
}

export function mergeOf(measure: FactMeasure, value: SqlExpression): SqlExpression {
  const merged = { sum, min: minimum, max: maximum }[measure.merge](value);
  return cast(merged, decimalType(measure.decimals));
}
