import { invariant } from '../diagnostics/invariant.ts';
import type { Block, Counts, Grain, GrainState, Numbers } from './block.ts';
import { decimalText, unitsOf } from './decimalText.ts';
import { type Classes, exactSum } from './exactSums.ts';
import type { BlockCertificate, CertifiedRows, CertifiedState } from './types.ts';

/** What the states of a table are to each other: how those of several rows are merged. */
export type Merges = Readonly<Record<string, 'sum' | 'min' | 'max'>>;

/** Leveled column to its finest level. */
export type Leaves = Readonly<Record<string, string>>;

type Levels = Readonly<Record<string, string>>;

/** What the finest cells of a part add up to, and so every rollup of them; null where a sum has more than 64 bits. */
export function certificateOf(finest: Grain, merges: Merges, leaves: Leaves): BlockCertificate | null {
  const rows = sumsOf(finest, merges, leaves);
  const fits = rows?.every(({ states }) =>
    Object.values(states).every(({ value, magnitude, squares }) =>
      [value, magnitude, squares].every((text) => !text || unitsOf(text) < most),
    ),
  );
  return rows && fits ? { leaves, rows } : null;
}

const most = 2n ** 63n;

/**
 * Why a block is not what it was certified to be; null where it is. Every grain is added up, each by itself: rows at
 * the upper levels of a leveled dimension stand apart from those at its finest, and a rollup without the dimension
 * holds only these.
 */
export function certifies(block: Block, { leaves, rows: certified }: BlockCertificate): string | null {
  const merges: Merges = Object.fromEntries(
    Object.entries(certified[0]?.states ?? {}).map(([state, { merge }]) => [state, merge ?? 'sum'] as const),
  );
  for (const [at, grain] of block.grains.entries()) {
    const fault = faultOf(grain, merges, leaves, certified);
    if (fault !== null) return `${at === 0 ? 'the finest cells' : `the rollup ${nameOf(grain)}`}: ${fault}`;
  }
  return block.grains.length === 0 ? 'it holds no cells' : null;
}

const nameOf = ({ dimensions }: Grain): string =>
  `by ${dimensions.map(({ column }) => column).join(', ') || 'period'}`;

function faultOf(
  grain: Grain,
  merges: Merges,
  leaves: Leaves,
  certified: readonly CertifiedRows[],
): string | null {
  const misplaced = grain.dimensions.find(({ codes, ordinals }) =>
    ordinals.some((each) => each >= codes.length),
  );
  if (misplaced) return `a row has no code of ${misplaced.column}`;
  if (grain.starts.at(0) !== 0 || grain.starts.at(-1) !== grain.rows)
    return 'its periods are not all of its rows';
  if (grain.starts.some((start, at) => start < (grain.starts[at - 1] ?? 0)))
    return 'its periods are not in order';
  const wanted = certified.filter(({ levels }) =>
    Object.entries(levels).every(([column, level]) => isKept(grain, column) || level === leaves[column]),
  );
  const found = sumsOf(grain, merges, leaves);
  if (found === null) return 'a column holds what is no whole number';
  if (found.length !== wanted.length) return 'it holds rows at other levels';
  for (const { levels, states } of wanted) {
    const same = found.find((each) => isSame(each.levels, levels));
    if (!same) return 'it holds rows at other levels';
    for (const [state, sums] of Object.entries(states)) {
      const differing = differenceOf(same.states[state], sums);
      if (differing) return `${differing} of ${state}`;
    }
    if (Object.keys(same.states).length !== Object.keys(states).length) return 'it holds other states';
  }
  return null;
}

const isKept = ({ dimensions }: Grain, column: string): boolean =>
  dimensions.some((dimension) => dimension.column === column);

/** How far sums lie from zero on the way says something of the cells that they are of, and is another in a rollup. */
const compared = {
  value: 'the value',
  known: 'the number known',
  suppressed: 'the number suppressed',
  notApplicable: 'the number not applicable',
  squares: 'the squares',
} as const;

function differenceOf(found: CertifiedState | undefined, wanted: CertifiedState): string | null {
  for (const [field, name] of Object.entries(compared) as [keyof typeof compared, string][])
    if (found?.[field] !== wanted[field])
      return `${name} is ${found?.[field] ?? 'none'} and not ${wanted[field] ?? 'none'}`;
  return null;
}

