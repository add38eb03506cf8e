import { assertNever, invariant } from '../../diagnostics/invariant.ts';
import { parseDecimal, type Rational } from '../../model/rational.ts';
import type { Kpi } from '../../model/types.ts';
import type { UsedExpression } from '../../query/bound.ts';
import { codeOf } from './statusCode.ts';

/** A figure of one place: a fraction of two whole numbers that doubles hold, or none, since they do not. */
export interface Register {
  status: number;
  numerator: number;
  denominator: number;
}

/** A measure by place, finished: what a formula reads. */
export interface UseColumns {
  readonly status: Uint8Array;
  readonly numerator: Float64Array;
  /** Of a place, or the same for all. */
  readonly denominator: Float64Array | number;
  /** What a value is multiplied with. */
  readonly scale: Rational;
}

/** Fills the register for a place. */
export type PlaceFormula = (place: number, out: Register) => void;

/** Sums, differences, products and quotients: what most KPIs are. */
export function isPlain(expression: UsedExpression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'use':
      return true;
    case 'negate':
      return isPlain(expression.operand);
    case 'arithmetic':
      return isPlain(expression.left) && isPlain(expression.right);
    default:
      return false;
  }
}

/** Whole numbers above this may have been rounded. */
const most = 2 ** 53;

/**
 * The formula as one function of a place. What doubles cannot hold has a denominator of 0 and is worked out again in
 * integers of any size, by whoever asks.
 */
export function placeFormula(
  expression: UsedExpression,
  uses: ReadonlyMap<string, UseColumns>,
  missing: Kpi['missing'],
): PlaceFormula {
  switch (expression.kind) {
    case 'number': {
      const { numerator, denominator } = parseDecimal(expression.value);
      const [above, below] = [Number(numerator), Number(denominator)];
      return (_, out) => {
        out.status = 0;
        out.numerator = above;
        out.denominator = below;
      };
    }
    case 'use':
      return useAt(expression.use, uses, missing);
    case 'negate': {
      const inner = placeFormula(expression.operand, uses, missing);
      return (place, out) => {
        inner(place, out);
        out.numerator = -out.numerator;
      };
    }
    case 'arithmetic':
      return combined(
        expression.operator,
        placeFormula(expression.left, uses, missing),
        placeFormula(expression.right, uses, missing),
      );
    default:
      throw new Error(`invariant: ${expression.kind} is not plain`);
  }
}

function useAt(id: string, uses: ReadonlyMap<string, UseColumns>, missing: Kpi['missing']): PlaceFormula {
  const use = uses.get(id);
  invariant(use, `the use ${id} is finished`);
  const { status, numerator, denominator, scale } = use;
  const [above, below] = [Number(scale.numerator), Number(scale.denominator)];
  const asZero = missing.operand === 'as_zero';
  return (place, out) => {
    const own = status[place] ?? 0;
    out.status = asZero ? 0 : own;
    out.numerator = own === 0 ? checked((numerator[place] ?? 0) * above) : 0;
    const under = typeof denominator === 'number' ? denominator : (denominator[place] ?? 1);
    out.denominator = own === 0 ? checked(under * below) : 1;
    if (Number.isNaN(out.numerator)) out.denominator = Number.NaN;
  };
}

const checked = (value: number): number => (Math.abs(value) < most ? value : Number.NaN);

function combined(operator: '+' | '-' | '*' | '/', left: PlaceFormula, right: PlaceFormula): PlaceFormula {
  const other: Register = { status: 0, numerator: 0, denominator: 1 };
  return (place, out) => {
    left(place, out);
    right(place, other);
    if (other.status > out.status) out.status = other.status;
    if (out.status !== 0) return;
    switch (operator) {
      case '+':
      case '-': {
        const second = operator === '+' ? other.numerator : -other.numerator;
        if (out.denominator === other.denominator) {
          out.numerator = checked(out.numerator + second);
          return;
        }
        out.numerator = checked(
          checked(out.numerator * other.denominator) + checked(second * out.denominator),
        );
        out.denominator = checked(out.denominator * other.denominator);
        return;
      }
      case '*':
        out.numerator = checked(out.numerator * other.numerator);
        out.denominator = checked(out.denominator * other.denominator);
        return;
      case '/': {
        if (other.numerator === 0) {
          out.status = codeOf.undefined;
          return;
        }
        const sign = other.numerator < 0 ? -1 : 1;
        const above =
          out.denominator === other.denominator ? out.numerator : checked(out.numerator * other.denominator);
        const below =
          out.denominator === other.denominator
            ? other.numerator
            : checked(out.denominator * other.numerator);
        out.numerator = sign * above;
        out.denominator = sign * below;
        return;
      }
      default:
        assertNever(operator);
    }
  };
}

/** Ids of the uses in a formula, in the order in which they stand. */
export function usesOf(expression: UsedExpression): readonly string[] {
  switch (expression.kind) {
    case 'use':
      return [expression.use];
    case 'negate':
      return usesOf(expression.operand);
    case 'arithmetic':
      return [...usesOf(expression.left), ...usesOf(expression.right)];
    default:
      return [];
  }
}
