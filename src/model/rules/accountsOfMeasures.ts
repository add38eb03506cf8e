import { isOfRows } from '../aggregates.ts';
import { dateOf, parsePeriod } from '../periods.ts';
import type { Rule } from './rule.ts';

/** A selection has a list for all years of the KPI that uses it, and turns around only what can be turned. */
export const accountsOfMeasures: Rule = (_model, context) => {
  for (const { definition, measure, path, tell } of context.written) {
    const { accounts } = measure;
    if (!accounts) continue;
    const place = [...path, 'accounts'];
    if (accounts.sign === -1 && (measure.column === null || isOfRows(measure.aggregate))) {
      const message = `"${accounts.selection}" turns amounts around, and a ${measure.aggregate} does not.`;
      tell(
        'sign-without-amount',
        place,
        message,
        'it can be turned around in a sum, a mean, a least or a greatest',
      );
    }
    const { valid_from, valid_to } = definition.record;
    const [first, last] = [yearOf(valid_from, 'firstDay'), valid_to && yearOf(valid_to, 'lastDay')];
    if (first !== null && first < accounts.validFrom) {
      const message = `The KPI holds from ${valid_from}, and "${accounts.selection}" has no list before ${accounts.validFrom}.`;
      tell('selection-gap', place, message);
    }
    if ((last ?? '9999') > accounts.validTo) {
      const until = valid_to === undefined ? 'without end' : `until ${valid_to}`;
      const message = `The KPI holds ${until}, and "${accounts.selection}" has no list after ${accounts.validTo}.`;
      tell('selection-gap', place, message, 'give the KPI a valid_to, or the selection a list from then on');
    }
  }
};

function yearOf(period: string, day: 'firstDay' | 'lastDay'): string | null {
  const parsed = parsePeriod(period);
  return parsed && dateOf(parsed[day]).slice(0, 4);
}
