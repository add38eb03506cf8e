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
  /** Whether parts may overlap or leave out without the state showing it. */
  readonly finish: 'state';
  readonly needsColumn: boolean;
  /** Decimals of the state: those of the column, or none. */
  readonly decimals: 'column' | 0;
  readonly words: { readonly da: string; readonly en: string };
}

export const aggregates = {
  sum: {
    state: 'sum',
    merge: 'sum',
    finish: 'state',
    needsColumn: true,
    decimals: 'column',
    words: { da: 'sum af', en: 'sum of' },
  },
  count: {
    state: 'count',
    merge: 'sum',
    finish: 'state',
    needsColumn: false,
    decimals: 0,
    words: { da: 'antal rækker', en: 'number of rows' },
  },
  min: {
    state: 'min',
    merge: 'min',
    finish: 'state',
    needsColumn: true,
    decimals: 'column',
    words: { da: 'mindste', en: 'least' },
  },
  max: {
    state: 'max',
    merge: 'max',
    finish: 'state',
    needsColumn: true,
    decimals: 'column',
    words: { da: 'største', en: 'greatest' },
  },
} as const satisfies Record<string, Aggregate>;

export type AggregateName = keyof typeof aggregates;
