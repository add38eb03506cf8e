import { type AxisNeed, axesNeeded, axisOf } from '../../cells/axis.ts';
import type { TableInMemory } from '../../cells/memory.ts';
import { type PickedGrain, pickGrain } from '../../cells/pickGrain.ts';
import { daysOfPair, levelsIn } from '../../cells/runFact.ts';
import { aggregates } from '../../model/aggregates.ts';
import { compareCodes } from '../../model/codeOrder.ts';
import { deliveredSource } from '../../model/deliveredSource.ts';
import { delivererOf } from '../../model/deliverer.ts';
import { groupBy } from '../../model/groupBy.ts';
import { periodAt } from '../../model/periods.ts';
import type { FactMeasure, FactPlan } from '../../plan/plan.ts';
import type { BoundColumn, BoundQuery, MeasureUse, MemberLevel, OutPeriod } from '../../query/bound.ts';
import type { Days } from '../../query/figureDate.ts';
import type { EditionCells } from '../editionCells.ts';
import type { Expectation } from '../expected.ts';
import { isPlain } from './formula.ts';

/**
 * A question with everything settled that its filters leave as it is: which grain answers each fact, which places
 * the answer has, and in which order they come. What is asked again with other members starts here.
 */
export interface HotPlan {
  readonly bound: BoundQuery;
  readonly outs: readonly OutPeriod[];
  /** The asked dimensions, in the order in which places of the answer are counted. */
  readonly dimensions: readonly AskedDimension[];
  /** Places of the answer: its periods times the members of the asked dimensions. */
  readonly places: number;
  /** All places in the order of rows. */
  readonly order: Int32Array;
  /** By asked level: the codes that there are, and the code of each place. */
  readonly levels: readonly {
    readonly name: string;
    readonly codes: readonly string[];
    readonly ordinals: Int32Array;
  }[];
  readonly facts: readonly HotFact[];
  /** Filled by the first answer. */
  readonly columns: Map<BoundColumn, AboutColumn>;
}

/** Of a column, by period of the answer: whether the definition is in force, and the flags of its figures. */
export interface AboutColumn {
  readonly valid: readonly boolean[];
  /** Different sets of flags, and which of them each period has. */
  readonly flagSets: readonly string[];
  readonly flagOf: readonly number[];
}

export interface AskedDimension {
  readonly dimension: string;
  readonly levels: readonly MemberLevel[];
  /** Codes at the asked levels, in order. */
  readonly keys: readonly (readonly string[])[];
  readonly placeOf: ReadonlyMap<string, number>;
  /** How far apart neighbours lie. */
  readonly stride: number;
  /** Whether some source says whom it expects. */
  readonly isExpected: boolean;
}

export interface HotFact {
  readonly fact: FactPlan;
  readonly table: TableInMemory;
  readonly picked: PickedGrain;
  readonly needs: readonly AxisNeed[];
  readonly measures: readonly { readonly measure: FactMeasure; readonly uses: readonly MeasureUse[] }[];
  /** Place of the first member of each pair's period. */
  readonly firstPlace: ReadonlyMap<string, number>;
  /** Rows say what is known, so parts are counted; where silence is zero, who delivered does. */
  readonly countsParts: boolean;
  /** Parts are kept apart before they are counted: rows of the grain are finer than parts. */
  readonly isFiner: boolean;
}

/** Answers of so many places are made the longer way. */
const mostPlaces = 2_000_000;

