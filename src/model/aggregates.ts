import type { OverTime } from '../definitions/schema.ts';

/**
 * What each aggregate keeps (state), how two states become one (merge) and how a state becomes a
 * figure (finish). Planning, building, routing, explaining and tests all read this table, so that
 * none of them can have an opinion of its own.
 */
export interface Aggregate {
  /** Aggregate function over the column, giving the state. `known`: the rows that have a value. */
  readonly state: 'sum' | 'known' | 'min' | 'max';
  /** Whether the sum of squares is kept beside the state. */
  readonly squares: boolean;
  /** Aggregate function over states, giving the state of the union. */
  readonly merge: 'sum' | 'min' | 'max';
  /**
   * `state`: the state is the figure. `mean`: divided by the rows that have a value. `variance`: from sum,
   * squares and rows. `rows`: no state gives it, so it is taken from the rows at the grain asked for.
   */
  readonly finish: 'state' | 'mean' | 'variance' | 'rows';
  /** What nothing at all comes to: 0, or no figure. */
  readonly ofNothing: 'zero' | 'undefined';
  /** Decimals of the state: those of the column that it is made of; 0 where it is made of rows. */
  readonly decimals: 'column' | 0;
  /** Rules over time that make sense; the first is proposed where another is written. */
  readonly overTime: readonly OverTime[];
  readonly words: { readonly da: string; readonly en: string };
}

const held = ['last_held', 'first_held'] as const;
const adds = ['sum', 'mean', 'last', 'first', 'none', ...held] as const;
/** A mean of means is no mean: over time such a figure is made of all rows, or is that of one period. */
const ofRows = ['pooled', 'last', 'first', 'none', ...held] as const;

export const aggregates = {
  sum: {
    state: 'sum',
    squares: false,
    merge: 'sum',
    finish: 'state',
    ofNothing: 'zero',
    decimals: 'column',
    overTime: adds,
    words: { da: 'sum af', en: 'sum of' },
  },
  count: {
    state: 'known',
    squares: false,
    merge: 'sum',
    finish: 'state',
    ofNothing: 'zero',
    decimals: 0,
    overTime: adds,
    words: { da: 'antal rækker', en: 'number of rows' },
  },
  min: {
    state: 'min',
    squares: false,
    merge: 'min',
    finish: 'state',
    ofNothing: 'undefined',
    decimals: 'column',
    overTime: adds,
    words: { da: 'mindste', en: 'least' },
  },
  max: {
    state: 'max',
    squares: false,
    merge: 'max',
    finish: 'state',
    ofNothing: 'undefined',
    decimals: 'column',
    overTime: adds,
    words: { da: 'største', en: 'greatest' },
  },
  mean: {
    state: 'sum',
    squares: false,
    merge: 'sum',
    finish: 'mean',
    ofNothing: 'undefined',
    decimals: 'column',
    overTime: ofRows,
    words: { da: 'gennemsnit af', en: 'mean of' },
  },
  variance: {
    state: 'sum',
    squares: true,
    merge: 'sum',
    finish: 'variance',
    ofNothing: 'undefined',
    decimals: 'column',
    overTime: ofRows,
    words: { da: 'varians af', en: 'sample variance of' },
  },
  first: {
    state: 'sum',
    squares: false,
    merge: 'sum',
    finish: 'state',
    ofNothing: 'zero',
    decimals: 'column',
    overTime: adds,
    words: { da: 'første', en: 'first' },
  },
  last: {
    state: 'sum',
    squares: false,
    merge: 'sum',
    finish: 'state',
    ofNothing: 'zero',
    decimals: 'column',
    overTime: adds,
    words: { da: 'sidste', en: 'last' },
  },
  distinct: {
    state: 'known',
    squares: false,
    merge: 'sum',
    finish: 'rows',
    ofNothing: 'zero',
    decimals: 0,
    overTime: ['pooled', 'mean', 'sum', 'last', 'first', 'none', ...held],
    words: { da: 'antal forskellige', en: 'number of different' },
  },
  median: {
    state: 'known',
    squares: false,
    merge: 'sum',
    finish: 'rows',
    ofNothing: 'undefined',
    decimals: 'column',
    overTime: ofRows,
    words: { da: 'median af', en: 'median of' },
  },
  quantile: {
    state: 'known',
    squares: false,
    merge: 'sum',
    finish: 'rows',
    ofNothing: 'undefined',
    decimals: 'column',
    overTime: ofRows,
    words: { da: 'fraktil af', en: 'quantile of' },
  },
} as const satisfies Record<string, Aggregate>;

export type AggregateName = keyof typeof aggregates;

/** `sum of beloeb`, `number of different barn x type`. */
export function aggregateInWords(
  aggregate: AggregateName,
  column: string | null,
  key: readonly string[],
): string {
  return [aggregates[aggregate].words.en, column ?? key.join(' x ')].filter((word) => word !== '').join(' ');
}

/** Whether the figure is taken from rows, since no states of parts give it. */
export function isOfRows(aggregate: AggregateName): boolean {
  return aggregates[aggregate].finish === 'rows';
}

/** Whether a share of the figure of a member that was split is the same share of its state. */
export function takesShares(aggregate: AggregateName): boolean {
  const { merge, finish } = aggregates[aggregate];
  return merge === 'sum' && finish === 'state';
}
