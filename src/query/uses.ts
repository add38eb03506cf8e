import { diagnostic } from '../diagnostics/codes.ts';
import { groupBy } from '../model/groupBy.ts';
import { parsePeriod, periodsBetween } from '../model/periods.ts';
import type { Measure, Source } from '../model/types.ts';
import type { Asked, CodeColumn } from './asked.ts';
import type { BoundColumn, MeasureUse, OutPeriod, PeriodPair, UseSpec } from './bound.ts';
import { pairPeriods } from './periods.ts';
import { spanOfItem } from './place.ts';
import { bindUsePrices } from './prices.ts';
import type { QueryScope } from './scope.ts';
import { sourcePeriods } from './sourcePeriods.ts';
import { stepText } from './useSpecs.ts';
import { formulaFor } from './versions.ts';
import { cannotBe, daysAsked, mustBeTotals, refuse, settle } from './ways.ts';
import { movePeriods } from './windows.ts';

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
