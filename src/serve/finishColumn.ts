import { invariant } from '../diagnostics/invariant.ts';
import { parsePeriod } from '../model/periods.ts';
import { divide } from '../model/rational.ts';
import { type Flag, unionOfFlags } from '../model/status.ts';
import type { Kpi } from '../model/types.ts';
import type { Cell, Coverage } from '../query/answer.ts';
import type { BoundColumn, OutPeriod } from '../query/bound.ts';
import { type Figures, finishFormula, operandsOf } from './finishFormula.ts';
import { type MeasureResult, scaleOf } from './finishMeasure.ts';

/** One cell of the answer: the formula over finished measures, divided here and nowhere else. */
export function finishColumn(
  column: BoundColumn,
  figures: Figures,
  period: OutPeriod,
  synthetic: boolean,
): Cell {
  const { missing } = column.kpi;
  const used = operandsOf(column.expression, figures, missing);
  const coverage = leastCoverage(used);
  const extra: Flag[] = [
    ...(synthetic ? (['synthetic'] as const) : []),
    ...(breaksIn(column.kpi, period) ? (['break'] as const) : []),
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

function isValid(kpi: Kpi, period: OutPeriod): boolean {
  const from = parsePeriod(kpi.validFrom);
  const to = kpi.validTo === null ? null : parsePeriod(kpi.validTo);
  return (!from || period.lastDay >= from.firstDay) && (!to || period.firstDay <= to.lastDay);
}

/** The first period after a break is marked; so is a longer one that the break falls into. */
function breaksIn(kpi: Kpi, period: OutPeriod): boolean {
  return kpi.breaks.some(({ from }) => {
    const first = parsePeriod(from);
    return first !== null && period.firstDay <= first.firstDay && first.firstDay <= period.lastDay;
  });
}
