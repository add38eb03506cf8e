import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { aggregates, takesShares } from '../model/aggregates.ts';
import { groupBy } from '../model/groupBy.ts';
import { parsePeriod, periodsBetween } from '../model/periods.ts';
import type { Additivity, Measure, Source } from '../model/types.ts';
import type {
  BoundColumn,
  BoundFilter,
  BoundLevel,
  Hierarchy,
  MeasureUse,
  OutPeriod,
  PeriodPair,
  UseSpec,
} from './bound.ts';
import { type Days, daysOf } from './figureDate.ts';
import { pairPeriods } from './periods.ts';
import { spanOfItem } from './place.ts';
import { bindUsePrices } from './prices.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';
import { mappingOver, onlyMember } from './slice.ts';
import { sourcePeriods } from './sourcePeriods.ts';
import { stepText } from './useSpecs.ts';
import { formulaFor } from './versions.ts';
import { movePeriods } from './windows.ts';

interface Asked {
  readonly request: Request;
  readonly scope: QueryScope;
  readonly levels: readonly BoundLevel[];
  readonly filters: readonly BoundFilter[];
  readonly periods: readonly OutPeriod[];
  readonly hierarchy: Hierarchy;
  readonly report: (found: Diagnostic) => void;
}

type CodeColumn = Extract<Source['columns'][number], { kind: 'code' }>;

/** Settles for every measure how it comes to the grain asked for, or says why it cannot. */
export function bindUses(asked: Asked, columns: readonly BoundColumn[]): MeasureUse[] {
  return wantedUses(asked, columns).flatMap(({ spec, position, periods }) => {
    const measure = asked.scope.model.measures[spec.measure];
    const own = { ...asked, periods: asked.periods.filter((period) => periods.has(period)) };
    if (!measure) return [];
    const inside = askedBy(spec, own);
    const use = bindUse(inside, measure, position, spec);
    return use ? { ...use, askedOf: askedOf(spec, own, inside) } : [];
  });
}

interface WantedUse {
  readonly spec: UseSpec;
  /** Place among the figures asked for of the first that wants it. */
  readonly position: number;
  readonly periods: Set<OutPeriod>;
}

/** Every use once, with the periods that some column wants it for: its formula may have been another before. */
function wantedUses({ request, periods }: Asked, columns: readonly BoundColumn[]): readonly WantedUse[] {
  const wanted = new Map<string, WantedUse>();
  for (const [at, column] of columns.entries()) {
    const place = request.kpis.indexOf(column.name);
    const position = place < 0 ? at : place;
    const used = groupBy(periods, (period) => formulaFor(column, period));
    for (const [{ uses }, own] of periods.length === 0 ? [[column, []] as const] : used)
      for (const spec of uses) {
        const known = wanted.get(spec.id) ?? { spec, position, periods: new Set() };
        for (const period of own) known.periods.add(period);
        wanted.set(spec.id, known);
      }
  }
  return [...wanted.values()];
}

/** What is asked, as the functions around a measure change it: a total drops a dimension, a mean adds a level. */
function askedBy({ steps }: UseSpec, asked: Asked): Asked {
  let { levels, filters, periods } = asked;
  for (const step of steps) {
    if (step.kind === 'drop') {
      const { dimensions } = step;
      levels = levels.filter((level) => level.kind === 'time' || !dimensions.includes(level.dimension));
      filters = filters.filter(({ dimension }) => !dimensions.includes(dimension));
    }
    if (step.kind === 'add' && !levels.some(({ name }) => name === step.level))
      levels = [...levels, { kind: 'member', name: step.level, dimension: step.dimension }];
  }
  for (const step of steps) {
    if (step.kind === 'each')
      periods = periods.flatMap(({ firstDay, lastDay }) => periodsBetween(firstDay, lastDay, step.level));
  }
  return { ...asked, levels, filters, periods };
}

/** The asked period that each period of a use begins in; null where they are the same. */
function askedOf({ steps }: UseSpec, asked: Asked, own: Asked): MeasureUse['askedOf'] {
  if (!steps.some(({ kind }) => kind === 'each')) return null;
  return Object.fromEntries(
    own.periods.flatMap(({ code, firstDay }) => {
      const around = asked.periods.find(
        (period) => period.firstDay <= firstDay && firstDay <= period.lastDay,
      );
      return around ? [[code, around.code]] : [];
    }),
  );
}

