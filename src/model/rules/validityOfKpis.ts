import type { KpiDefinition } from '../../definitions/definition.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { groupBy } from '../groupBy.ts';
import { parsePeriod } from '../periods.ts';
import type { Rule } from './rule.ts';
import { tellIn } from './tell.ts';

/** Periods of validity are periods, in order; a successor and breaks name what exists. */
export const validityOfKpis: Rule = (_model, context) => {
  const ids = new Set(context.versions.map(({ record }) => record.kpi));
  const versions = groupBy(context.versions, ({ record }) => record.kpi);
  for (const definition of context.versions) {
    const { valid_from, valid_to, successor, breaks } = definition.record;
    const tell = tellIn(context, definition);
    const period = (path: readonly (string | number)[], text: string | undefined) => {
      const parsed = text === undefined ? null : parsePeriod(text);
      if (text !== undefined && !parsed) {
        tell('bad-period', path, `"${text}" is not a period.`, 'write it like 2026M07, 2026K3 or "2026"');
      }
      return parsed;
    };
    const from = period(['valid_from'], valid_from);
    const to = period(['valid_to'], valid_to);
    if (from && to && to.lastDay < from.firstDay) {
      const message = `The KPI ends in ${valid_to}, before it begins in ${valid_from}.`;
      tell('empty-validity', ['valid_to'], message);
    }
    for (const [position, entry] of (breaks ?? []).entries())
      period(['breaks', position, 'from'], entry.from);
    if (successor !== undefined && !ids.has(successor)) {
      const message = `There is no KPI named "${successor}".`;
      tell('unknown-kpi', ['successor'], message, didYouMean(successor, [...ids]));
    }
    if (definition.record.status === 'retired' && successor === undefined && !definition.record.reason) {
      const hint = 'name its successor, or write reason: { da: …, en: … }';
      tell('retired-without-reason', ['status'], 'Nothing says what follows the KPI, or why it ended.', hint);
    }
    const other = versions
      .get(definition.record.kpi)
      ?.find((each) => isBefore(each, definition) && overlap(each, definition));
    if (other) {
      const message = `Version ${other.record.version} of "${definition.record.kpi}" holds then too.`;
      const hint = `give version ${other.record.version} a valid_to before ${valid_from}`;
      tell('overlapping-validity', ['valid_from'], message, hint);
    }
  }
};

const isBefore = ({ record }: KpiDefinition, other: KpiDefinition): boolean =>
  record.kpi === other.record.kpi && record.version < other.record.version;

function overlap(one: KpiDefinition, other: KpiDefinition): boolean {
  const [a, b] = [one, other].map(({ record }) => ({
    first: parsePeriod(record.valid_from)?.firstDay ?? Number.NEGATIVE_INFINITY,
    last: parsePeriod(record.valid_to ?? '')?.lastDay ?? Number.POSITIVE_INFINITY,
  }));
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}
