import { type Axis, axisOf } from '../../cells/axis.ts';
import type { Run } from '../../cells/memory.ts';
import { daysOfPair, levelsIn } from '../../cells/runFact.ts';
import type { MeasureUse } from '../../query/bound.ts';
import type { EditionCells } from '../editionCells.ts';
import type { Expectation } from '../expected.ts';
import { daysOf, type HotFact, type HotPlan, nameOf } from './plan.ts';

/** What the filters of a question make of its plan: which rows are read, and what is expected of each place. */
export interface HotSlice {
  readonly facts: readonly SlicedFact[];
  /** By use. */
  readonly expected: ReadonlyMap<string, ExpectedColumns>;
  /** Of each asked dimension that somebody expects members of: by period and key, whether it must have a row. */
  readonly rows: readonly (Uint8Array | null)[];
}

export interface SlicedFact {
  readonly hot: HotFact;
  readonly runs: readonly SlicedRun[];
  /** Slots of all axes together, where parts are kept apart. */
  readonly slots: number;
}

/** The rows of one source period, and where each goes. */
export interface SlicedRun {
  readonly run: Run;
  /** Pairs of rows to read from and to, one after the other: those that the first column's filter leaves. */
  readonly ranges: Uint32Array;
  /** Place of the answer that the first members have. */
  readonly place: number;
  readonly columns: readonly SlicedColumn[];
}

export interface SlicedColumn {
  readonly ordinals: Uint8Array | Uint16Array | Uint32Array;
  /** Ordinal to how far its place lies from the first, -1 where a filter keeps it out. */
  readonly places: Int32Array;
  /** The same of the slots of parts. */
  readonly slots: Int32Array;
  /** 1 where a complete delivery holds the part. */
  readonly expected: Uint8Array;
}

/** What finishing needs of each place beside figures. */
export interface ExpectedColumns {
  /** Whether those who deliver say what is known, or rows themselves. */
  readonly isPresence: boolean;
  /** Expected parts; -1 where nobody has said. */
  readonly parts: Int32Array;
  /** Those that came, of presence. */
  readonly present: Int32Array;
  /** Source periods that anybody came in, of presence. */
  readonly came: Int32Array;
  /** Source periods that the edition holds, and all of them, by period of the answer. */
  readonly held: Int32Array;
  readonly periods: Int32Array;
}

/** Null where some code has several places, so that the longer way is taken. */
export function hotSlice(
  plan: HotPlan,
  cells: EditionCells,
  expectation: Expectation,
  held: Readonly<Record<string, readonly string[]>>,
): HotSlice | null {
  const facts: SlicedFact[] = [];
  for (const hot of plan.facts) {
    const sliced = sliceFact(plan, hot, cells);
    if (sliced === null) return null;
    facts.push(sliced);
  }
  return {
    facts,
    expected: new Map(plan.bound.measures.map((use) => [use.id, expectedOf(plan, use, expectation, held)])),
    rows: rowsExpected(plan, expectation),
  };
}

function sliceFact(plan: HotPlan, hot: HotFact, { structures }: EditionCells): SlicedFact | null {
  const { fact, table, picked } = hot;
  const byDays = new Map<string, readonly Prepared[]>();
  for (const days of daysOf(fact)) {
    const prepared: Prepared[] = [];
    for (const need of hot.needs) {
      const filters = plan.bound.filters.filter(({ dimension }) => dimension === need.dimension);
      const axis = axisOf({ ...need, filters }, table.codes[need.column] ?? [], days, structures);
      const placed = axis.single && prepare(plan, need, axis);
      if (!placed) return null;
      prepared.push(placed);
    }
    byDays.set(nameOf(days), prepared);
  }
  const runs = fact.pairs.flatMap((pair): SlicedRun[] => {
    const run = picked.grain.runs.get(pair.source);
    const prepared = byDays.get(nameOf(daysOfPair(fact, pair)));
    if (!run || !prepared) return [];
    const levels = levelsIn(fact, table, run).map(({ column, ordinal }): Prepared => {
      const only = new Int32Array(table.codes[column]?.length ?? 0).fill(-1);
      if (ordinal >= 0) only[ordinal] = 0;
      return {
        column,
        places: only,
        slots: only,
        slotCount: 1,
        expected: new Uint8Array(only.length).fill(1),
      };
    });
    return [
      slicedRun(run, [...levels, ...prepared], picked.grain.columns[0], hot.firstPlace.get(pair.out) ?? 0),
    ];
  });
  const slots = [...byDays.values()].map((prepared) =>
    prepared.reduce((all, { slotCount }) => all * slotCount, 1),
  );
  return { hot, runs, slots: Math.max(1, ...slots) };
}

interface Prepared {
  readonly column: string;
  readonly places: Int32Array;
  readonly slots: Int32Array;
  readonly slotCount: number;
  readonly expected: Uint8Array;
}

