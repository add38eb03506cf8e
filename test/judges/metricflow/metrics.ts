import type { Filter } from './cases.ts';
import {
  filterOf,
  type Manifest,
  type Measure,
  type MeasureInput,
  type Metric,
  type MetricInput,
  type SemanticModel,
} from './manifest.ts';
import { Refused } from './places.ts';
import { parseSql, type Sql } from './sqlText.ts';

/** A metric as a tree over measures, with names followed and filters handed down. */
export type Node =
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'arithmetic'; readonly operator: string; readonly left: Node; readonly right: Node }
  | Leaf
  | { readonly kind: 'fill'; readonly operand: Node; readonly value: number }
  | { readonly kind: 'shift'; readonly operand: Node; readonly window: Window }
  | { readonly kind: 'start'; readonly operand: Node; readonly grain: string }
  | {
      readonly kind: 'cumulative';
      readonly operand: Node;
      readonly window: Window | null;
      readonly grainToDate: string | null;
      readonly reduce: 'first' | 'last' | 'average';
      /** Worked out by day, and then reduced to the longer period that is asked for. */
      readonly daily: boolean;
    };

export interface Leaf {
  readonly kind: 'measure';
  readonly model: SemanticModel;
  readonly measure: Measure;
  readonly filters: readonly Filter[];
  /** Whether every period of the calendar is shown, where it is asked by time. */
  readonly onCalendar: boolean;
  /** Days that its rows are moved forward before they are counted. */
  readonly movedBy: number;
  /** Periods of a calendar of one's own that its rows are moved forward in before they are counted; null: none. */
  readonly movedIn: Window | null;
  /**
   * Look-ups on the way to what is asked by that find several rows, as names of models with `>` between: each row is
   * counted once for every one that it finds.
   */
  readonly every: readonly string[];
  /** Whether tables that name these rows are looked up too, so that rows which nothing names are there as well. */
  readonly outer?: true;
  /** The grain that a window of a semi-additive measure is found in; null: all of time. */
  readonly grain: string | null;
}

export interface Window {
  readonly count: number;
  readonly grain: string;
}

export const timeOfMeasure = ({ measure, model }: Leaf): string =>
  measure.agg_time_dimension ?? model.defaults?.agg_time_dimension ?? '';

export function nodeOf(manifest: Manifest, name: string, outer: readonly Filter[] = []): Node {
  const metric = manifest.metrics[name];
  if (!metric) throw new Error(`no metric ${name}`);
  const filters = [...outer, ...(metric.filter === undefined ? [] : [filterOf(metric.filter)])];
  switch (metric.type) {
    case 'simple':
      return measured(manifest, metric.type_params.measure, filters);
    case 'ratio':
      return {
        kind: 'arithmetic',
        operator: '/',
        left: input(manifest, metric.type_params.numerator, filters),
        right: input(manifest, metric.type_params.denominator, filters),
      };
    case 'derived':
      return derived(manifest, metric, filters);
    case 'cumulative':
      return cumulative(manifest, metric, filters);
    case 'conversion':
      throw new Refused('conversion metrics follow a person from one event to the next; no nøgletal does');
  }
}

function measured(
  manifest: Manifest,
  written: string | MeasureInput | undefined,
  filters: readonly Filter[],
): Node {
  const { name, filter, join_to_timespine, fill_nulls_with }: MeasureInput =
    typeof written === 'string' || written === undefined ? { name: written ?? '' } : written;
  const model = manifest.models.find(({ measures }) => measures?.some((each) => each.name === name));
  const measure = model?.measures?.find((each) => each.name === name);
  if (!model || !measure) throw new Error(`no measure ${name}`);
  const leaf: Leaf = {
    kind: 'measure',
    model,
    measure,
    filters: [...filters, ...(filter === undefined ? [] : [filterOf(filter)])],
    onCalendar: join_to_timespine ?? false,
    movedBy: 0,
    movedIn: null,
    every: [],
    grain: null,
  };
  return fill_nulls_with === undefined ? leaf : { kind: 'fill', operand: leaf, value: fill_nulls_with };
}

