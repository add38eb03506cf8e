import type { TimeLevel } from './periods.ts';

export interface GroupLevel {
  readonly from: TimeLevel;
  readonly to: TimeLevel;
  /** Weeks are brought to the period of their Thursday, which they need not lie whole in. */
  readonly byThursday?: true;
}

/** One step on the way from the rows of one relation to those of another; names are columns before it. */
export type RowStep =
  | { readonly kind: 'where'; readonly condition: RowExpression }
  | { readonly kind: 'derive'; readonly columns: readonly DerivedColumn[] }
  | {
      readonly kind: 'group';
      readonly by: readonly string[];
      /** The level that the period column has before, and the coarser one that it is brought to. */
      readonly level: GroupLevel | null;
      readonly takes: readonly GroupTake[];
    }
  | {
      readonly kind: 'spread';
      readonly level: TimeLevel;
      readonly from: string;
      readonly to: string;
      readonly on: 'first_day' | 'last_day' | 'any_day';
    }
  | {
      readonly kind: 'match';
      readonly rows: string;
      /** Our columns and those of the other, which together are a key there. */
      readonly on: readonly { readonly ours: string; readonly theirs: string }[];
      /** The period columns, where the match is in a period; `by` periods of this level later. */
      readonly shift: {
        readonly ours: string;
        readonly theirs: string;
        readonly level: TimeLevel;
        readonly by: number;
      } | null;
      /** Rows of the other hold from a day to a day; `on` is ours. Null: always. */
      readonly valid: ValidOn | null;
      /** Who must have delivered the period looked in; left out where nobody can say, as in old editions. */
      readonly deliverers?: MatchDeliverers;
      readonly takes: readonly { readonly name: string; readonly column: string }[];
      readonly found: string | null;
      /** A row that several fit becomes one for each of them; left out where the key must be one. */
      readonly every?: true;
    }
  | {
      readonly kind: 'order';
      readonly by: readonly string[];
      readonly along: readonly string[];
      /** The period column, and how many periods a neighbour may lie in, the row's own counted; null: any. */
      readonly within: { readonly period: string; readonly level: TimeLevel; readonly count: number } | null;
      readonly takes: readonly {
        readonly name: string;
        readonly which: 'next' | 'previous';
        readonly column: string;
        /** How many rows away. */
        readonly places: number;
      }[];
    }
  | {
      readonly kind: 'join_stays';
      readonly by: readonly string[];
      readonly from: string;
      readonly to: string;
      readonly within: { readonly unit: 'days' | 'minutes'; readonly count: number };
    };

/** Our rows of a deliverer from whom nothing came in the period looked in are unknown there, and left out. */
export interface MatchDeliverers {
  readonly ours: string;
  /** The delivered source that is looked in, and its columns. */
  readonly source: string;
  readonly theirs: string;
  readonly period: string;
}

export interface ValidOn {
  readonly on: string;
  readonly from: string;
  readonly to: string;
  /** Whether the last day is one on which it holds. */
  readonly closed: boolean;
}

export interface DerivedColumn {
  readonly name: string;
  readonly expression: RowExpression;
  /** Columns that it reads, each once. */
  readonly reads: readonly string[];
  /** Codes that the result may be; what is none of them is the unknown member. Null where it is a code for sure, or none. */
  readonly codes: readonly string[] | null;
}

export interface GroupTake {
  readonly name: string;
  readonly aggregate: 'sum' | 'count' | 'distinct' | 'min' | 'max';
  readonly columns: readonly string[];
}

/** What a row expression gives. A `code` may be the unknown member, which counts as empty. */
export type RowType =
  | { readonly kind: 'number'; readonly decimals: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'code'; readonly dimension: string }
  | { readonly kind: 'period'; readonly level: TimeLevel }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  | { readonly kind: 'key'; readonly of: 'integer' | 'text'; readonly personal: boolean }
  | { readonly kind: 'condition' };

export type RowExpression =
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  /** ISO, as the text of a date or a time. */
  | { readonly kind: 'date' | 'time'; readonly value: string }
  | { readonly kind: 'column'; readonly name: string }
  /** A code, or nothing where it is the unknown member. */
  | { readonly kind: 'known'; readonly operand: RowExpression }
  /** A number with this many decimals, so that two branches have one type. */
  | { readonly kind: 'decimals'; readonly operand: RowExpression; readonly decimals: number }
  /** A number as the text of a code. */
  | { readonly kind: 'as_text'; readonly operand: RowExpression }
  | { readonly kind: 'not' | 'negate' | 'is_empty'; readonly operand: RowExpression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-' | '*';
      readonly left: RowExpression;
      readonly right: RowExpression;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
      readonly left: RowExpression;
      readonly right: RowExpression;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly left: RowExpression;
      readonly right: RowExpression;
    }
  | {
      readonly kind: 'in';
      readonly operand: RowExpression;
      readonly list: readonly RowExpression[];
      readonly negated: boolean;
    }
  | {
      readonly kind: 'if';
      readonly condition: RowExpression;
      readonly then: RowExpression;
      readonly otherwise: RowExpression;
    }
  | { readonly kind: 'coalesce'; readonly operands: readonly RowExpression[] }
  | {
      readonly kind: 'call';
      readonly function: RowFunction;
      readonly operands: readonly RowExpression[];
      /** Level of the period that is read or made. */
      readonly level: TimeLevel | null;
    };

export const rowFunctions = [
  'year',
  'month',
  'quarter',
  'day',
  'weekday',
  'day_of_year',
  'plus_days',
  'plus_months',
  'days',
  'months',
  'hours',
  'minutes',
  'age',
  'first_day',
  'last_day',
  'period_of',
  'date',
] as const;
export type RowFunction = (typeof rowFunctions)[number];
