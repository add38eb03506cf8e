import { levelOfFrequency } from '../periods.ts';
import type { SemanticModel } from '../types.ts';
import type { RuleContext } from './rule.ts';

/** Days that only a source with shorter periods than a year has a figure of. */
const withinYear: Readonly<Record<string, string>> = {
  Å_Midt: 'a figure of 1 July',
  Å_SenSkoleStart: 'a figure of 1 September',
};

/**
 * A fixed year needs a source that has a figure a year, and so does Å_Primo or one whose periods are shorter; a day
 * within the year needs one with shorter periods.
 */
export function alignmentOfPeriods(_model: SemanticModel, context: RuleContext): void {
  for (const { record, source, path, tell } of context.written) {
    if (record.period === undefined || !source) continue;
    const isYearly = levelOfFrequency[source.frequency] === 'aar';
    const ofDay = withinYear[record.period];
    if (record.period === 'Å_Primo' || (ofDay === undefined ? isYearly : !isYearly)) continue;
    const message = `"${record.period}" asks for ${ofDay ?? 'one figure a year'}, and "${source.id}" has frequency ${source.frequency}.`;
    tell('alignment-impossible', [...path, 'period'], message);
  }
}
