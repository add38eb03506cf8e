import { invariant } from '../diagnostics/invariant.ts';
import { groupBy } from '../model/groupBy.ts';
import { parsePeriod } from '../model/periods.ts';
import { divide } from '../model/rational.ts';
import { type Flag, unionOfFlags } from '../model/status.ts';
import type { Kpi } from '../model/types.ts';
import type { Cell, Coverage } from '../query/answer.ts';
import type { BoundColumn, MeasureUse, OutPeriod } from '../query/bound.ts';
import { changesOf } from '../query/versions.ts';
import { type Figures, finishFormula, operandsOf } from './finishFormula.ts';
import { type MeasureResult, scaleOf } from './finishMeasure.ts';

/** One cell of the answer: the formula over finished measures, divided here and nowhere else. */
export function finishColumn(
  column: BoundColumn,
  figures: Figures,
  period: OutPeriod,
  synthetic: boolean,
  reach: Reach = period,
): Cell {
  const { missing } = column.kpi;
  const used = operandsOf(column.expression, figures, missing);
  const coverage = leastCoverage(used);
  const extra: Flag[] = [
    ...(synthetic ? (['synthetic'] as const) : []),
    ...(breaksIn(column.kpi, period) || changesIn(column, period, reach) ? (['break'] as const) : []),
  ];
  const flags = unionOfFlags([...used.map((result) => result.flags), extra]);
  // A KPI holds from a day to a day; a measure is what its source says, whenever it says it.
  if (column.kind === 'kpi' && !isValid(column.kpi, period))
    return { status: 'not_applicable', value: null, flags, coverage };
  const { status, value } = finishFormula(column.expression, figures, missing);
  if (status !== 'ok' || value === null) return { status, value: null, flags, coverage };
  const scale = scaleOf(column.unit);
  const ours = used.some((result) => result.ours !== undefined)
    ? finishFormula(column.expression, ourOwn(figures), missing).value
    : null;
  return {
    status,
    value: divide(value, scale),
    ...(ours ? { ours: divide(ours, scale) } : {}),
    flags,
    coverage,
  };
}

/** Our own parts, where some operand shows the source's own total in their place. */
function ourOwn(figures: Figures): Figures {
  return {
    ...figures,
    of: (use) => {
      const result = figures.of(use);
      return { ...result, value: result.ours ?? result.value };
    },
  };
}

/** The operand that is least covered says how far the figure can be trusted. */
function leastCoverage(results: readonly MeasureResult[]): Coverage {
  const share = ({ coverage }: MeasureResult) =>
    coverage.expected === 0 ? 1 : coverage.delivered / coverage.expected;
  const [first, ...rest] = results;
  invariant(first, 'a column has a measure');
  return rest.reduce((least, next) => (share(next) < share(least) ? next : least), first).coverage;
}

export function isValid(kpi: Kpi, period: OutPeriod): boolean {
  const from = parsePeriod(kpi.validFrom);
  const to = kpi.validTo === null ? null : parsePeriod(kpi.validTo);
  return (!from || period.lastDay >= from.firstDay) && (!to || period.firstDay <= to.lastDay);
}

/** The first period after a break is marked; so is a longer one that the break falls into. */
export function breaksIn(kpi: Kpi, period: OutPeriod): boolean {
  return kpi.breaks.some(({ from }) => {
    const first = parsePeriod(from);
    return first !== null && period.firstDay <= first.firstDay && first.firstDay <= period.lastDay;
  });
}

/** First and last day that a figure says something of. */
export type Reach = Omit<OutPeriod, 'code'>;

/** The days of a period of the answer, and those that functions over time take for it. */
export function reachesOf(uses: readonly MeasureUse[]): (period: OutPeriod) => Reach {
  const moved = groupBy(
    uses.flatMap(({ reach = {}, askedOf }) =>
      Object.entries(reach).map(([code, days]) => ({ code: askedOf?.[code] ?? code, days })),
    ),
    ({ code }) => code,
  );
  return ({ code, firstDay, lastDay }) => {
    const days = (moved.get(code) ?? []).map((each) => each.days);
    return {
      firstDay: days.reduce((least, each) => Math.min(least, each.firstDay), firstDay),
      lastDay: days.reduce((most, each) => Math.max(most, each.lastDay), lastDay),
    };
  };
}

/** A definition is changed like a series is broken; a figure over time is marked while the change lies in its window. */
function changesIn(column: BoundColumn, { firstDay, lastDay }: OutPeriod, reach: Reach): boolean {
  return changesOf(column).some(
    (day) => (firstDay <= day && day <= lastDay) || (reach.firstDay < day && day <= reach.lastDay),
  );
}
