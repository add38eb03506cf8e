import type { Grain } from '../catalog/block.ts';
import { grainBytes } from '../catalog/grainBytes.ts';
import type { Lattice, Rollup } from '../catalog/types.ts';
import { digitsOf, keptOf, type Merging, rollUp, rowsRead } from './rollUp.ts';
import { keysOf } from './sortRows.ts';

/** Bytes that rollups may have together, as a share of those of the finest cells. */
const budget = 0.4;
/** Fewer are gone through in microseconds, whatever is asked. */
const fewRows = 2000;
/** Rows looked at to count the rows of rollups, all sets of dimensions together: some tenths of a second. */
const mostCounted = 40_000_000;
/** A set whose codes combine in more ways is hardly smaller than the cells are. */
const mostCombinations = 2 ** 27;
/** Every rollup is read, checked and remembered by each reader. */
const mostRollups = 16;
/** A rollup that saves less than this share of all rows gone through is not worth its place. */
const leastBenefit = 0.002;

interface Candidate {
  readonly dimensions: readonly string[];
  readonly rows: number;
  /** Of its rows, at the widths of the finest cells. */
  readonly bytes: number;
}

/**
 * Which rollups of a table are kept (Harinarayan, Rajaraman and Ullman 1996): again and again the one that saves most
 * rows for its bytes, given those that are chosen, until the budget is spent. Every set of dimensions is asked as often
 * as every other. The part at hand with the most cells stands for all of them.
 */
export function chooseLattice(partition: string, finest: Grain, merging: Merging): Lattice {
  const bytes = grainBytes(finest);
  const candidates = candidatesOf(finest, merging, finest.rows < fewRows ? 0 : null);
  const rowsAsked = candidates.map(() => finest.rows);
  const total = finest.rows * candidates.length;
  const chosen: Rollup[] = [];
  const left = new Set(candidates.filter(({ rows }) => rows < finest.rows));
  let remaining = Math.floor(budget * bytes);
  while (left.size > 0 && chosen.length < mostRollups) {
    const [best] = [...left]
      .map((candidate) => ({ candidate, benefit: benefitOf(candidate, candidates, rowsAsked) }))
      .filter(({ benefit }) => benefit > leastBenefit * total)
      .sort((a, b) => b.benefit / b.candidate.bytes - a.benefit / a.candidate.bytes);
    if (!best) break;
    const { candidate, benefit } = best;
    left.delete(candidate);
    if (candidate.bytes > remaining) continue;
    // Sums are wider than what they are of, so what counts is what it really takes.
    const own = grainBytes(rollUp(finest, candidate.dimensions, merging));
    if (own > remaining) continue;
    remaining -= own;
    for (const [at, { dimensions }] of candidates.entries())
      if (isWithin(dimensions, candidate.dimensions))
        rowsAsked[at] = Math.min(rowsAsked[at] ?? candidate.rows, candidate.rows);
    chosen.push({
      dimensions: candidate.dimensions,
      rows: candidate.rows,
      bytes: own,
      benefit,
      reason: `of what was left it saved most rows for its bytes: ${candidate.rows} instead of ${finest.rows}`,
    });
  }
  return {
    partition,
    budget,
    finest: { rows: finest.rows, bytes },
    considered: candidates.length,
    rollups: chosen.sort((a, b) => a.rows - b.rows),
    reason: reasonOf(finest, chosen, left.size),
  };
}

function reasonOf({ rows }: Grain, chosen: readonly Rollup[], left: number): string {
  if (rows < fewRows) return `${rows} cells of a part are so few that going through them costs nothing`;
  if (chosen.length === mostRollups) return `${mostRollups} rollups are as many as a table has`;
  return left === 0
    ? 'every other set of dimensions is larger than what was left of the bytes, or no smaller than the cells'
    : 'what is left saves too little';
}

/** Rows that questions by each set of dimensions would go through less. */
function benefitOf(
  { dimensions, rows }: Candidate,
  questions: readonly Candidate[],
  rowsAsked: readonly number[],
): number {
  return questions.reduce(
    (sum, question, at) =>
      isWithin(question.dimensions, dimensions) ? sum + Math.max(0, (rowsAsked[at] ?? 0) - rows) : sum,
    0,
  );
}

const isWithin = (some: readonly string[], all: readonly string[]): boolean =>
  some.every((each) => all.includes(each));

/** Sets of dimensions, the smallest first: none, each, and as many larger ones as can be counted. */
function candidatesOf(
  finest: Grain,
  { leaves }: Merging,
  mostDimensions: number | null,
): readonly Candidate[] {
  const levels = new Set(Object.keys(leaves).map((column) => `${column}_level`));
  const columns = finest.dimensions.map(({ column }) => column).filter((column) => !levels.has(column));
  const most = Math.max(columns.length + 1, Math.floor(mostCounted / Math.max(1, finest.rows)));
  const stateBytes = grainBytes({ ...finest, dimensions: [] }) / Math.max(1, finest.rows);
  const candidates: Candidate[] = [];
  let counted = 0;
  for (const dimensions of subsetsOf(columns, mostDimensions ?? columns.length - 1)) {
    if (counted >= most) break;
    counted += 1;
    const kept = keptOf(finest, dimensions, leaves);
    const digits = digitsOf(finest, kept);
    const combinations = digits.reduce((product, { size }) => product * size, 1);
    if (combinations > mostCombinations) continue;
    const rows = countOf(keysOf(digits, finest.rows), combinations, rowsRead(finest, dimensions, leaves));
    const width = kept.reduce((sum, { ordinals }) => sum + ordinals.BYTES_PER_ELEMENT, stateBytes);
    candidates.push({ dimensions, rows, bytes: Math.max(1, rows * width) });
  }
  return candidates;
}

/** Subsets of so many at most, by size and then in the order of the items. */
function* subsetsOf(items: readonly string[], most: number): Iterable<readonly string[]> {
  let ofSize: readonly (readonly number[])[] = [[]];
  for (let size = 0; size <= most; size += 1) {
    for (const places of ofSize) yield places.map((at) => items[at] ?? '');
    ofSize = ofSize.flatMap((places) =>
      items.flatMap((_, at) => (at > (places.at(-1) ?? -1) ? [[...places, at]] : [])),
    );
  }
}

/** How many different keys there are. */
function countOf(keys: Uint32Array, combinations: number, read: Uint8Array | null): number {
  const seen = new Uint32Array(Math.ceil(combinations / 32));
  let count = 0;
  for (let row = 0; row < keys.length; row += 1) {
    if (read !== null && read[row] !== 1) continue;
    const key = keys[row] as number;
    const [word, bit] = [key >>> 5, 1 << (key & 31)];
    const before = seen[word] as number;
    if ((before & bit) !== 0) continue;
    seen[word] = before | bit;
    count += 1;
  }
  return count;
}
