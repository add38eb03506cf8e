import { type Axis, axisOf } from '../../cells/axis.ts';
import type { Run } from '../../cells/memory.ts';
import { daysOfPair, levelsIn } from '../../cells/runFact.ts';
import { deliveredSource } from '../../model/deliveredSource.ts';
import { delivererOf } from '../../model/deliverer.ts';
import { type SemanticModel, unknownMember } from '../../model/types.ts';
import type { MeasureUse } from '../../query/bound.ts';
import type { EditionCells } from '../editionCells.ts';
import type { Expectation } from '../expected.ts';
import { daysOf, type Expectations, type HotFact, type HotPlan, nameOf } from './plan.ts';

/** What the filters of a question make of its plan: which rows are read, and what is expected of each place. */
export interface HotSlice {
  /** The places that filters leave, in the order of rows. */
  readonly order: Int32Array;
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
  readonly dimension: string;
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
  expectation: Expectations,
  held: Readonly<Record<string, readonly string[]>>,
): HotSlice | null {
  const facts: SlicedFact[] = [];
  for (const hot of plan.facts) {
    const sliced = sliceFact(plan, hot, cells);
    if (sliced === null) return null;
    facts.push(sliced);
  }
  const rows = rowsExpected(plan, expectation);
  const order = placesLeft(plan, facts, rows);
  return {
    order,
    facts,
    expected: new Map(
      plan.bound.measures.map((use) => [use.id, expectedOf(plan, use, order, expectation, held, cells)]),
    ),
    rows,
  };
}

/** Of a dimension with a filter only the members that it leaves, met in rows or expected. */
function placesLeft(
  { bound, dimensions, outs, order, places }: HotPlan,
  facts: readonly SlicedFact[],
  rows: readonly (Uint8Array | null)[],
): Int32Array {
  const members = places / Math.max(1, outs.length);
  const filtered = dimensions.flatMap((each, at) => {
    const { dimension, keys, stride } = each;
    if (!bound.filters.some((filter) => filter.dimension === dimension)) return [];
    const left = new Uint8Array(keys.length);
    for (const [place, wanted] of (rows[at] ?? []).entries()) if (wanted === 1) left[place % keys.length] = 1;
    for (const { runs } of facts)
      for (const { columns } of runs)
        for (const column of columns)
          if (column.dimension === dimension)
            for (const place of column.places) if (place >= 0) left[place / stride] = 1;
    return [{ left, keys: keys.length, stride }];
  });
  if (filtered.length === 0) return order;
  return order.filter((place) =>
    filtered.every(({ left, keys, stride }) => left[Math.floor((place % members) / stride) % keys] === 1),
  );
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
        dimension: '',
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
  readonly dimension: string;
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
  return {
    column: need.column,
    dimension: need.dimension,
    places,
    slots,
    slotCount: axis.slots.length,
    expected,
  };
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
  const columns = prepared.flatMap(
    ({ column, dimension, places, slots, slotCount, expected }): SlicedColumn[] => {
      const ordinals = run.columns.ordinals[column];
      const own = stride;
      stride *= slotCount;
      if (!ordinals) return [];
      return [
        { dimension, ordinals, places, slots: slots.map((slot) => (slot < 0 ? -1 : slot * own)), expected },
      ];
    },
  );
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
  order: Int32Array,
  { ofCells }: Expectations,
  held: Readonly<Record<string, readonly string[]>>,
  { model }: EditionCells,
): ExpectedColumns {
  const own = new Set(held[use.measure.source]);
  const members = plan.places / Math.max(1, plan.outs.length);
  const column = () => new Int32Array(plan.places);
  const columns = { parts: column(), present: column(), came: column() };
  const periods = plan.outs.map(({ code }) => use.pairs.filter(({ out }) => out === code));
  const heldOf = periods.map((pairs) => pairs.filter(({ source }) => own.has(source)).length);
  const counted = countedDimensions(use, model);
  // Coverage is that of a kommune, whatever else a place says: it is asked once for all of them.
  const known = new Map<string, Expected>();
  let isPresence = false;
  for (const place of order) {
    const out = Math.floor(place / members);
    const codes = membersAt(plan, place % members);
    const key = [out, ...codes.filter((_, at) => isCounted(use, at, codes, counted))].join('\n');
    const found = known.get(key) ?? expectedAt(use, plan.outs[out]?.code ?? '', codes, ofCells, own);
    known.set(key, found);
    columns.parts[place] = found.parts;
    columns.present[place] = found.present;
    columns.came[place] = found.came;
    isPresence = found.isPresence;
  }
  return {
    ...columns,
    isPresence,
    held: Int32Array.from(heldOf),
    periods: Int32Array.from(periods, (pairs) => pairs.length),
  };
}

interface Expected {
  readonly isPresence: boolean;
  readonly parts: number;
  readonly present: number;
  readonly came: number;
}

function expectedAt(
  use: MeasureUse,
  period: string,
  codes: readonly string[],
  expectation: Expectation,
  held: ReadonlySet<string>,
): Expected {
  const present = expectation.presentOf(use, period, codes);
  if (present === null) {
    const said = expectation.partsOf(use, period, codes);
    const parts = said === null ? -1 : said.reduce((sum, each) => sum + each.parts, 0);
    return { isPresence: false, parts, present: 0, came: 0 };
  }
  // Nobody is present in what is not held.
  const own = present.map((each) => ({ ...each, isHeld: held.has(each.source) }));
  const cameOf = ({ present: came, isHeld }: (typeof own)[number]) => (isHeld ? came : 0);
  return {
    isPresence: true,
    parts: own.reduce((sum, { expected }) => sum + expected, 0),
    present: own.reduce((sum, each) => sum + cameOf(each), 0),
    came: own.filter((each) => cameOf(each) > 0 || (each.expected === 0 && each.isHeld)).length,
  };
}

/** Dimensions whose members say what is expected. */
function countedDimensions(
  { measure, coverageDimensions }: MeasureUse,
  model: SemanticModel,
): ReadonlySet<string> {
  const root = deliveredSource(model, measure.source);
  const deliverer = root && delivererOf(root);
  return new Set([...coverageDimensions, ...(deliverer ? [deliverer.dimension] : [])]);
}

/** The unknown member of any other dimension says that nobody is expected. */
const isCounted = (
  { levels }: MeasureUse,
  at: number,
  codes: readonly string[],
  counted: ReadonlySet<string>,
): boolean => counted.has(levels[at]?.dimension ?? '') || codes[at] === unknownMember;

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

function rowsExpected(plan: HotPlan, { members }: Expectations): (Uint8Array | null)[] {
  return plan.dimensions.map(({ levels, keys, placeOf, isExpected }) => {
    if (!isExpected) return null;
    const wanted = new Uint8Array(plan.outs.length * keys.length);
    for (const [at, { code }] of plan.outs.entries())
      for (const key of members(levels, code)) {
        const place = placeOf.get(key.join('\n'));
        if (place !== undefined) wanted[at * keys.length + place] = 1;
      }
    return wanted;
  });
}
