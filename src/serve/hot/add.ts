import type { StateInMemory } from '../../cells/memory.ts';
import type { SlicedFact, SlicedRun } from './slice.ts';

/** What a measure has in each place of an answer. */
export interface AddedColumns {
  readonly value: Float64Array;
  /** Rows. */
  readonly known: Int32Array;
  readonly suppressedRows: Int32Array;
  readonly notApplicableRows: Int32Array;
  /** Source periods with a value. */
  readonly periods: Int32Array;
  /** Expected parts. */
  readonly delivered: Int32Array;
  readonly suppressed: Int32Array;
  readonly notApplicable: Int32Array;
}

/** Adds up a fact, measure by measure. */
export function addFact(fact: SlicedFact, places: number): readonly AddedColumns[] {
  const added = fact.hot.measures.map(({ measure }) => emptyColumns(places, fact, measure.state));
  const parts = fact.hot.countsParts;
  for (const sliced of fact.runs) {
    found.find(sliced, parts && fact.hot.isFiner);
    for (const [at, { measure }] of fact.hot.measures.entries()) {
      const [columns, state] = [added[at], sliced.run.columns.states[measure.state]];
      if (!columns || !state) continue;
      if (parts && fact.hot.isFiner) addParts(columns, state, found, fact.slots);
      else addRows(columns, state, found, parts);
    }
  }
  return added;
}

/** Columns of which nothing can come are one column of zeros for all. */
function emptyColumns(places: number, { hot, runs }: SlicedFact, state: string): AddedColumns {
  const counts = () => new Int32Array(places);
  const none = zeros(places);
  const isPart = hot.countsParts;
  const has = (column: 'suppressed' | 'notApplicable') =>
    runs.some(({ run }) => (run.columns.states[state]?.[column] ?? null) !== null);
  const [suppressed, notApplicable] = [has('suppressed'), has('notApplicable')];
  return {
    value: new Float64Array(places),
    known: counts(),
    suppressedRows: suppressed || notApplicable ? counts() : none,
    notApplicableRows: suppressed || notApplicable ? counts() : none,
    periods: counts(),
    delivered: isPart ? counts() : none,
    suppressed: isPart ? counts() : none,
    notApplicable: isPart ? counts() : none,
  };
}

let nothing = new Int32Array(0);

/** Nobody writes to it. */
export function zeros(places: number): Int32Array {
  if (nothing.length < places) nothing = new Int32Array(places);
  return nothing.subarray(0, places);
}

/** The rows of a run that filters leave: where each lies, where it goes, and which part it is of. */
class Found {
  length = 0;
  rows = new Int32Array(1024);
  places = new Int32Array(1024);
  slots = new Int32Array(0);
  expected = new Uint8Array(1024);

  find({ ranges, place: first, columns }: SlicedRun, withSlots: boolean): void {
    this.length = 0;
    for (let range = 0; range < ranges.length; range += 2) {
      const [from = 0, to = 0] = [ranges[range], ranges[range + 1]];
      this.reserve(this.length + to - from, withSlots);
      const { rows, places, slots, expected } = this;
      let length = this.length;
      for (let row = from; row < to; row += 1) {
        let [place, slot, isExpected] = [first, 0, 1];
        let isLeft = true;
        for (let at = 0; at < columns.length; at += 1) {
          const column = columns[at];
          if (column === undefined) break;
          const ordinal = column.ordinals[row] ?? 0;
          const own = column.places[ordinal] ?? -1;
          if (own < 0) {
            isLeft = false;
            break;
          }
          place += own;
          isExpected &= column.expected[ordinal] ?? 0;
          if (withSlots) slot += column.slots[ordinal] ?? 0;
        }
        if (!isLeft) continue;
        rows[length] = row;
        places[length] = place;
        expected[length] = isExpected;
        if (withSlots) slots[length] = slot;
        length += 1;
      }
      this.length = length;
    }
  }

  reserve(wanted: number, withSlots: boolean): void {
    if (withSlots && this.slots.length < Math.max(wanted, this.rows.length))
      this.slots = grown(this.slots, Math.max(wanted, this.rows.length));
    if (wanted <= this.rows.length) return;
    const size = Math.max(wanted, 2 * this.rows.length);
    this.rows = grown(this.rows, size);
    this.places = grown(this.places, size);
    if (withSlots) this.slots = grown(this.slots, size);
    const expected = new Uint8Array(size);
    expected.set(this.expected);
    this.expected = expected;
  }
}