function prepare(plan: HotPlan, need: HotFact['needs'][number], axis: Axis): Prepared | null {
  const dimension = plan.dimensions.find((each) => each.dimension === need.dimension);
  const order = dimension?.levels.map(({ name }) => need.levels.indexOf(name)) ?? [];
  const placeOfKey = axis.keys.map((key) => {
    if (!dimension) return 0;
    const place = dimension.placeOf.get(order.map((at) => key[at] ?? '').join('\n'));
    return place === undefined ? -1 : place * dimension.stride;
  });
  const slots = axis.single ?? new Int32Array();
  const places = slots.map((slot) => (slot < 0 ? -1 : (placeOfKey[axis.slots[slot]?.key ?? -1] ?? -1)));
  if (places.some((place, at) => place < 0 && (slots[at] ?? -1) >= 0)) return null;
  const expected = Uint8Array.from(slots, (slot) => (slot >= 0 && axis.slots[slot]?.expected ? 1 : 0));
  return { column: need.column, places, slots, slotCount: axis.slots.length, expected };
}

function slicedRun(
  run: Run,
  prepared: readonly Prepared[],
  first: string | undefined,
  place: number,
): SlicedRun {
  let stride = 1;
  const leading = prepared.find(({ column }) => column === first);
  const passing = leading ? leading.places.filter((each) => each >= 0).length : Number.POSITIVE_INFINITY;
  const ranges =
    leading && passing < leading.places.length / 2
      ? rangesOf(run, leading)
      : Uint32Array.of(run.from, run.to);
  const columns = prepared.flatMap(({ column, places, slots, slotCount, expected }): SlicedColumn[] => {
    const ordinals = run.columns.ordinals[column];
    const own = stride;
    stride *= slotCount;
    if (!ordinals) return [];
    return [{ ordinals, places, slots: slots.map((slot) => (slot < 0 ? -1 : slot * own)), expected }];
  });
  return { run, ranges, place, columns };
}

function rangesOf(run: Run, { places }: Prepared): Uint32Array {
  const lead = run.lead();
  const ranges: number[] = [];
  for (const [ordinal, place] of places.entries()) {
    const [from = 0, to = 0] = [lead[ordinal], lead[ordinal + 1]];
    if (place < 0 || from === to) continue;
    if (ranges.at(-1) === from) ranges[ranges.length - 1] = to;
    else ranges.push(from, to);
  }
  return Uint32Array.from(ranges);
}

function expectedOf(
  plan: HotPlan,
  use: MeasureUse,
  expectation: Expectation,
  held: Readonly<Record<string, readonly string[]>>,
): ExpectedColumns {
  const own = new Set(held[use.measure.source]);
  const members = plan.places / Math.max(1, plan.outs.length);
  const column = () => new Int32Array(plan.places);
  const columns = { isPresence: false, parts: column(), present: column(), came: column() };
  const periods = plan.outs.map(({ code }) => use.pairs.filter(({ out }) => out === code));
  const heldOf = periods.map((pairs) => pairs.filter(({ source }) => own.has(source)).length);
  let isPresence = false;
  for (const [at, out] of plan.outs.entries())
    for (let key = 0; key < members; key += 1) {
      const place = at * members + key;
      const codes = membersAt(plan, key);
      const present = expectation.presentOf(use, out.code, codes);
      if (present === null) {
        const parts = expectation.partsOf(use, out.code, codes);
        columns.parts[place] = parts === null ? -1 : parts.reduce((sum, each) => sum + each.parts, 0);
        continue;
      }
      isPresence = true;
      for (const each of present) {
        const came = own.has(each.source) ? each.present : 0;
        columns.parts[place] = (columns.parts[place] ?? 0) + each.expected;
        columns.present[place] = (columns.present[place] ?? 0) + came;
        const counts = came > 0 || (each.expected === 0 && own.has(each.source));
        if (counts) columns.came[place] = (columns.came[place] ?? 0) + 1;
      }
    }
  return {
    ...columns,
    isPresence,
    held: Int32Array.from(heldOf),
    periods: Int32Array.from(periods, (pairs) => pairs.length),
  };
}

/** Codes at the asked levels, in the order of the question. */
function membersAt(plan: HotPlan, key: number): string[] {
  const asked = plan.bound.levels.filter((level) => level.kind === 'member');
  return asked.map(({ name, dimension }) => {
    const own = plan.dimensions.find((each) => each.dimension === dimension);
    if (!own) return '';
    const at = own.levels.findIndex((level) => level.name === name);
    return own.keys[Math.floor(key / own.stride) % own.keys.length]?.[at] ?? '';
  });
}

function rowsExpected(plan: HotPlan, expectation: Expectation): (Uint8Array | null)[] {
  const asked = plan.bound.levels.filter((level) => level.kind === 'member');
  return plan.dimensions.map(({ levels, keys, placeOf, isExpected }) => {
    if (!isExpected) return null;
    const positions = levels.map((level) => asked.indexOf(level));
    const wanted = new Uint8Array(plan.outs.length * keys.length);
    for (const [at, { code }] of plan.outs.entries())
      for (const members of expectation.members(code)) {
        const place = placeOf.get(positions.map((position) => members[position] ?? '').join('\n'));
        if (place !== undefined) wanted[at * keys.length + place] = 1;
      }
    return wanted;
  });
}
