import fc from 'fast-check';
import { finestGrain } from '../../src/build/finestGrain.ts';
import { sortedCells } from '../../src/build/sortedCells.ts';
import type { Grain } from '../../src/catalog/block.ts';
import type { ColumnRead } from '../../src/engine/engine.ts';
import type { AggregateName } from '../../src/model/aggregates.ts';
import type { CellsPlan } from '../../src/plan/plan.ts';

/** A state of a cell, as somebody would write it down. */
export interface NaiveState {
  readonly value: bigint;
  readonly known: bigint;
  readonly suppressed: bigint;
  readonly notApplicable: bigint;
  readonly squares: bigint;
}

/** A cell: period, codes by column, states by name. */
export interface NaiveCell {
  readonly period: string;
  readonly codes: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, NaiveState>>;
}

export interface RandomCells {
  readonly plan: CellsPlan;
  readonly cells: readonly NaiveCell[];
}

const dimension = (column: string, leveled: boolean) => ({
  column,
  dimension: column,
  leaf: column,
  leveled,
});
const state = (name: string, aggregate: AggregateName, decimals = 0) =>
  ({ state: name, aggregate, column: null, key: [], decimals, where: null }) as const;

export const plan: CellsPlan = {
  source: 'star.ledighed',
  rows: null,
  periodColumn: 'maaned',
  dimensions: [dimension('kommune', true), dimension('koen', false), dimension('alder', false)],
  dropped: [],
  coarse: [],
  states: [
    state('antal', 'count'),
    state('beloeb', 'sum', 2),
    state('laveste', 'min', 1),
    state('hoejeste', 'max'),
    state('spredt', 'variance', 1),
  ],
};

/** Columns of codes, each with those that may occur. */
const codes = {
  kommune_level: ['kommune', 'land'],
  kommune: ['101', '751', '0851', 'uoplyst', '9'],
  koen: ['1', '2'],
  alder: ['0-17', '18', '67', '100', 'uoplyst', 'seksoghalvfjerds år'],
} as const;

const few = fc.constantFrom(0n, 0n, 1n, 2n, 700n);

/** Some of so many digits that doubles do not keep what they add up to. */
const value = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n }),
  fc.bigInt({ min: -(2n ** 56n), max: 2n ** 56n }),
);

const stateOf = (aggregate: AggregateName, large: boolean): fc.Arbitrary<NaiveState> =>
  fc
    .record({
      value: large ? value : fc.bigInt({ min: -9n, max: 300n }),
      known: few,
      suppressed: few,
      notApplicable: few,
    })
    .map((given) => ({
      ...given,
      suppressed: aggregate === 'min' ? 0n : given.suppressed,
      value: aggregate === 'count' ? given.known : given.known === 0n ? 0n : given.value,
      squares: aggregate === 'variance' ? given.known * 3n : 0n,
    }));

export const randomCells: fc.Arbitrary<RandomCells> = fc.boolean().chain((large) =>
  fc
    .uniqueArray(
      fc.record({
        period: fc.constantFrom('2026M01', '2026M02', '2026M03'),
        codes: fc.record({
          kommune_level: fc.constantFrom(...codes.kommune_level),
          kommune: fc.constantFrom(...codes.kommune),
          koen: fc.constantFrom(...codes.koen),
          alder: fc.constantFrom(...codes.alder),
        }),
        states: fc.record(
          Object.fromEntries(plan.states.map(({ state, aggregate }) => [state, stateOf(aggregate, large)])),
        ),
      }),
      { maxLength: 60, selector: ({ period, codes }) => JSON.stringify([period, Object.values(codes)]) },
    )
    .map((cells) => ({ plan, cells: cells as readonly NaiveCell[] })),
);

/** The cells as an engine hands them over. */
export function columnsOf({ plan, cells }: RandomCells): readonly ColumnRead[] {
  const texts = (name: string, values: readonly string[]): ColumnRead => {
    const occurring = [...new Set(values)];
    return {
      kind: 'codes',
      name,
      codes: occurring,
      ordinals: Uint32Array.from(values, (each) => occurring.indexOf(each)),
    };
  };
  const numbers = (name: string, values: readonly bigint[]): ColumnRead => ({
    kind: 'numbers',
    name,
    values: values.every((each) => Number.isSafeInteger(Number(each)))
      ? Float64Array.from(values, Number)
      : BigInt64Array.from(values),
  });
  return [
    texts(
      'periode',
      cells.map(({ period }) => period),
    ),
    ...Object.keys(codes).map((name) =>
      texts(
        name,
        cells.map((cell) => cell.codes[name] ?? ''),
      ),
    ),
    ...plan.states.flatMap(({ state }) => {
      const of = (field: keyof NaiveState) => cells.map(({ states }) => states[state]?.[field] ?? 0n);
      return [
        numbers(state, of('value')),
        numbers(`${state}_squares`, of('squares')),
        numbers(`${state}_known`, of('known')),
        numbers(`${state}_suppressed`, of('suppressed')),
        numbers(`${state}_not_applicable`, of('notApplicable')),
      ];
    }),
  ];
}

/** The finest grain of all of them. */
export function grainOf(random: RandomCells, periods = ['2026M01', '2026M02', '2026M03']): Grain {
  const sorted = sortedCells(random.plan, columnsOf(random), periods);
  if (!sorted) throw new Error('the cells fit');
  return finestGrain(random.plan, sorted, periods);
}

/** A grain written down again, row by row. */
export function cellsOf({ periods, starts, dimensions, states }: Grain): readonly NaiveCell[] {
  return periods.flatMap((period, at) => {
    const [begin = 0, end = 0] = [starts[at], starts[at + 1]];
    return Array.from({ length: end - begin }, (_, offset): NaiveCell => {
      const row = begin + offset;
      const count = (column: ArrayLike<number> | null) => BigInt(column?.[row] ?? 0);
      return {
        period,
        codes: Object.fromEntries(
          dimensions.map(({ column, codes, ordinals }) => [column, codes[ordinals[row] ?? -1] ?? '?']),
        ),
        states: Object.fromEntries(
          states.map((of) => [
            of.state,
            {
              value: BigInt(of.values[row] ?? 0),
              known: count(of.known),
              suppressed: count(of.suppressed),
              notApplicable: count(of.notApplicable),
              squares: of.squares?.[row] ?? 0n,
            },
          ]),
        ),
      };
    });
  });
}
