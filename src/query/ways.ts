import { diagnostic } from '../diagnostics/codes.ts';
import { aggregates, takesShares } from '../model/aggregates.ts';
import type { Additivity, Measure } from '../model/types.ts';
import type { Asked, CodeColumn } from './asked.ts';
import { type Days, daysOf } from './figureDate.ts';
import { pairPeriods } from './periods.ts';
import { spanOfItem } from './place.ts';
import { mappingOver, onlyMember } from './slice.ts';

type Way =
  | { readonly kind: 'add' }
  | { readonly kind: 'total'; readonly level: string }
  | { readonly kind: 'weigh'; readonly weight: string; readonly total: string | null }
  | { readonly kind: 'refused'; readonly why?: 'merged' | 'split' };

/**
 * The ways over all dimensions. The source's own total goes before one member that a filter leaves, since a
 * filter that keeps a region may not change what is said of it; where totals alone do not answer, one
 * member does.
 */
export function settle(asked: AskedDays, measure: Measure, columns: readonly CodeColumn[]): Over {
  const ways = (first: 'total' | 'member') =>
    columns.map((column) => ({ column, way: wayOver(asked, measure, column, first) }));
  const over = ways('total');
  const onlyTotals = mustBeTotals(over);
  return over.some(({ way }) => cannotBe(way, onlyTotals)) ? ways('member') : over;
}

type Over = readonly { readonly column: CodeColumn; readonly way: Way }[];

export interface AskedDays extends Asked {
  /** Days of the figures that a measure takes, and those of the structure that each is put in. */
  readonly days: readonly Days[];
}

export function daysAsked(asked: Asked, measure: Measure, position: number): Days[] {
  const { periods, hierarchy, scope, request } = asked;
  const quiet = () => undefined;
  const pairs = pairPeriods(measure, periods, hierarchy, scope, { request, position, weighed: false }, quiet);
  return pairs.map((pair) => daysOf(scope.model, measure, pair));
}

/** Parts can be weighed over one dimension; where that is not enough, the source's own totals alone answer. */
export function mustBeTotals(over: Over): boolean {
  const weighed = over.filter(({ way }) => way.kind === 'weigh');
  return over.some(({ way }) => way.kind === 'total') || weighed.length > 1;
}

/** A total over one dimension is one row for each finest member of another, and those must not be added unweighed. */
export function cannotBe(way: Way, onlyTotals: boolean): boolean {
  return way.kind === 'refused' || (onlyTotals && way.kind === 'weigh' && way.total === null);
}

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

export function refuse(
  asked: Asked,
  measure: Measure,
  { column, way }: Over[number],
  position: number,
): void {
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
