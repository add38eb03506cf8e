import { dayOfDate, periodAt } from '../../../src/model/periods.ts';
import type { Filter, GroupBy, JudgeCase, Reference, Table } from './cases.ts';
import { allDays, conditionText, type Days, intersect, splitFilter } from './conditions.ts';
import { frequencyOfGrain, levelOfGrain } from './definitions.ts';
import type { Manifest, SemanticModel } from './manifest.ts';
import { inputsOf, type Leaf, leavesOf, type Node, nodeOf, timeOfMeasure } from './metrics.ts';
import { columnOfDimension, type Place, placeOf, primaryOf, Refused, type World } from './places.ts';

/** One question to us, and how its answer is read as rows of the judge's. */
export interface Question {
  readonly kpis: readonly string[];
  readonly by: readonly string[];
  readonly where?: string;
  readonly order?: string;
  readonly top?: number;
  /** Stretches of time; each is asked by itself. */
  readonly periods: readonly string[];
  readonly reading: Reading;
}

export interface Reading {
  /** Columns of the judge's answer, each from a figure or a member of ours. */
  readonly columns: readonly (
    | { readonly kind: 'figure'; readonly at: number }
    | { readonly kind: 'time'; readonly at: number; readonly grain: string }
    | { readonly kind: 'member'; readonly at: number; readonly type: string }
  )[];
  /** Figures that say whether a row is there at all: where nothing came in any of them, it is not. */
  readonly present: readonly number[];
  /** Every period of the calendar has a row, whatever came. */
  readonly onCalendar: boolean;
  /** Our rows go forward in time; the judge wants them backward. */
  readonly backward: boolean;
}

/** A source of ours that a metric is counted in: a model's table, in periods of one of its times. */
export interface Fact {
  readonly id: string;
  readonly model: SemanticModel;
  readonly time: string;
  readonly grain: string;
  readonly codes: Map<
    string,
    { readonly dimension: string; readonly place: Place; readonly from: string | null }
  >;
  readonly numbers: Map<string, NumberColumn>;
  /** Columns that name somebody or something, by their name in the table. */
  readonly keys: Map<string, string>;
  /** Look-ups in order, by what tells them apart. */
  readonly matches: Map<string, Match>;
}

/** A table that rows are looked up in, with the columns that some look-up needs. */
export interface Lookup {
  readonly id: string;
  readonly model: SemanticModel;
  readonly columns: Set<string>;
  /** Columns that are read as dates: the others are matched and named only. */
  readonly dates: Set<string>;
}

export interface NumberColumn {
  readonly place: Place;
  /** `value`: the number itself; `one`: 1 where there is something, or it is true, else 0. */
  readonly of: 'value' | 'one';
}

export interface DimensionNeed {
  readonly id: string;
  readonly leaf: string;
  readonly isTime: boolean;
  readonly levels: Set<string>;
  readonly places: Place[];
}

export interface Translation {
  readonly world: World;
  readonly facts: Map<string, Fact>;
  readonly lookups: Map<string, Lookup>;
  readonly dimensions: Map<string, DimensionNeed>;
  readonly kpis: Map<string, KpiRecord>;
}

export interface MeasureRecord {
  readonly source: string;
  readonly [key: string]: unknown;
}

export interface KpiRecord {
  readonly measures: Record<string, MeasureRecord>;
  readonly [key: string]: unknown;
}

export const newTranslation = (manifest: Manifest, tables: readonly Table[]): Translation => ({
  world: { manifest, tables: Object.fromEntries(tables.map((table) => [table.name, table])) },
  facts: new Map(),
  lookups: new Map(),
  dimensions: new Map(),
  kpis: new Map(),
});

export const calendar: Days = [dayOfDate('2000-01-01') ?? 0, dayOfDate('2040-12-31') ?? 0];

// --- questions ---------------------------------------------------------------------------------