/** Null, or the reason why the longer way is taken. */
export function refusalOf(bound: BoundQuery, facts: readonly FactPlan[], cells: EditionCells): string | null {
  const asked = bound.levels.filter((level) => level.kind === 'member');
  const sameLevels = (use: MeasureUse) =>
    use.askedOf === null &&
    use.levels.length === asked.length &&
    use.levels.every(({ name }, at) => name === asked[at]?.name);
  const dropsFilter = (use: MeasureUse) => use.filters.length !== bound.filters.length;
  if (bound.columns.length === 0) return 'no figure is asked for';
  if (bound.columns.some((column) => column.earlier)) return 'a formula was another before';
  if (!bound.columns.every(({ expression }) => isPlain(expression)))
    return 'a formula is more than a sum or a ratio';
  for (const use of bound.measures) {
    const { measure } = use;
    if (!sameLevels(use) || dropsFilter(use))
      return `${measure.name} is taken over other levels than those asked for`;
    if (use.totalAt !== null || use.parts !== 'add') return `${measure.name} does not add over what is asked`;
    if (Object.values(measure.over).some(({ kind }) => kind !== 'sum'))
      return `${measure.name} does not add over every dimension`;
    if (use.prices) return `${measure.name} is brought to the prices of a year`;
    const { merge, finish } = aggregates[measure.aggregate];
    if (merge !== 'sum' || (finish !== 'state' && finish !== 'mean'))
      return `${measure.name} is a ${measure.aggregate}`;
  }
  for (const fact of facts) {
    const table = cells.tables.get(fact.source);
    if (!table) return `the cells of ${fact.source} are not in memory`;
    if (fact.shares !== '1') return `members of ${fact.source} were split`;
    const picksOne = fact.measures.some(({ overTime }) => /^(last|first)/.test(overTime));
    const several = [...groupBy(fact.pairs, ({ out }) => out).values()].some((pairs) => pairs.length > 1);
    if (picksOne && several) return `a figure of ${fact.source} is that of one of several periods`;
    if (fact.measures.some(({ state }) => table.large.has(state)))
      return `sums of ${fact.source} may be more than a double keeps`;
  }
  return null;
}

/** What is expected: of a cell, and which members a dimension must have in a period, asked for it alone. */
export interface Expectations {
  readonly ofCells: Expectation;
  readonly members: (levels: readonly MemberLevel[], period: string) => readonly (readonly string[])[];
}

export function hotPlan(
  bound: BoundQuery,
  facts: readonly FactPlan[],
  cells: EditionCells,
  unfiltered: Expectations,
): HotPlan | string {
  const refusal = refusalOf(bound, facts, cells);
  if (refusal !== null) return refusal;
  const asked = bound.levels.filter((level): level is MemberLevel => level.kind === 'member');
  const grouped = [...groupBy(asked, ({ dimension }) => dimension)];
  const known = grouped.map(([dimension, levels]) => {
    const found = new Map<string, readonly string[]>();
    for (const fact of facts) addKeys(found, fact, dimension, levels, cells);
    for (const { code } of bound.periods)
      for (const members of unfiltered.members(levels, code)) found.set(members.join('\n'), members);
    const keys = [...found.values()].sort(compareKeys);
    return { dimension, levels, keys, isExpected: expects(bound, cells, dimension, levels) };
  });
  let stride = 1;
  const dimensions = known.map((each): AskedDimension => {
    const own = stride;
    stride *= each.keys.length;
    return { ...each, stride: own, placeOf: new Map(each.keys.map((key, at) => [key.join('\n'), at])) };
  });
  const places = bound.periods.length * stride;
  if (places > mostPlaces) return 'the answer has too many places';
  const levels = bound.levels.map((level) => levelOf(level, bound, dimensions, stride));
  const hot = facts.map((fact) => hotFact(fact, bound, cells, stride));
  if (hot.some((fact) => fact === null)) return 'no grain holds what is asked for';
  return {
    bound,
    outs: bound.periods,
    dimensions,
    places,
    levels,
    order: orderOf(levels, places),
    facts: hot.flatMap((fact) => fact ?? []),
    columns: new Map(),
  };
}

