import { divide, multiply, type Rational, rational } from '../../model/rational.ts';
import { type Flag, unionOfFlags } from '../../model/status.ts';
import type { BoundColumn, OutPeriod } from '../../query/bound.ts';
import { breaksIn, isValid } from '../finishColumn.ts';
import { finishFormula } from '../finishFormula.ts';
import { scaleOf } from '../finishMeasure.ts';
import { type AddedColumns, addFact, zeros } from './add.ts';
import { type FinishedUse, finishUse } from './figure.ts';
import { placeFormula, type Register, usesOf } from './formula.ts';
import type { AboutColumn, HotPlan } from './plan.ts';
import { roundedExactly, roundedTo } from './round.ts';
import type { HotSlice } from './slice.ts';
import { codeOf, statusOf } from './statusCode.ts';

/** An answer in columns: what an Arrow table of it is made of without a look at any value. */
export interface HotAnswer {
  readonly rows: number;
  readonly levels: readonly HotLevel[];
  readonly columns: readonly HotColumn[];
  /** Cells of the edition that were gone through, and the columns of the grains that they lie in. */
  readonly touched: number;
  readonly grains: readonly { readonly source: string; readonly columns: readonly string[] }[];
}

export interface HotLevel {
  readonly name: string;
  readonly codes: readonly string[];
  /** Place in the codes, by row. */
  readonly ordinals: Int32Array;
}

export interface HotColumn {
  readonly name: string;
  /** In units of the last decimal, rounded once, half away from zero; four words of 32 bits each, lowest first. */
  readonly values: Int32Array;
  /** By row; 0 is `ok`, the others as `statusOf` has them. */
  readonly status: Uint8Array;
  readonly delivered: Int32Array;
  readonly expected: Int32Array;
  /** Flags by row, as places in `flagSets`. */
  readonly flags: Uint8Array;
  readonly flagSets: readonly string[];
}

export interface HotScope {
  readonly decimals: number;
  readonly isSynthetic: (column: BoundColumn) => boolean;
  readonly isPreliminary: (column: BoundColumn, period: OutPeriod) => boolean;
}

export function hotAnswer(plan: HotPlan, slice: HotSlice, scope: HotScope): HotAnswer {
  const added = new Map<string, AddedColumns>();
  let touched = 0;
  for (const fact of slice.facts) {
    const found = addFact(fact, plan.places);
    for (const run of fact.runs)
      for (let at = 0; at < run.ranges.length; at += 2)
        touched += (run.ranges[at + 1] ?? 0) - (run.ranges[at] ?? 0);
    for (const [at, { uses }] of fact.hot.measures.entries())
      for (const { id } of uses) {
        const columns = found[at];
        if (columns) added.set(id, columns);
      }
  }
  const filled = plan.bound.columns.map((column) => fill(plan, slice, added, column, scope));
  const rows = chosenRows(plan, rowsHeld(plan, slice, added), filled);
  return {
    rows: rows.length,
    levels: plan.levels.map(({ name, codes, ordinals }) => ({
      name,
      codes,
      ordinals: picked(ordinals, rows),
    })),
    columns: filled.map((column, at) =>
      columnOf(plan, column, rows, plan.bound.columns[at]?.name ?? '', scope),
    ),
    touched,
    grains: slice.facts.map(({ hot }) => ({ source: hot.fact.source, columns: hot.picked.grain.columns })),
  };
}

// --- which rows --------------------------------------------------------------------------------------

/** Every expected member has a row, and every other that holds something. */
function rowsHeld(plan: HotPlan, slice: HotSlice, added: ReadonlyMap<string, AddedColumns>): Int32Array {
  const { places, dimensions, outs } = plan;
  const { order } = slice;
  const holds = new Uint8Array(places);
  for (const { known, suppressedRows, notApplicableRows } of new Set(added.values()))
    for (const place of order)
      if ((known[place] ?? 0) + (suppressedRows[place] ?? 0) + (notApplicableRows[place] ?? 0) > 0)
        holds[place] = 1;
  const members = places / Math.max(1, outs.length);
  const wanted = dimensions.map((dimension, at) => slice.rows[at] ?? foundKeys(dimension, holds));
  const rows = new Int32Array(places);
  let length = 0;
  for (const place of order) {
    const out = Math.floor(place / members);
    let isWanted = holds[place] === 1;
    if (!isWanted) {
      isWanted = true;
      for (const [at, { stride, keys, isExpected }] of dimensions.entries()) {
        const key = Math.floor((place % members) / stride) % keys.length;
        if (wanted[at]?.[isExpected ? out * keys.length + key : key] === 1) continue;
        isWanted = false;
        break;
      }
    }
    if (isWanted) rows[length++] = place;
  }
  return rows.subarray(0, length);
}