function bindUse(asked: Asked, measure: Measure, position: number, spec: UseSpec): MeasureUse | null {
  const source = asked.scope.model.sources[measure.source];
  if (!source || !isKept(asked, position)) return null;
  const columns = source.columns.filter((column): column is CodeColumn => column.kind === 'code');
  if (!hasDimensions(asked, measure, columns, position)) return null;

  const name = asked.request.kpis[position] ?? measure.name;
  const span = spanOfItem('--kpi', asked.request.kpis, position);
  const each = spec.steps.findIndex(({ kind }) => kind === 'each');
  if (spec.steps.slice(0, Math.max(each, 0)).some(({ kind }) => kind === 'window')) {
    const message = `"${name}" moves what is made of shorter periods.`;
    const hint = 'put lag, rolling, ... inside mean_of_each, first_of_each, last_of_each';
    asked.report(diagnostic('window-does-not-fit', message, { span, hint }));
    return null;
  }
  const moved = movePeriods(spec, measure, asked.periods, asked.scope, { name, span }, asked.report);
  const days = daysAsked({ ...asked, periods: moved.map(({ out }) => out) }, measure, position);
  const over = settle({ ...asked, days }, measure, columns);
  const onlyTotals = mustBeTotals(over);
  const refused = over.find(({ way }) => cannotBe(way, onlyTotals));
  if (refused) {
    refuse(asked, measure, refused, position);
    return null;
  }
  const totals = over.flatMap(({ column, way }) =>
    way.kind === 'total' || (way.kind === 'weigh' && way.total !== null)
      ? [[column.dimension, way.kind === 'total' ? way.level : way.total]]
      : [],
  );
  const weighing = over.flatMap(({ column, way }) =>
    way.kind === 'weigh' && !onlyTotals ? [{ dimension: column.dimension, measure: way.weight }] : [],
  )[0];
  const weight = weighing ? asked.scope.model.measures[weighing.measure] : undefined;
  const only = new Map(moved.map((each) => [each.out.code, each.only]));
  const paired = pairPeriods(
    measure,
    moved.map(({ out }) => out),
    asked.hierarchy,
    asked.scope,
    { request: asked.request, position, weighed: weight !== undefined },
    asked.report,
  ).filter(({ out, source: period }) => only.get(out)?.has(period) ?? true);
  const pairs = withinLists(measure, paired);
  const prices = bindUsePrices(spec, pairs, asked.scope, { name, span }, asked.report);
  if (prices === null) return null;
  const kept = asked.scope.model.cubes[asked.scope.cube]?.dimensions ?? [];
  const isMoved = spec.steps.some(({ kind }) => kind === 'window');
  return {
    id: spec.id,
    measure,
    levels: asked.levels.filter((level) => level.kind === 'member'),
    filters: asked.filters,
    askedOf: null,
    windows: spec.steps.flatMap((step) => (step.kind === 'window' ? [stepText(step)] : [])),
    ...(isMoved ? { reach: Object.fromEntries(moved.map(({ out }) => [out.code, daysIn(out)])) } : {}),
    coverageDimensions: coverageDimensions(
      source,
      columns.filter(({ dimension }) => kept.includes(dimension)),
      measure,
    ),
    parts: onlyTotals ? 'count' : weight ? 'weigh' : 'add',
    weight: weight && weighing ? { measure: weight, dimension: weighing.dimension } : null,
    totalAt: totals.length > 0 ? Object.fromEntries(totals) : null,
    pairs: pairs.map((pair) => ({
      ...pair,
      weight: weight ? weightPeriod(asked.scope, weight, pair) : null,
    })),
    ...(prices ? { prices } : {}),
  };
}

/** Where a window reaches a year that the selection has no list for, nothing is selected, which is not nothing. */
function withinLists<Pair extends { readonly out: string; readonly source: string }>(
  { accounts }: Measure,
  pairs: readonly Pair[],
): readonly Pair[] {
  if (!accounts) return pairs;
  const { validFrom, validTo } = accounts;
  const isListed = ({ source }: Pair) => source.slice(0, 4) >= validFrom && source.slice(0, 4) <= validTo;
  const unlisted = new Set(pairs.filter((pair) => !isListed(pair)).map(({ out }) => out));
  return pairs.filter(({ out }) => !unlisted.has(out));
}

const daysIn = ({ firstDay, lastDay }: OutPeriod) => ({ firstDay, lastDay });

/**
 * The ways over all dimensions. The source's own total goes before one member that a filter leaves, since a
 * filter that keeps a region may not change what is said of it; where totals alone do not answer, one
 * member does.
 */
