/**
 * What each aggregate keeps (state), how two states become one (merge) and how a state becomes a
 * figure (finish). Planning, building, routing, explaining and tests all read this table, so that
 * none of them can have an opinion of its own.
 */
export interface Aggregate {
  /** Aggregate function over the column, giving the state. */
  readonly state: 'sum' | 'count' | 'min' | 'max';
  /** Aggregate function over states, giving the state of the union. */
  readonly merge: 'sum' | 'min' | 'max';
  /** `state`: the state is the figure. */
  readonly finish: 'state';
  /** Decimals of the state: those of the column that it is made of; 0 where it is made of rows. */
  readonly decimals: 'column' | 0;
  readonly words: { readonly da: string; readonly en: string };
}

export const aggregates = {
  sum: {
    state: 'sum',
    merge: 'sum',
    finish: 'state',
    decimals: 'column',
    words: { da: 'sum af', en: 'sum of' },
  },
  count: {
    state: 'count',
    merge: 'sum',
    finish: 'state',
    decimals: 0,
    words: { da: 'antal rækker', en: 'number of rows' },
  },
  min: {
    state: 'min',
    merge: 'min',
    finish: 'state',
    decimals: 'column',
    words: { da: 'mindste', en: 'least' },
  },
  max: {
    state: 'max',
    merge: 'max',
    finish: 'state',
    decimals: 'column',
    words: { da: 'største', en: 'greatest' },
  },
} as const satisfies Record<string, Aggregate>;

export type AggregateName = keyof typeof aggregates;
