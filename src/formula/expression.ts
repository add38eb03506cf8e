import type { Span } from '../diagnostics/diagnostic.ts';

/**
 * Our own expression tree: formulas, filters and row conditions are all written in it.
 * mathjs parses the text and is then forgotten; every meaning is ours.
 */
export type Expression =
  | NumberExpression
  | TextExpression
  | NameExpression
  | UnaryExpression
  | ArithmeticExpression
  | ComparisonExpression
  | LogicExpression
  | InExpression
  | CallExpression;

/** `value` is the literal's decimal text ("1000", "0.05"), so that nothing is lost to a double. */
export interface NumberExpression {
  readonly kind: 'number';
  readonly value: string;
  readonly span: Span;
}
export interface TextExpression {
  readonly kind: 'text';
  readonly value: string;
  /** What the text is compared as, where that is no text: the model writes it in, with the value in its one way. */
  readonly as?: 'date' | 'time' | 'integer';
  readonly span: Span;
}
/** A name, with its dots: `ledige`, `beskaeftigelse.ledige`. */
export interface NameExpression {
  readonly kind: 'name';
  readonly name: string;
  readonly span: Span;
}
export interface UnaryExpression {
  readonly kind: 'unary';
  readonly operator: 'negate' | 'not';
  readonly operand: Expression;
  readonly span: Span;
}
export interface ArithmeticExpression {
  readonly kind: 'arithmetic';
  readonly operator: '+' | '-' | '*' | '/';
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
export interface ComparisonExpression {
  readonly kind: 'comparison';
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
export interface LogicExpression {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
/** `operand in ["a", "b"]`; `negated` for `not (k in [..])` written `not k in [..]`, re-associated. */
export interface InExpression {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly list: readonly Expression[];
  readonly negated: boolean;
  readonly span: Span;
}
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

/** Where a formula text stands: `start` is the offset of its first character in `file`. */
export interface TextOrigin {
  readonly file: string;
  readonly start: number;
}
