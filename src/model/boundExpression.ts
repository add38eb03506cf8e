import type { TimeLevel } from './periods.ts';
import type { KpiPrices } from './prices/types.ts';

/** Which periods a function over time takes instead of the asked ones; counts are of the operand's own frequency. */
export type Window =
  /** Counted in the step of the formula, or in a level of time. */
  | { readonly kind: 'lag'; readonly periods: number; readonly level: TimeLevel | null }
  | { readonly kind: 'same_period_last_year' }
  | { readonly kind: 'rolling'; readonly periods: number; readonly level: TimeLevel | null }
  | { readonly kind: 'ytd' | 'since_start' }
  /** `since_start` in an edition: from the first day that it holds. */
  | { readonly kind: 'since'; readonly day: number }
  | { readonly kind: 'to_date' | 'start_of'; readonly level: TimeLevel }
  | { readonly kind: 'at'; readonly period: string };

/** What a formula does with figures that are there already, whatever its leaves are. */
export interface NumberNode {
  readonly kind: 'number';
  readonly value: string;
}
export interface NegateNode<E> {
  readonly kind: 'negate';
  readonly operand: E;
}
export interface ArithmeticNode<E> {
  readonly kind: 'arithmetic';
  readonly operator: '+' | '-' | '*' | '/';
  readonly left: E;
  readonly right: E;
}
/** `decimals` is of `round`, 0 for the others. */
export interface CallNode<E> {
  readonly kind: 'call';
  readonly name: 'min' | 'max' | 'abs' | 'round' | 'or_zero';
  readonly operands: readonly E[];
  readonly decimals: number;
}
export interface IfNode<E> {
  readonly kind: 'if';
  readonly condition: FigureCondition<E>;
  readonly met: E;
  readonly otherwise: E;
}

export type FigureCondition<E> = ComparisonNode<E> | LogicNode<E> | NotNode<E>;
export interface ComparisonNode<E> {
  readonly kind: 'comparison';
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: E;
  readonly right: E;
}
export interface LogicNode<E> {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly left: FigureCondition<E>;
  readonly right: FigureCondition<E>;
}
export interface NotNode<E> {
  readonly kind: 'not';
  readonly operand: FigureCondition<E>;
}

/** The mean of a formula over the members of a level, each member counted once. */
export interface MeanOverNode<E> {
  readonly kind: 'mean_over';
  readonly level: string;
  readonly dimension: string;
  readonly operand: E;
}

/** Of the figures of each shorter period in the asked one, those that there are: their mean, the first or the last. */
export interface OfEachNode<E> {
  readonly kind: 'of_each';
  readonly pick: 'mean' | 'first' | 'last';
  readonly level: TimeLevel;
  readonly operand: E;
}

/** The formula over other periods. */
export interface MovedNode<E> {
  readonly kind: 'moved';
  readonly window: Window;
  readonly operand: E;
}

/** The formula with its amounts in the prices of one year, whatever year they are of. */
export interface InPricesNode<E> {
  readonly kind: 'in_prices';
  readonly year: string;
  readonly prices: KpiPrices;
  readonly operand: E;
}

/** The formula over all of some dimensions, whatever is asked of them. */
export interface TotalNode<E> {
  readonly kind: 'total';
  readonly dimensions: readonly string[];
  readonly operand: E;
}

export type BoundExpression =
  | NumberNode
  | { readonly kind: 'measure'; readonly measure: string }
  | NegateNode<BoundExpression>
  | ArithmeticNode<BoundExpression>
  | CallNode<BoundExpression>
  | IfNode<BoundExpression>
  | MovedNode<BoundExpression>
  | InPricesNode<BoundExpression>
  | TotalNode<BoundExpression>
  | MeanOverNode<BoundExpression>
  | OfEachNode<BoundExpression>;