export function questionOf(translation: Translation, asked: JudgeCase): Question {
  refuseOutright(asked);
  const { manifest } = translation.world;
  const nodes = asked.metrics.map((name) => ({ name, node: nodeOf(manifest, name) }));
  const leaves = nodes.flatMap(({ node }) => leavesOf(node));
  if (asked.time_constraint && nodes.some(({ node }) => isShiftedWindow(node)))
    throw new Refused(
      'the range of the question cuts what is shifted, and our figures do not change with what is asked',
    );
  if (asked.metrics.length === 0) throw new Refused('members without a figure');
  const isAxis = (name: string, path: readonly string[]) =>
    name === 'metric_time' ||
    leaves.every(
      (leaf) => timeOfMeasure(leaf) === name && path.length === 1 && path[0] === primaryOf(leaf.model),
    );
  const isTimeRef = ({ kind, name, grain }: Reference) =>
    kind !== 'metric' &&
    levelOfGrain[grain ?? 'day'] !== undefined &&
    (name === 'metric_time' || isAxis(name.split('__').at(-1) ?? '', name.split('__').slice(0, -1)));
  const axis = (each: GroupBy) =>
    each.date_part === undefined &&
    levelOfGrain[each.grain ?? ''] !== undefined &&
    (each.kind === 'metric_time' ||
      (each.kind === 'time_dimension' && isAxis(each.element, each.entity_path)));

  const times = [...new Set(asked.group_by_resolved.filter(axis).map(({ grain = 'day' }) => grain))];
  if (times.length > 1) throw new Refused('two levels of time in one question');
  const members = asked.group_by_resolved.filter((each) => !axis(each));
  const by = [
    ...times.map((grain) => levelOfGrain[grain] ?? ''),
    ...members.map((each) => memberOf(translation, each, leaves)),
  ];
  const split = asked.where === null ? null : splitFilter(asked.where, isTimeRef);
  const where = split ? requestWhere(translation, split, leaves) : undefined;
  const kpis = nodes.map(({ name, node }) => kpiOf(translation, name, node));
  const helpers = nodes.flatMap(({ name, node }) => helpersOf(translation, name, node));
  const present = [...kpis, ...helpers].flatMap((_, at) =>
    at >= kpis.length || !isComposed(nodes[at]?.node) ? [at] : [],
  );
  return {
    kpis: [...kpis, ...helpers],
    by,
    ...(where === undefined ? {} : { where }),
    ...orderOf(asked),
    periods: periodsOf(
      asked,
      nodes.map(({ node }) => node),
      times[0],
      split?.days ?? null,
    ),
    reading: {
      columns: asked.columns.map((column) => readingOf(translation, asked, column, times, members, axis)),
      present,
      // What no member is cannot be the member that a filter wants.
      onCalendar:
        times.length > 0 &&
        leaves.some(({ onCalendar }) => onCalendar) &&
        !members.some(({ name }) => split?.refs.some((ref) => ref.name === name)),
      backward: asked.check_order && (asked.order_bys[0]?.startsWith('-metric_time') ?? false),
    },
  };
}

const isShiftedWindow = (node: Node): boolean => node.kind === 'shift' && node.operand.kind === 'cumulative';

/** Ordering by a figure is a part of our question too; ties keep the order of the members. */
function orderOf({ check_order, order_bys, limit, metrics }: JudgeCase): Pick<Question, 'order' | 'top'> {
  const [first = ''] = order_bys;
  const byFigure = check_order && metrics.includes(first.replace('-', ''));
  return { ...(byFigure ? { order: first } : {}), ...(limit === null ? {} : { top: limit }) };
}

const subDaily = new Set(['hour', 'minute', 'second', 'millisecond', 'microsecond', 'nanosecond']);

function refuseOutright(asked: JudgeCase): void {
  if (asked.needs.includes('sub-daily')) throw new Refused('periods shorter than a day');
  if (asked.needs.includes('approximate')) throw new Refused('approximate percentiles: ours are exact');
  if (asked.group_by_resolved.some(({ grain }) => subDaily.has(grain ?? '')))
    throw new Refused('periods shorter than a day');
}

function readingOf(
  { world }: Translation,
  asked: JudgeCase,
  column: string,
  times: readonly string[],
  members: readonly GroupBy[],
  axis: (each: GroupBy) => boolean,
): Reading['columns'][number] {
  const metric = asked.metrics.indexOf(column);
  if (metric >= 0) return { kind: 'figure', at: metric };
  const group = asked.group_by_resolved.find((each) => each.column === column);
  if (!group) throw new Refused(`the column ${column} is not asked for`);
  if (axis(group)) return { kind: 'time', at: 0, grain: group.grain ?? 'day' };
  const at = times.length + members.indexOf(group);
  if (group.kind === 'time_dimension' && group.date_part === undefined && levelOfGrain[group.grain ?? ''])
    return { kind: 'time', at, grain: group.grain ?? 'day' };
  return { kind: 'member', at, type: group.date_part === undefined ? memberType(world, group) : 'BIGINT' };
}