/** Members of a dimension that nobody expects any of: those met in any place, where one level is asked for. */
function foundKeys({ stride, keys, levels }: HotPlan['dimensions'][number], holds: Uint8Array): Uint8Array {
  const found = new Uint8Array(keys.length);
  if (levels.length > 1) return found;
  for (let place = 0; place < holds.length; place += 1)
    if (holds[place] === 1) found[Math.floor(place / stride) % keys.length] = 1;
  return found;
}

function chosenRows(plan: HotPlan, rows: Int32Array, filled: readonly FilledColumn[]): Int32Array {
  const { order, top } = plan.bound;
  const by = order ?? (top === null ? null : { column: 0, descending: true });
  const column = by && filled[by.column];
  if (!by || !column) return top === null ? rows : rows.subarray(0, top);
  const sorted = Int32Array.from(rows);
  const place = new Map(Array.from(rows, (each, at) => [each, at]));
  sorted.sort((a, b) => byValue(column, a, b, by.descending) || (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return top === null ? sorted : sorted.subarray(0, top);
}

/** Without a number last, whichever way the numbers go. */
function byValue(
  { status, numerator, denominator, exact }: FilledColumn,
  a: number,
  b: number,
  descending: boolean,
): number {
  const [left, right] = [status[a] === 0, status[b] === 0];
  if (!left || !right) return left === right ? 0 : left ? -1 : 1;
  const [one, other] = [exactAt(numerator, denominator, exact, a), exactAt(numerator, denominator, exact, b)];
  const order =
    typeof one === 'number' &&
    typeof other === 'number' &&
    one !== other &&
    Math.abs(one - other) > 1e-9 * Math.max(Math.abs(one), Math.abs(other))
      ? one - other
      : compareExactly(numerator, denominator, exact, a, b);
  return descending ? -order : order;
}

function exactAt(
  numerator: Float64Array,
  denominator: FilledColumn['denominator'],
  exact: FilledColumn['exact'],
  place: number,
): number | null {
  return exact.has(place) ? null : (numerator[place] ?? 0) / belowAt(denominator, place);
}

const belowAt = (denominator: FilledColumn['denominator'], place: number): number =>
  typeof denominator === 'number' ? denominator : (denominator[place] ?? 1);

function compareExactly(
  numerator: Float64Array,
  denominator: FilledColumn['denominator'],
  exact: FilledColumn['exact'],
  a: number,
  b: number,
): number {
  const of = (place: number): Rational =>
    exact.get(place) ?? {
      numerator: BigInt(numerator[place] ?? 0),
      denominator: BigInt(belowAt(denominator, place)),
    };
  const [one, other] = [of(a), of(b)];
  const [left, right] = [one.numerator * other.denominator, other.numerator * one.denominator];
  return left < right ? -1 : left > right ? 1 : 0;
}

// --- figures -----------------------------------------------------------------------------------------

/** A column of the answer in every place. */
interface FilledColumn {
  readonly status: Uint8Array;
  readonly numerator: Float64Array;
  readonly denominator: Float64Array | number;
  /** What a numerator is multiplied with to be in units of the last decimal; null where values are divided. */
  readonly multiplier: number | null;
  /** Places whose figure doubles cannot hold. */
  readonly exact: ReadonlyMap<number, Rational>;
  readonly delivered: Int32Array;
  readonly expected: Int32Array;
  readonly flagSets: AboutColumn['flagSets'];
  readonly flagOf: AboutColumn['flagOf'];
}

function fill(
  plan: HotPlan,
  slice: HotSlice,
  added: ReadonlyMap<string, AddedColumns>,
  column: BoundColumn,
  scope: HotScope,
): FilledColumn {
  const { missing } = column.kpi;
  const uses = new Map<string, FinishedUse>();
  for (const id of usesOf(column.expression)) {
    const use = plan.bound.measures.find((each) => each.id === id);
    const expected = slice.expected.get(id);
    if (use && expected)
      uses.set(
        id,
        finishUse(plan, slice.order, use, added.get(id) ?? emptyAdded(plan.places), expected, missing),
      );
  }
  const alone = figureAlone(plan, column, uses, scope);
  if (alone) return alone;
  const { places, outs } = plan;
  const members = places / Math.max(1, outs.length);
  const status = new Uint8Array(places);
  const [numerator, denominator] = [new Float64Array(places), new Float64Array(places)];
  const exact = new Map<number, Rational>();
  const formula = placeFormula(column.expression, uses, missing);
  const scale = scaleOf(column.unit);
  const [above, below] = [Number(scale.denominator), Number(scale.numerator)];
  const register: Register = { status: 0, numerator: 0, denominator: 1 };
  const { valid, flagSets, flagOf } = plan.columns.get(column) ?? aboutColumn(plan, column, scope);
  for (const place of slice.order) {
    if (valid[Math.floor(place / members)] === false) {
      status[place] = codeOf.not_applicable;
      continue;
    }
    formula(place, register);
    status[place] = register.status;
    if (register.status !== 0) continue;
    const [up, down] = [register.numerator * above, register.denominator * below];
    numerator[place] = up;
    denominator[place] = down;
    if (Math.abs(up) < 2 ** 53 && Math.abs(down) < 2 ** 53) continue;
    const value = exactly(column, uses, place);
    if (value === null) status[place] = codeOf.undefined;
    else exact.set(place, divide(value, scale));
  }
  const operands = [...uses.values()];
  const coverage = leastCovered(places, operands);
  return { status, numerator, denominator, multiplier: null, exact, ...coverage, flagSets, flagOf };
}

/** A measure as it is, in units that its whole numbers come to by multiplying: its columns are the answer's. */
function figureAlone(
  plan: HotPlan,
  column: BoundColumn,
  uses: ReadonlyMap<string, FinishedUse>,
  scope: HotScope,
): FilledColumn | null {
  const { expression, kpi, unit } = column;
  const use = expression.kind === 'use' ? uses.get(expression.use) : undefined;
  if (!use || typeof use.denominator !== 'number' || kpi.missing.operand === 'as_zero') return null;
  const { valid, flagSets, flagOf } = plan.columns.get(column) ?? aboutColumn(plan, column, scope);
  const { numerator, denominator } = multiply(
    divide(use.scale, scaleOf(unit)),
    rational(10n ** BigInt(scope.decimals)),
  );
  if (denominator !== 1n || numerator >= 2n ** 53n || valid.includes(false)) return null;
  return {
    status: use.status,
    numerator: use.numerator,
    denominator: 1,
    multiplier: Number(numerator),
    exact: noneExact,
    ...use.coverage,
    flagSets,
    flagOf,
  };
}

const noneExact: FilledColumn['exact'] = new Map();

const emptyAdded = (places: number): AddedColumns => {
  const none = zeros(places);
  return {
    value: new Float64Array(places),
    known: none,
    suppressedRows: none,
    notApplicableRows: none,
    periods: none,
    delivered: none,
    suppressed: none,
    notApplicable: none,
  };
};

/** The same formula over exact fractions. */
function exactly(
  column: BoundColumn,
  uses: ReadonlyMap<string, FinishedUse>,
  place: number,
): Rational | null {
  const { missing } = column.kpi;
  const none = { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };
  const { value } = finishFormula(
    column.expression,
    {
      of: (id) => {
        const use = uses.get(id);
        const status = statusOf[use?.status[place] ?? 0] ?? 'ok';
        if (!use || status !== 'ok') return { status, value: null, flags: [], coverage: none };
        const under = typeof use.denominator === 'number' ? use.denominator : (use.denominator[place] ?? 1);
        const own = rational(BigInt(use.numerator[place] ?? 0), BigInt(under));
        return { status, value: multiply(own, use.scale), flags: [], coverage: none };
      },
      parts: () => [],
      each: () => [],
      matched: () => {
        throw new Error('invariant: a plain formula matches no parts');
      },
    },
    missing,
  );
  return value;
}

/** The operand that is least covered says how far the figure can be trusted. */
function leastCovered(
  places: number,
  uses: readonly FinishedUse[],
): { expected: Int32Array; delivered: Int32Array } {
  const [first, ...rest] = uses;
  if (!first) return { expected: new Int32Array(places), delivered: new Int32Array(places) };
  if (rest.length === 0) return first.coverage;
  const [expected, delivered] = [first.coverage.expected.slice(), first.coverage.delivered.slice()];
  const share = (own: number, all: number) => (all === 0 ? 1 : own / all);
  for (const { coverage } of rest)
    for (let place = 0; place < places; place += 1) {
      const [all, own] = [coverage.expected[place] ?? 0, coverage.delivered[place] ?? 0];
      if (share(own, all) >= share(delivered[place] ?? 0, expected[place] ?? 0)) continue;
      expected[place] = all;
      delivered[place] = own;
    }
  return { expected, delivered };
}

/** What is the same for every answer of a question, worked out with the first. */
function aboutColumn(plan: HotPlan, column: BoundColumn, scope: HotScope): AboutColumn {
  const flags = plan.outs.map((period) => {
    const own: Flag[] = [
      ...(scope.isSynthetic(column) ? (['synthetic'] as const) : []),
      ...(breaksIn(column.kpi, period) ? (['break'] as const) : []),
      ...(scope.isPreliminary(column, period) ? (['preliminary'] as const) : []),
    ];
    return unionOfFlags([own]).join(' ');
  });
  const flagSets = [...new Set(flags)];
  const about: AboutColumn = {
    valid: plan.outs.map((period) => column.kind !== 'kpi' || isValid(column.kpi, period)),
    flagSets,
    flagOf: flags.map((each) => flagSets.indexOf(each)),
  };
  plan.columns.set(column, about);
  return about;
}

// --- columns of rows ---------------------------------------------------------------------------------

function columnOf(
  plan: HotPlan,
  filled: FilledColumn,
  rows: Int32Array,
  name: string,
  scope: HotScope,
): HotColumn {
  const members = plan.places / Math.max(1, plan.outs.length);
  const { status, numerator, denominator, multiplier, exact, flagSets, flagOf } = filled;
  const factor = 10 ** scope.decimals;
  const values = new Int32Array(rows.length * 4);
  const flags = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    const place = rows[row] ?? 0;
    flags[row] = flagOf[Math.floor(place / members)] ?? 0;
    if (status[place] !== 0) continue;
    const above = numerator[place] ?? 0;
    if (multiplier !== null) {
      const value = above * multiplier;
      if (Math.abs(value) < 2 ** 53) write(values, row, value);
      else writeExactly(values, row, BigInt(above) * BigInt(multiplier));
      continue;
    }
    const below = belowAt(denominator, place);
    const known = exact.get(place);
    const rounded = known ? Number.NaN : roundedTo(above, below, factor);
    if (Number.isNaN(rounded)) {
      const fraction = known ?? { numerator: BigInt(above), denominator: BigInt(below) };
      writeExactly(values, row, roundedExactly(fraction.numerator, fraction.denominator, BigInt(factor)));
    } else write(values, row, rounded);
  }
  return {
    name,
    values,
    status: pickedBytes(status, rows),
    delivered: picked(filled.delivered, rows),
    expected: picked(filled.expected, rows),
    flags,
    flagSets,
  };
}

/** A whole number that a double holds, as a two's complement of 128 bits. */
function write(words: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / 2 ** 32);
  words[row * 4] = value - high * 2 ** 32;
  words[row * 4 + 1] = high;
  const sign = value < 0 ? -1 : 0;
  words[row * 4 + 2] = sign;
  words[row * 4 + 3] = sign;
}

function writeExactly(words: Int32Array, row: number, value: bigint): void {
  for (let word = 0; word < 4; word += 1)
    words[row * 4 + word] = Number(BigInt.asIntN(32, value >> BigInt(32 * word)));
}

function picked(values: Int32Array, rows: Int32Array): Int32Array {
  const found = new Int32Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) found[row] = values[rows[row] ?? 0] ?? 0;
  return found;
}

function pickedBytes(values: Uint8Array, rows: Int32Array): Uint8Array {
  const found = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) found[row] = values[rows[row] ?? 0] ?? 0;
  return found;
}