function settle(asked: AskedDays, measure: Measure, columns: readonly CodeColumn[]): Over {
  const ways = (first: 'total' | 'member') =>
    columns.map((column) => ({ column, way: wayOver(asked, measure, column, first) }));
  const over = ways('total');
  const onlyTotals = mustBeTotals(over);
  return over.some(({ way }) => cannotBe(way, onlyTotals)) ? ways('member') : over;
}

type Over = readonly { readonly column: CodeColumn; readonly way: Way }[];

interface AskedDays extends Asked {
  /** Days of the figures that a measure takes, and those of the structure that each is put in. */
  readonly days: readonly Days[];
}

function daysAsked(asked: Asked, measure: Measure, position: number): Days[] {
  const { periods, hierarchy, scope, request } = asked;
  const quiet = () => undefined;
  const pairs = pairPeriods(measure, periods, hierarchy, scope, { request, position, weighed: false }, quiet);
  return pairs.map((pair) => daysOf(scope.model, measure, pair));
}

/** Parts can be weighed over one dimension; where that is not enough, the source's own totals alone answer. */
function mustBeTotals(over: Over): boolean {
  const weighed = over.filter(({ way }) => way.kind === 'weigh');
  return over.some(({ way }) => way.kind === 'total') || weighed.length > 1;
}

/** A total over one dimension is one row for each finest member of another, and those must not be added unweighed. */
function cannotBe(way: Way, onlyTotals: boolean): boolean {
  return way.kind === 'refused' || (onlyTotals && way.kind === 'weigh' && way.total === null);
}

/**
 * Every column that expects any, of those that the cube keeps: a kommune whose girls are missing is not
 * known. A dimension that is weighed over is among them: a kommune without a weight is not known either.
 */
function coverageDimensions(source: Source, columns: readonly CodeColumn[], { over }: Measure): string[] {
  const expecting = columns.filter(({ expect }) => expect !== 'delivered');
  // Where silence is zero, who delivered is known of the whole source, and rows are not asked for it.
  const counted = source.absence === 'zero' ? [] : expecting.length > 0 ? expecting : columns.slice(0, 1);
  const found = counted.map(({ dimension }) => dimension);
  const weighed = columns.filter(({ dimension }) => over[dimension]?.kind === 'weighted_by');
  return [...new Set([...found, ...weighed.map(({ dimension }) => dimension)])];
}

/** The period of the weight that goes with a pair: its own year, 1 January of it, or a fixed one. */
function weightPeriod({ model }: QueryScope, weight: Measure, pair: Omit<PeriodPair, 'weight'>): string {
  const period = parsePeriod(pair.source);
  const source = model.sources[weight.source];
  if (weight.alignment.kind === 'same' || !period || !source) return pair.source;
  return sourcePeriods(weight, source, period)[0]?.code ?? pair.source;
}

/** A mean needs its members in the cube. */
function isKept(asked: Asked, position: number): boolean {
  const kept = asked.scope.model.cubes[asked.scope.cube]?.dimensions ?? [];
  const missing = asked.levels.find((level) => level.kind === 'member' && !kept.includes(level.dimension));
  if (missing === undefined) return true;
  const message = `"${asked.request.kpis[position]}" is a mean over ${missing.name}, which the cube "${asked.scope.cube}" does not keep.`;
  asked.report(
    diagnostic('not-in-cube', message, { span: spanOfItem('--kpi', asked.request.kpis, position) }),
  );
  return false;
}

/** Every level and filter asked for must be one that the measure's source can be cut by. */
function hasDimensions(
  asked: Asked,
  measure: Measure,
  columns: readonly CodeColumn[],
  position: number,
): boolean {
  const own = columns.map(({ dimension }) => dimension);
  const span = spanOfItem('--kpi', asked.request.kpis, position);
  const wanted = [
    ...asked.levels.flatMap((level) => (level.kind === 'member' ? [level.dimension] : [])),
    ...asked.filters.map(({ dimension }) => dimension),
  ];
  const missing = wanted.find((dimension) => !own.includes(dimension));
  if (missing === undefined) return true;
  asked.report(
    diagnostic(
      'not-sliceable',
      `"${asked.request.kpis[position]}" cannot be cut by ${missing}: its source ${measure.source} has no such column.`,
      {
        span,
        hint: `it can be cut by ${own.join(', ')}`,
      },
    ),
  );
  return false;
}

type Way =
  | { readonly kind: 'add' }
  | { readonly kind: 'total'; readonly level: string }
  | { readonly kind: 'weigh'; readonly weight: string; readonly total: string | null }
  | { readonly kind: 'refused'; readonly why?: 'merged' | 'split' };