const compareKeys = (a: readonly string[], b: readonly string[]): number => {
  for (const [at, code] of a.entries()) {
    const order = compareCodes(code, b[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
};

function expects(
  bound: BoundQuery,
  { model }: EditionCells,
  dimension: string,
  levels: readonly MemberLevel[],
): boolean {
  return bound.measures.some(({ measure, levels: own }) => {
    const column = model.sources[measure.source]?.columns.find(
      (each) => each.kind === 'code' && each.dimension === dimension,
    );
    const isAsked = levels.every(({ name }) => own.some((each) => each.name === name));
    return isAsked && column?.kind === 'code' && column.expect !== 'delivered';
  });
}

function addKeys(
  found: Map<string, readonly string[]>,
  fact: FactPlan,
  dimension: string,
  levels: readonly MemberLevel[],
  { tables, structures }: EditionCells,
): void {
  const need = axesNeeded(fact).find((each) => each.dimension === dimension);
  const table = tables.get(fact.source);
  if (!need || !table) return;
  const order = levels.map(({ name }) => need.levels.indexOf(name));
  for (const days of daysOf(fact))
    for (const key of axisOf({ ...need, filters: [] }, table.codes[need.column] ?? [], days, structures)
      .keys) {
      const own = order.map((at) => key[at] ?? '');
      found.set(own.join('\n'), own);
    }
}

/** The different days of a fact's pairs. */
export function daysOf(fact: FactPlan): Days[] {
  const found = new Map<string, Days>();
  for (const pair of fact.pairs) {
    const days = daysOfPair(fact, pair);
    found.set(nameOf(days), days);
  }
  return [...found.values()];
}

export const nameOf = ({ structure, figures }: Days): string => `${structure} ${figures}`;

function levelOf(
  level: BoundQuery['levels'][number],
  bound: BoundQuery,
  dimensions: readonly AskedDimension[],
  members: number,
): HotPlan['levels'][number] {
  const places = bound.periods.length * members;
  const ordinals = new Int32Array(places);
  if (level.kind === 'time') {
    const isOne = bound.levels.filter(({ kind }) => kind === 'time').length === 1;
    const texts = bound.periods.map((period) =>
      isOne ? period.code : periodAt(period.firstDay, level.name).code,
    );
    const codes = [...new Set(texts)].sort();
    for (let place = 0; place < places; place += 1)
      ordinals[place] = codes.indexOf(texts[Math.floor(place / members)] ?? '');
    return { name: level.name, codes, ordinals };
  }
  const own = dimensions.find(({ dimension }) => dimension === level.dimension);
  const at = own?.levels.findIndex(({ name }) => name === level.name) ?? -1;
  const texts = (own?.keys ?? []).map((key) => key[at] ?? '');
  const codes = [...new Set(texts)].sort(compareCodes);
  const ordinalOf = texts.map((code) => codes.indexOf(code));
  for (let place = 0; place < places; place += 1) {
    const key = Math.floor((place % members) / (own?.stride ?? 1)) % (own?.keys.length ?? 1);
    ordinals[place] = ordinalOf[key] ?? 0;
  }
  return { name: level.name, codes, ordinals };
}

function orderOf(levels: HotPlan['levels'], places: number): Int32Array {
  const order = Int32Array.from({ length: places }, (_, place) => place);
  return order.sort((a, b) => {
    for (const { ordinals } of levels) {
      const difference = (ordinals[a] ?? 0) - (ordinals[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

function hotFact(
  fact: FactPlan,
  bound: BoundQuery,
  { model, tables }: EditionCells,
  members: number,
): HotFact | null {
  const table = tables.get(fact.source);
  const picked = table && pickGrain(fact, table);
  if (!table || !picked) return null;
  const placeOfOut = new Map(bound.periods.map(({ code }, at) => [code, at * members]));
  const [run] = picked.grain.runs.values();
  const levels = run ? levelsIn(fact, table, run).map(({ column }) => column) : [];
  const needs = axesNeeded(fact);
  const root = deliveredSource(model, fact.source);
  const separate = (column: string) =>
    needs.some((need) => need.column === column && (need.part !== null || need.levels.includes(need.leaf)));
  return {
    fact,
    table,
    picked,
    needs,
    measures: fact.measures.map((measure) => ({
      measure,
      uses: bound.measures.filter(({ id }) => measure.uses.includes(id)),
    })),
    firstPlace: placeOfOut,
    countsParts: !root || !delivererOf(root),
    isFiner: !picked.grain.columns.every((column) => levels.includes(column) || separate(column)),
  };
}
