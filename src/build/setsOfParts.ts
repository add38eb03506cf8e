import { narrowed } from '../catalog/block.ts';
import type { SetsOfPart, SetsOfState } from '../catalog/setsFile.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { memberColumn, ordinalColumn } from '../sql/lowerSets.ts';
import { compacted } from './compacted.ts';
import type { SortedCells } from './sortedCells.ts';

/** The sets of some periods, which follow each other, of everybody in every cell as an engine gave them. */
export function setsOfPeriods(
  cells: SortedCells,
  periods: readonly string[],
  states: readonly string[],
): SetsOfPart {
  const first = cells.periods.indexOf(periods[0] ?? '');
  const [begin, end] = [cells.starts[first] ?? 0, cells.starts[first + periods.length] ?? 0];
  const order = cells.order.subarray(begin, end);
  const held = periods.filter((_, at) => rowsIn(cells, first + at) > 0);
  const firsts: number[] = [];
  const starts = [0];
  for (const [at] of periods.entries()) {
    if (rowsIn(cells, first + at) === 0) continue;
    const from = (cells.starts[first + at] ?? 0) - begin;
    for (let place = from; place < from + rowsIn(cells, first + at); place += 1)
      if (place === from || differs(cells, order[place - 1] as number, order[place] as number))
        firsts.push(place);
    starts.push(firsts.length);
  }
  const rows = Uint32Array.from([...firsts, order.length]);
  return {
    periods: held,
    starts: Uint32Array.from(starts),
    dimensions: cells.dimensions.map(({ column, codes, ordinals }) => {
      const own = new Uint32Array(firsts.length);
      for (let row = 0; row < own.length; row += 1)
        own[row] = ordinals[order[rows[row] as number] as number] as number;
      return { column, ...compacted(codes, own) };
    }),
    states: shared(states.map((state, at) => membersOf(state, cells, order, rows, memberColumn(at)))),
  };
}

const rowsIn = ({ starts }: SortedCells, at: number): number => (starts[at + 1] ?? 0) - (starts[at] ?? 0);

const differs = ({ dimensions }: SortedCells, one: number, other: number): boolean =>
  dimensions.some(({ ordinals }) => ordinals[one] !== ordinals[other]);

function membersOf(
  state: string,
  { numbers }: SortedCells,
  order: Uint32Array,
  rows: Uint32Array,
  member: string,
): SetsOfState {
  const [people, isMember] = [numbers.get(ordinalColumn), numbers.get(member)];
  invariant(people && isMember, 'people and whether they count were read');
  const counts = new Uint32Array(rows.length - 1);
  const ordinals = new Uint32Array(order.length);
  let used = 0;
  for (let row = 0; row < counts.length; row += 1) {
    const begin = used;
    for (let place = rows[row] as number; place < (rows[row + 1] as number); place += 1) {
      const at = order[place] as number;
      if (Number(isMember[at]) !== 1) continue;
      ordinals[used] = Number(people[at]);
      used += 1;
    }
    if (used - begin > 1) ordinals.subarray(begin, used).sort();
    counts[row] = used - begin;
  }
  return { state, counts: narrowed(counts), ordinals: ordinals.slice(0, used) };
}

/** States that count the very same people lie in the file once. */
function shared(states: readonly SetsOfState[]): readonly SetsOfState[] {
  const found: SetsOfState[] = [];
  for (const each of states) {
    const same = found.find(
      ({ counts, ordinals }) => isSame(counts, each.counts) && isSame(ordinals, each.ordinals),
    );
    found.push(same ? { ...same, state: each.state } : each);
  }
  return found;
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