/** How a measure comes over one dimension. Nothing is merged where the finest level is asked for, or one member. */
function wayOver(asked: AskedDays, measure: Measure, column: CodeColumn, first: 'total' | 'member'): Way {
  const { model } = asked.scope;
  const leaf = model.dimensions[column.dimension]?.leaf;
  const levels = asked.levels.flatMap((level) =>
    level.kind === 'member' && level.dimension === column.dimension ? [level.name] : [],
  );
  const rule: Additivity = measure.over[column.dimension] ?? { kind: 'sum' };
  const filtered = asked.filters.some(({ dimension }) => dimension === column.dimension);
  // A mean counts its rows, and rows of a member that was split would be counted with each part, wherever it is.
  const seen =
    aggregates[measure.aggregate].finish === 'state'
      ? levels
      : (model.dimensions[column.dimension]?.levels ?? []);
  const mapping = mappingOver(model, column.dimension, asked.filters, seen, asked.days);
  const cut = mapping === 'split' && (rule.kind !== 'sum' || !takesShares(measure.aggregate));
  if (cut) return { kind: 'refused', why: 'split' };
  if (rule.kind === 'sum') return { kind: 'add' };
  const atLeaf = leaf !== undefined && levels.includes(leaf);
  if (atLeaf && mapping === 'none') return { kind: 'add' };
  const total = atLeaf ? null : totalLevel(asked, column, levels);
  const single = filtered && onlyMember(model, column.dimension, asked.filters, asked.days) !== null;
  if (single && (first === 'member' || total === null)) return { kind: 'add' };
  if (atLeaf && rule.kind !== 'weighted_by') return { kind: 'refused', why: 'merged' };
  if (rule.kind === 'weighted_by') return { kind: 'weigh', weight: rule.measure, total };
  return total === null ? { kind: 'refused' } : { kind: 'total', level: total };
}

/**
 * The level at which the source's own total answers: the one asked for, or the only one at the top
 * that has a single member. A filter on another level leaves something out that the total holds.
 */
function totalLevel(asked: Asked, column: CodeColumn, levels: readonly string[]): string | null {
  const { model } = asked.scope;
  const top = column.levels.slice(1).find((level) => model.classifications[level]?.members.length === 1);
  const level = levels.length === 0 ? top : levels.length === 1 ? levels[0] : undefined;
  if (level === undefined || !column.levels.slice(1).includes(level)) return null;
  const foreign = asked.filters.some(
    (filter) => filter.dimension === column.dimension && filter.levels.some((name) => name !== level),
  );
  return foreign ? null : level;
}

function refuse(asked: Asked, measure: Measure, { column, way }: Over[number], position: number): void {
  if (way.kind === 'refused' && way.why !== undefined) {
    refuseMapping(asked, measure, column.dimension, way.why, position);
    return;
  }
  const levels = asked.levels.flatMap((level) =>
    level.kind === 'member' && level.dimension === column.dimension ? [level.name] : [],
  );
  const name = asked.request.kpis[position] ?? measure.name;
  const grain = levels.length > 0 ? `at ${levels.join(', ')}` : `over all of ${column.dimension}`;
  const filtered = asked.filters.some(({ dimension }) => dimension === column.dimension)
    ? ' for this filter'
    : '';
  const reason = measure.reason ? ` ${measure.reason.en}` : '';
  const totals = column.levels.slice(1);
  const leaf = asked.scope.model.dimensions[column.dimension]?.leaf ?? column.dimension;
  asked.report(
    diagnostic(
      'does-not-add',
      `"${name}" does not add over ${column.dimension}, and ${measure.source} has no total of its own ${grain}${filtered}.${reason}`,
      {
        span: spanOfItem('--kpi', asked.request.kpis, position),
        hint:
          totals.length > 0
            ? `ask by ${leaf}, or by ${totals.join(', ')} without a filter, where the source's own total is given`
            : `ask by ${leaf}, or for one ${leaf} with --where`,
      },
    ),
  );
}

/** The figure of a member is not made of those of the members it came of, nor a part of one. */
function refuseMapping(
  asked: Asked,
  measure: Measure,
  dimension: string,
  why: 'merged' | 'split',
  position: number,
): void {
  const name = asked.request.kpis[position] ?? measure.name;
  const cannot =
    why === 'split'
      ? `is not a sum, so it cannot be cut by the weights with which a member of ${dimension} was split`
      : `does not add over ${dimension}, and members of ${dimension} came together since`;
  asked.report(
    diagnostic('does-not-map', `"${name}" ${cannot}.`, {
      span: spanOfItem('--kpi', asked.request.kpis, position),
      hint: 'ask with --hierarchy as-was, where every period has the members of its time',
    }),
  );
}
