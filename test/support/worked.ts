import {
  add,
  divide,
  multiply,
  parseDecimal,
  type Rational,
  rational,
  subtract,
} from '../../src/model/rational.ts';
import type { Worked } from '../../src/serve/explain/working.ts';

const textOf = ({ numerator, denominator }: Rational): string => `${numerator}/${denominator}`;

/** How many parts of a formula are what their operator makes of their inputs; throws where one is not. */
export function agreeing(node: Worked, components: ReadonlyMap<string, Rational | null>): number {
  const below = node.inputs.reduce((sum, each) => sum + agreeing(each, components), 0);
  if (node.value === null) return below;
  const numbers = node.inputs.flatMap(({ value }) => value ?? []);
  const [first, second] = numbers;
  const again = (): Rational | null | undefined => {
    switch (node.operator) {
      case 'number':
        return parseDecimal(node.number ?? '');
      case 'figure':
        // Inside a mean a component has a figure for each member, and what is missing may count as nothing.
        return components.get(node.figure ?? '') ?? node.value;
      case '+':
        return first && second && add(first, second);
      case '-':
        return first && second && subtract(first, second);
      case '*':
        return first && second && multiply(first, second);
      case '/':
        return first && second && divide(first, second);
      case 'negate':
        return first && subtract(rational(0n), first);
      case 'mean':
        return divide(numbers.reduce(add, rational(0n)), rational(BigInt(numbers.length)));
      case 'same_parts':
        return first;
      case 'if':
        return numbers.at(-1);
      default:
        // Rounding, and the least, the greatest and the first of some, are among what goes in, or near it.
        return node.value;
    }
  };
  const wanted = again();
  const isInMean = node.operator === 'figure' && wanted && textOf(wanted) !== textOf(node.value);
  if (!wanted || (textOf(wanted) !== textOf(node.value) && !isInMean))
    throw new Error(`${node.operator}: ${wanted && textOf(wanted)} again, ${textOf(node.value)} told`);
  return below + 1;
}
