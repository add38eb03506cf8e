import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { parsePeriod } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** Periods of validity are periods, in order; a successor and breaks name what exists. */
export function validityOfKpis(_model: SemanticModel, context: BindContext): void {
  const ids = context.definitions.kpis.map(({ record }) => record.kpi);
  for (const definition of context.definitions.kpis) {
    const { valid_from, valid_to, successor, breaks } = definition.record;
    const period = (path: readonly (string | number)[], text: string | undefined) => {
      if (text === undefined) return null;
      const parsed = parsePeriod(text);
      if (!parsed)
        tell(
          context,
          definition,
          path,
          'bad-period',
          `"${text}" is not a period.`,
          'write it like 2026M07, 2026K3 or "2026"',
        );
      return parsed;
    };
    const from = period(['valid_from'], valid_from);
    const to = period(['valid_to'], valid_to);
    if (from && to && to.lastDay < from.firstDay) {
      tell(
        context,
        definition,
        ['valid_to'],
        'empty-validity',
        `The KPI ends in ${valid_to}, before it begins in ${valid_from}.`,
      );
    }
    for (const [position, entry] of (breaks ?? []).entries())
      period(['breaks', position, 'from'], entry.from);
    if (successor !== undefined && !ids.includes(successor)) {
      tell(
        context,
        definition,
        ['successor'],
        'unknown-kpi',
        `There is no KPI named "${successor}".`,
        didYouMean(successor, ids),
      );
    }
  }
}