function memberType(world: World, group: GroupBy): string {
  for (const model of world.manifest.models) {
    const place = placeOf(world, model, pathOf(group), group.element);
    if (place) return place.type;
  }
  return 'VARCHAR';
}

const pathOf = (group: GroupBy) => group.resolved_entity_path ?? group.entity_path;

/** The stretches of time of a question: the one asked for, widened to whole periods, cut by the filter's days. */
function periodsOf(
  asked: JudgeCase,
  nodes: readonly Node[],
  grain: string | undefined,
  days: readonly Days[] | null,
): string[] {
  const coarsest = coarsestGrain([...nodes.flatMap(leavesOf).map(grainOf), grain ?? 'day']);
  const wanted: readonly Days[] =
    asked.time_constraint === null
      ? [calendar]
      : [
          [
            periodAt(dayOf(asked.time_constraint[0]), levelOfGrain[coarsest] ?? 'dag').firstDay,
            periodAt(dayOf(asked.time_constraint[1]), levelOfGrain[coarsest] ?? 'dag').lastDay,
          ],
        ];
  const cut = intersect(wanted, days ?? [allDays]);
  const level = levelOfGrain[coarsest] ?? 'dag';
  return cut.map(([from, to]) => {
    const [first, last] = [periodAt(from, level).code, periodAt(to, level).code];
    return first === last ? first : `${first}..${last}`;
  });
}

const dayOf = (moment: string): number => dayOfDate(moment.slice(0, 10)) ?? 0;

const grains = ['day', 'week', 'month', 'quarter', 'year'];

const coarsestGrain = (found: readonly string[]): string =>
  found.reduce((most, grain) => (grains.indexOf(grain) > grains.indexOf(most) ? grain : most), 'day');

function grainOf(leaf: Leaf): string {
  const time = leaf.model.dimensions?.find(({ name }) => name === timeOfMeasure(leaf));
  return time?.type_params?.time_granularity ?? 'day';
}

// --- members -----------------------------------------------------------------------------------

/** The level of ours for a grouping; every fact of the question is made to hold it. */
function memberOf(translation: Translation, group: GroupBy, leaves: readonly Leaf[]): string {
  if (group.date_part !== undefined) throw new Refused('parts of dates');
  if (group.grain !== undefined && levelOfGrain[group.grain] === undefined)
    throw new Refused("periods of a calendar of one's own");
  const id = group.kind === 'time_dimension' ? [...group.entity_path, group.element].join('__') : group.name;
  return levelAt(translation, id, pathOf(group), group.element, group.grain, leaves);
}

function levelAt(
  translation: Translation,
  id: string,
  path: readonly string[],
  element: string,
  grain: string | undefined,
  leaves: readonly Leaf[],
): string {
  const level = grain === undefined ? id : `${id}__${grain}`;
  for (const leaf of leaves) {
    const place = placeOf(translation.world, leaf.model, path, element);
    if (!place) throw new Refused(`${leaf.model.name} has no ${id}`);
    const need = translation.dimensions.get(id) ?? {
      id,
      leaf: grain === undefined ? id : `${id}__day`,
      isTime: grain !== undefined,
      levels: new Set<string>(),
      places: [],
    };
    if (grain !== undefined) need.levels.add(grain);
    need.places.push(place);
    translation.dimensions.set(id, need);
    const fact = factOf(translation, leaf);
    const from = place.hops.length === 0 ? null : wayTo(translation, fact, place, grain !== undefined);
    fact.codes.set(id, { dimension: id, place, from });
  }
  return level;
}

/** A look-up on the way from a fact, and what it brings along, by the names that the fact gets. */
export interface Match {
  readonly lookup: string;
  readonly on: Readonly<Record<string, string>>;
  readonly valid: { readonly from: string; readonly to: string; readonly on: string } | null;
  readonly take: Map<string, string>;
}

