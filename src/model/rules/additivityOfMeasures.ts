import { didYouMean } from '../../diagnostics/nearName.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel, Source } from '../types.ts';
import type { RuleContext } from './rule.ts';
import { dimensionsOfSource, type WrittenMeasure } from './writtenMeasures.ts';

/** Rules per dimension name dimensions that the source has; weights are measures that can weigh. */
export function additivityOfMeasures(model: SemanticModel, context: RuleContext): void {
  for (const written of context.written) {
    const { measure, source, path, tell } = written;
    if (!source) continue;
    const own = dimensionsOfSource(source);
    for (const [dimension, rule] of Object.entries(measure.over)) {
      const at = [...path, 'over', dimension];
      if (!own.includes(dimension)) {
        const message = `"${source.id}" has no dimension "${dimension}".`;
        tell('unknown-dimension', at, message, didYouMean(dimension, own), 'key');
      } else if (rule.kind === 'source_total' && !hasTotals(source, dimension)) {
        const message = `"${source.id}" gives no total of its own over "${dimension}".`;
        tell('no-source-total', at, message, 'its contract names one level only');
      } else if (rule.kind === 'weighted_by') {
        checkWeight(model, written, dimension, rule.measure);
      }
    }
    checkOneWeight(written);
  }
}

function hasTotals(source: Source, dimension: string): boolean {
  return source.columns.some(
    (column) => column.kind === 'code' && column.dimension === dimension && column.levels.length > 1,
  );
}

function checkWeight(model: SemanticModel, written: WrittenMeasure, dimension: string, weight: string): void {
  const { definition, name, measure, path, tell } = written;
  const at = [...path, 'over', dimension, 'weighted_by'];
  const wanted = weight.slice(definition.record.kpi.length + 1);
  const found = lookUp(model.measures, weight);
  if (!found) {
    const hint = didYouMean(wanted, Object.keys(definition.record.measures ?? {}));
    tell('unknown-measure', at, `There is no measure named "${wanted}" in this KPI.`, hint);
  } else if (measure.aggregate !== 'sum') {
    tell('weight-impossible', at, `Only a sum can be weighted, and "${name}" is not one.`);
  } else {
    const has = dimensionsOfSource(lookUp(model.sources, found.source)).includes(dimension);
    const adds = (lookUp(found.over, dimension)?.kind ?? 'sum') === 'sum';
    if (found === measure || !has || !adds) {
      const message = `"${wanted}" cannot weigh "${name}" over "${dimension}".`;
      const hint = 'a weight is another measure, of a source with that dimension, that adds over it';
      tell('weight-impossible', at, message, hint);
    }
  }
}

/** A part has one weight; by two dimensions at once it would have two. */
function checkOneWeight({ name, measure, path, tell }: WrittenMeasure): void {
  const [first, second] = Object.entries(measure.over).filter(([, rule]) => rule.kind === 'weighted_by');
  if (!first || !second) return;
  const message = `"${name}" is weighted over "${first[0]}" and "${second[0]}"; one of them is possible.`;
  tell('weight-impossible', [...path, 'over', second[0]], message, undefined, 'key');
}