function grown(values: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(values);
  return larger;
}

/** One for all: nothing waits between finding rows and adding them. */
const found = new Found();

/** Every row is a part. A place that has several in one source period has them one after the other, or not. */
function addRows(
  columns: AddedColumns,
  state: StateInMemory,
  { length, rows, places, expected }: Found,
  isPart: boolean,
): void {
  const { value, known, periods, delivered } = columns;
  const { values, known: counts, suppressed, notApplicable } = state;
  const met = seen(value.length);
  for (let at = 0; at < length; at += 1) {
    const [row, place] = [rows[at] ?? 0, places[at] ?? 0];
    const count = counts[row] ?? 0;
    if (count === 0) continue;
    value[place] = (value[place] ?? 0) + Number(values[row] ?? 0);
    known[place] = (known[place] ?? 0) + count;
    if (met.first(place)) periods[place] = (periods[place] ?? 0) + 1;
    if (isPart && expected[at] === 1 && (suppressed === null || suppressed[row] === 0))
      delivered[place] = (delivered[place] ?? 0) + 1;
  }
  if (suppressed === null && notApplicable === null) return;
  for (let at = 0; at < length; at += 1) {
    const [row, place] = [rows[at] ?? 0, places[at] ?? 0];
    const [hidden, none] = [suppressed?.[row] ?? 0, notApplicable?.[row] ?? 0];
    columns.suppressedRows[place] = (columns.suppressedRows[place] ?? 0) + hidden;
    columns.notApplicableRows[place] = (columns.notApplicableRows[place] ?? 0) + none;
    if (!isPart || expected[at] === 0) continue;
    if (hidden > 0) columns.suppressed[place] = (columns.suppressed[place] ?? 0) + 1;
    else if (none > 0 && (counts[row] ?? 0) === 0)
      columns.notApplicable[place] = (columns.notApplicable[place] ?? 0) + 1;
  }
}

/** Several rows make a part, so they are put together first. */
function addParts(columns: AddedColumns, state: StateInMemory, found: Found, slots: number): void {
  const parts = new Map<
    number,
    { place: number; expected: number; known: number; hidden: number; none: number }
  >();
  const { length, rows, places, expected } = found;
  const { value, known, suppressedRows, notApplicableRows, periods } = columns;
  const met = seen(value.length);
  for (let at = 0; at < length; at += 1) {
    const [row, place] = [rows[at] ?? 0, places[at] ?? 0];
    // One part may be counted under several members of a dimension that no part is of.
    const key = place * slots + (found.slots[at] ?? 0);
    const part = parts.get(key) ?? { place, expected: expected[at] ?? 0, known: 0, hidden: 0, none: 0 };
    parts.set(key, part);
    const count = state.known[row] ?? 0;
    if (count > 0) {
      value[place] = (value[place] ?? 0) + Number(state.values[row] ?? 0);
      if (met.first(place)) periods[place] = (periods[place] ?? 0) + 1;
    }
    part.known += count;
    part.hidden += state.suppressed?.[row] ?? 0;
    part.none += state.notApplicable?.[row] ?? 0;
  }
  for (const { place, expected: isExpected, known: count, hidden, none } of parts.values()) {
    known[place] = (known[place] ?? 0) + count;
    suppressedRows[place] = (suppressedRows[place] ?? 0) + hidden;
    notApplicableRows[place] = (notApplicableRows[place] ?? 0) + none;
    if (isExpected === 0) continue;
    if (hidden > 0) columns.suppressed[place] = (columns.suppressed[place] ?? 0) + 1;
    else if (count > 0) columns.delivered[place] = (columns.delivered[place] ?? 0) + 1;
    else if (none > 0) columns.notApplicable[place] = (columns.notApplicable[place] ?? 0) + 1;
  }
}

/** Marks of one run over places: kept from run to run, and told apart by the run's number. */
let marks = new Int32Array(0);
let mark = 0;

function seen(places: number): { readonly first: (place: number) => boolean } {
  if (marks.length < places) {
    marks = new Int32Array(places);
    mark = 0;
  }
  // The numbers begin again before they are more than 31 bits.
  if (mark === 2 ** 31 - 1) {
    marks.fill(0);
    mark = 0;
  }
  mark += 1;
  const [own, all] = [mark, marks];
  return {
    first: (place) => {
      if (all[place] === own) return false;
      all[place] = own;
      return true;
    },
  };
}