/** Adds the look-ups of a place to a fact, each once, and says in which column of the fact its value then is. */
function wayTo(
  translation: Translation,
  fact: Fact,
  { hops, column, model: last }: Place,
  isTime: boolean,
): string {
  let come = (name: string) => {
    fact.keys.set(`noegle_${name}`, name);
    return `noegle_${name}`;
  };
  for (const { model, on, valid } of hops) {
    if (valid) throw new Refused('dated dimensions');
    const lookup = `mf.opslag_${model.name}`;
    const columns = translation.lookups.get(lookup) ?? {
      id: lookup,
      model,
      columns: new Set<string>(),
      dates: new Set<string>(),
    };
    translation.lookups.set(lookup, columns);
    const ours = Object.entries(on).map(([theirs, name]) => [come(name), theirs] as const);
    for (const [, theirs] of ours) columns.columns.add(theirs);
    const key = JSON.stringify([lookup, ours]);
    const match = fact.matches.get(key) ?? {
      lookup,
      on: Object.fromEntries(ours),
      valid: null,
      take: new Map(),
    };
    fact.matches.set(key, match);
    const number = [...fact.matches.keys()].indexOf(key) + 1;
    come = (name) => {
      columns.columns.add(name);
      match.take.set(`hop${number}_${name}`, name);
      return `hop${number}_${name}`;
    };
  }
  if (isTime) translation.lookups.get(`mf.opslag_${last.name}`)?.dates.add(column);
  return come(column);
}

function requestWhere(
  translation: Translation,
  split: ReturnType<typeof splitFilter>,
  leaves: readonly Leaf[],
): string | undefined {
  if (split.rows.length === 0) return undefined;
  return split.rows
    .map((part) =>
      conditionText(part, (at) => ({ name: referred(translation, split.refs[at], leaves), kind: 'code' })),
    )
    .join(' and ');
}

function referred(translation: Translation, ref: Reference | undefined, leaves: readonly Leaf[]): string {
  if (!ref) throw new Error('a hole without a reference');
  if (ref.kind === 'metric') throw new Refused('a filter on a figure of its own');
  if (ref.grain && levelOfGrain[ref.grain] === undefined)
    throw new Refused("periods of a calendar of one's own");
  const parts = ref.name.split('__');
  const grain = ref.kind === 'time_dimension' ? (ref.grain ?? 'day') : undefined;
  return levelAt(translation, ref.name, parts.slice(0, -1), parts.at(-1) ?? '', grain, leaves);
}

// --- facts and figures ---------------------------------------------------------------------------

export function factOf({ facts }: Translation, leaf: Leaf): Fact {
  const time = timeOfMeasure(leaf);
  const id = `mf.${leaf.model.name}_${time}`;
  const known = facts.get(id);
  if (known) return known;
  const fact: Fact = {
    id,
    model: leaf.model,
    time,
    grain: grainOf(leaf),
    codes: new Map(),
    numbers: new Map(),
    keys: new Map(),
    matches: new Map(),
  };
  facts.set(id, fact);
  return fact;
}

export const timeColumn = ({ model, time }: Fact): string => {
  const dimension = model.dimensions?.find(({ name }) => name === time);
  return dimension ? columnOfDimension(dimension) : time;
};

export const frequencyOf = ({ grain }: Fact): string => frequencyOfGrain[grain] ?? 'D';

const isComposed = (node: Node | undefined): boolean =>
  node !== undefined && node.kind !== 'measure' && node.kind !== 'cumulative';

/** The judge knows no units, and a share would be held to the rules of percentages. */
const plainNumber = '1 andel';

/** A metric as a KPI of the same name. */
function kpiOf(translation: Translation, name: string, node: Node): string {
  if (translation.kpis.has(name)) return name;
  const measures: Record<string, MeasureRecord> = {};
  const asZero = node.kind === 'fill';
  const formula = formulaOf(translation, asZero ? node.operand : node, measures);
  translation.kpis.set(name, {
    kpi: `mf.${name}`,
    version: 1,
    status: 'approved',
    valid_from: '1900',
    label: { da: name, en: name },
    unit: plainNumber,
    decimals: 2,
    direction: 'neutral',
    formula,
    missing: { parts: 'require_all', operand: asZero ? 'as_zero' : 'require_all' },
    measures,
  });
  return name;
}