const isSame = (a: Levels, b: Levels): boolean =>
  Object.entries(a).every(([column, level]) => b[column] === level);

/** Sums of a grain, of each combination of levels by itself, in the order of rows; null where it holds no numbers. */
function sumsOf(grain: Grain, merges: Merges, leaves: Leaves): readonly CertifiedRows[] | null {
  const { classes, levels } = classesOf(grain, leaves);
  const found: CertifiedRows[] = [];
  for (const [which, each] of levels.entries()) {
    const states: Record<string, CertifiedState> = {};
    for (const state of grain.states) {
      const sums = stateSums(state, merges[state.state] ?? 'sum', classes, which);
      if (sums === null) return null;
      states[state.state] = sums;
    }
    found.push({ levels: each, states });
  }
  return found;
}

/** Which levels the rows are of, in the order in which they come; what a grain does not have is at its finest. */
function classesOf(
  { rows, dimensions }: Grain,
  leaves: Leaves,
): { readonly classes: Classes; readonly levels: readonly Levels[] } {
  const kept = Object.keys(leaves).flatMap((column) => {
    const { codes, ordinals } = dimensions.find((each) => each.column === `${column}_level`) ?? {};
    return codes && ordinals ? [{ column, codes, ordinals }] : [];
  });
  const levelsAt = (row: number): Levels => ({
    ...leaves,
    ...Object.fromEntries(
      kept.map(({ column, codes, ordinals }) => [column, codes[ordinals[row] ?? 0] ?? '']),
    ),
  });
  if (rows === 0) return { classes: null, levels: [] };
  if (kept.every(({ codes }) => codes.length === 1)) return { classes: null, levels: [levelsAt(0)] };
  const classes = new Uint8Array(rows);
  const known = new Map<number, number>();
  const levels: Levels[] = [];
  for (let row = 0; row < rows; row += 1) {
    const key = kept.reduce((above, { codes, ordinals }) => above * codes.length + (ordinals[row] ?? 0), 0);
    const which = known.get(key) ?? levels.push(levelsAt(row)) - 1;
    if (which === levels.length - 1) known.set(key, which);
    classes[row] = which;
  }
  invariant(levels.length <= 256, 'levels of a table combine in few ways');
  return { classes, levels };
}

/** What states add up to; of the least and the greatest it is they. */
function stateSums(
  { values, known, suppressed, notApplicable, squares, decimals }: GrainState,
  merge: 'sum' | 'min' | 'max',
  classes: Classes,
  which: number,
): CertifiedState | null {
  const count = (column: Counts | null) => (column === null ? 0n : exactSum(column, classes, which)?.sum);
  const [rows, withheld, none] = [count(known), count(suppressed), count(notApplicable)];
  const squared = squares === null ? null : exactSum(squares, classes, which);
  const sums = merge === 'sum' ? exactSum(values, classes, which) : null;
  if (rows === undefined || withheld === undefined || none === undefined) return null;
  if (merge === 'sum' && sums === null) return null;
  const value = sums ? sums.sum : extreme(values, known, merge === 'min' ? 'min' : 'max', classes, which);
  return {
    ...(merge === 'sum' ? {} : { merge }),
    value: value === null ? null : decimalText(value, decimals),
    ...(sums && sums.magnitude !== sums.sum ? { magnitude: decimalText(sums.magnitude, decimals) } : {}),
    known: String(rows),
    ...(withheld === 0n ? {} : { suppressed: String(withheld) }),
    ...(none === 0n ? {} : { notApplicable: String(none) }),
    ...(squared ? { squares: decimalText(squared.sum, 2 * decimals) } : {}),
  };
}

/** The least or the greatest of the rows that have one. */
function extreme(
  values: Numbers,
  known: Counts,
  merge: 'min' | 'max',
  classes: Classes,
  which: number,
): bigint | null {
  let found: number | bigint | null = null;
  for (let row = 0; row < values.length; row += 1) {
    if (known[row] === 0 || (classes !== null && classes[row] !== which)) continue;
    const value = values[row] ?? 0;
    if (found === null || (merge === 'min' ? value < found : value > found)) found = value;
  }
  return found === null ? null : BigInt(found);
}