function input(
  manifest: Manifest,
  written: string | MetricInput | undefined,
  filters: readonly Filter[],
): Node {
  const { name, filter, offset_window, offset_to_grain }: MetricInput =
    typeof written === 'string' || written === undefined ? { name: written ?? '' } : written;
  const operand = nodeOf(manifest, name, [...filters, ...(filter === undefined ? [] : [filterOf(filter)])]);
  if (offset_window !== undefined) return { kind: 'shift', operand, window: windowOf(offset_window) };
  if (offset_to_grain !== undefined) return { kind: 'start', operand, grain: offset_to_grain };
  return operand;
}

export function windowOf(text: string): Window {
  const [count = '1', grain = ''] = text.split(' ');
  return { count: Number(count), grain: grain.replace(/s$/, '') };
}

function derived(manifest: Manifest, { type_params }: Metric, filters: readonly Filter[]): Node {
  const inputs = new Map(
    (type_params.metrics ?? []).map((written) => {
      const each: MetricInput = typeof written === 'string' ? { name: written } : written;
      return [each.alias ?? each.name, input(manifest, each, filters)];
    }),
  );
  const build = (sql: Sql): Node => {
    if (sql.kind === 'number') return { kind: 'number', value: sql.value };
    if (sql.kind === 'name') {
      const found = inputs.get(sql.name);
      if (!found) throw new Error(`no input ${sql.name}`);
      return found;
    }
    if (sql.kind === 'binary')
      return { kind: 'arithmetic', operator: sql.operator, left: build(sql.left), right: build(sql.right) };
    // What is divided by zero is undefined here, as what is divided by null is there.
    if (sql.kind === 'call' && sql.name === 'nullif' && sql.operands[0]) return build(sql.operands[0]);
    throw new Error(`no formula can be made of ${sql.kind}`);
  };
  return build(parseSql(type_params.expr ?? ''));
}

function cumulative(manifest: Manifest, { type_params }: Metric, filters: readonly Filter[]): Node {
  const { window, grain_to_date, period_agg } = type_params.cumulative_type_params ?? {};
  const written = window ?? type_params.window;
  const inner = measured(manifest, type_params.measure, filters);
  const node = (operand: Node): Node => ({
    kind: 'cumulative',
    operand,
    window: written === undefined ? null : windowOf(written),
    grainToDate: grain_to_date ?? null,
    reduce: period_agg ?? 'first',
    daily: false,
  });
  return inner.kind === 'fill' ? { ...inner, operand: node(inner.operand) } : node(inner);
}

/** Windows that are asked for by periods longer than a day are worked out by day first. */
export function byDay(node: Node): Node {
  switch (node.kind) {
    case 'number':
    case 'measure':
      return node;
    case 'arithmetic':
      return { ...node, left: byDay(node.left), right: byDay(node.right) };
    case 'cumulative':
      return { ...node, daily: true };
    default:
      return { ...node, operand: byDay(node.operand) };
  }
}

export function mapLeaves(node: Node, change: (leaf: Leaf) => Leaf): Node {
  switch (node.kind) {
    case 'number':
      return node;
    case 'measure':
      return change(node);
    case 'arithmetic':
      return { ...node, left: mapLeaves(node.left, change), right: mapLeaves(node.right, change) };
    default:
      return { ...node, operand: mapLeaves(node.operand, change) };
  }
}

export function leavesOf(node: Node): Leaf[] {
  switch (node.kind) {
    case 'number':
      return [];
    case 'measure':
      return [node];
    case 'arithmetic':
      return [...leavesOf(node.left), ...leavesOf(node.right)];
    default:
      return leavesOf(node.operand);
  }
}

/** The inputs of a metric as they are joined: a row of the answer is there where one of them has a row. */
export function inputsOf(node: Node): Node[] {
  switch (node.kind) {
    case 'number':
      return [];
    case 'arithmetic':
      return [...inputsOf(node.left), ...inputsOf(node.right)];
    case 'fill':
      return inputsOf(node.operand);
    case 'shift':
    case 'start':
      return inputsOf(node.operand).map((operand) => ({ ...node, operand }));
    case 'measure':
    case 'cumulative':
      return [node];
  }
}