/** The inputs of a composed metric, asked beside it: they tell a row that is null from one that is not there. */
function helpersOf(translation: Translation, name: string, node: Node): string[] {
  if (!isComposed(node)) return [];
  return inputsOf(node).map((input, at) => kpiOf(translation, `${name}__${at + 1}`, input));
}

function formulaOf(translation: Translation, node: Node, measures: Record<string, MeasureRecord>): string {
  const inner = (each: Node) => formulaOf(translation, each, measures);
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'arithmetic':
      return `(${inner(node.left)} ${node.operator} ${inner(node.right)})`;
    case 'measure': {
      const record = measureOf(translation, node);
      const same = Object.entries(measures).find(
        ([, each]) => JSON.stringify(each) === JSON.stringify(record),
      );
      if (same) return same[0];
      const name = `maal${Object.keys(measures).length + 1}`;
      measures[name] = record;
      return name;
    }
    case 'fill':
      throw new Refused('nulls filled for one input');
    case 'shift': {
      const days = daysIn[node.window.grain];
      if (days === undefined) throw new Refused('offsets by months at days');
      return `lag(${inner(node.operand)}, ${node.window.count * days})`;
    }
    case 'start':
      throw new Refused('offsets to the start of a period');
    case 'cumulative': {
      const days = daysIn[node.window?.grain ?? ''];
      if (node.window === null || days === undefined) throw new Refused('cumulative');
      return `rolling(${inner(node.operand)}, ${node.window.count * days})`;
    }
  }
}

const daysIn: Readonly<Record<string, number>> = { day: 1, week: 7 };

function measureOf(translation: Translation, leaf: Leaf): MeasureRecord {
  const fact = factOf(translation, leaf);
  const where = leaf.filters.map((filter) => definedWhere(translation, filter, leaf));
  if (leaf.measure.non_additive_dimension) throw new Refused('semi-additive');
  return {
    source: fact.id,
    ...aggregateOf(translation, leaf, fact),
    ...(where.length === 0 ? {} : { where: where.join(' and ') }),
    unit: plainNumber,
    over_time: pooled.has(leaf.measure.agg.toLowerCase()) ? 'pooled' : 'sum',
  };
}

const pooled = new Set(['count_distinct', 'average', 'median', 'percentile']);

function definedWhere(translation: Translation, filter: Filter, leaf: Leaf): string {
  const split = splitFilter(filter, () => false);
  return split.rows
    .map((part) =>
      conditionText(part, (at) => ({ name: referred(translation, split.refs[at], [leaf]), kind: 'code' })),
    )
    .join(' and ');
}

function aggregateOf(translation: Translation, leaf: Leaf, fact: Fact): Record<string, unknown> {
  const { agg, expr, name } = leaf.measure;
  const written = String(expr ?? name);
  const isOne = written === '1';
  const column = (of: NumberColumn['of']) => {
    const named = of === 'one' ? `${written}__1` : written;
    const type =
      translation.world.tables[leaf.model.node_relation.alias]?.columns.find(
        ({ name: each }) => each === written,
      )?.type ?? '';
    fact.numbers.set(named, { place: { hops: [], model: leaf.model, column: written, type }, of });
    return named;
  };
  switch (agg.toLowerCase()) {
    case 'sum':
      return isOne ? { count: 'rows' } : { sum: column('value') };
    case 'count':
      return isOne ? { count: 'rows' } : { sum: column('one') };
    case 'sum_boolean':
      return { sum: column('one') };
    case 'min':
      return { min: column('value') };
    case 'max':
      return { max: column('value') };
    case 'average':
      return { mean: column('value') };
    case 'median':
      return { median: column('value') };
    case 'percentile': {
      const { percentile, use_discrete_percentile } = leaf.measure.agg_params ?? { percentile: 0.5 };
      if (use_discrete_percentile) throw new Refused('discrete percentiles');
      return { quantile: { of: column('value'), at: String(percentile) } };
    }
    case 'count_distinct': {
      fact.keys.set(`noegle_${written}`, written);
      return { distinct: `noegle_${written}` };
    }
    default:
      throw new Error(`no aggregate ${agg}`);
  }
}
