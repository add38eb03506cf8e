import type { Definitions } from '../definitions/definition.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Expression, TextOrigin } from '../formula/expression.ts';
import { bindClassifications } from './bind/classifications.ts';
import type { BindContext } from './bind/context.ts';
import { bindCubes } from './bind/cubes.ts';
import { bindDimensions } from './bind/dimensions.ts';
import { bindImplied } from './bind/implied.ts';
import { bindKpis, parseFormulas } from './bind/kpis.ts';
import { bindMeasures } from './bind/measures.ts';
import { bindPartitions } from './bind/partitions.ts';
import { bindPrices } from './bind/prices.ts';
import { bindRows } from './bind/rows.ts';
import { bindSelections } from './bind/selections.ts';
import { bindSources } from './bind/sources.ts';
import { namesUnread } from './bind/unread.ts';
import { namedVersions, stretchesOf } from './bind/versions.ts';
import { rules } from './rules/index.ts';
import { writtenMeasures } from './rules/writtenMeasures.ts';
import type { SemanticModel } from './types.ts';
import { kpiOfName } from './versions.ts';

/**
 * Definitions to a bound model. All that is wrong is told, not the first thing only; a model comes
 * back only where nothing is wrong, so that no later room has to doubt it.
 */
export function buildModel(
  given: Definitions,
  parse: (text: string, origin: TextOrigin) => Checked<Expression>,
): Checked<SemanticModel> {
  const diagnostics: Diagnostic[] = [...given.diagnostics];
  const definitions = { ...given, kpis: namedVersions(given.kpis) };
  const unbound: string[] = [];
  const report = (found: Diagnostic) => {
    if (!namesUnread(found, given, unbound)) diagnostics.push(found);
  };
  const context: BindContext = { definitions, parse, report };

  const classifications = bindClassifications(context);
  const dimensions = bindDimensions(context);
  const delivered = bindSources(context, dimensions);
  const rows = bindRows(context, { classifications, dimensions, sources: delivered });
  unbound.push(...rows.unbound);
  const implied = bindImplied(context, { classifications, dimensions, sources: rows.sources });
  const { sources } = implied;
  const selections = bindSelections(context, { classifications, dimensions });
  const partitions = bindPartitions(context, selections);
  const measures = bindMeasures(context, { classifications, dimensions, sources, selections }, implied.uses);
  const prices = bindPrices(context);
  const formulas = parseFormulas(context);
  const stretches = stretchesOf(given.kpis);
  const { kpis, earlier } = bindKpis(context, stretches, formulas, measures, dimensions, prices);
  const cubes = bindCubes(context, { kpis, earlier, measures, sources });
  const model: SemanticModel = {
    format: 2,
    classifications,
    dimensions,
    sources,
    selections,
    partitions,
    prices,
    measures,
    kpis,
    earlier,
    cubes,
  };

  const written = writtenMeasures(model, context);
  for (const rule of rules) rule(model, { ...context, formulas, versions: given.kpis, written });
  return hasErrors(diagnostics) ? { diagnostics } : { value: withNewest(model), diagnostics };
}

/** Rules look at every version by its name; whoever asks, asks for a KPI. */
function withNewest(model: SemanticModel): SemanticModel {
  const newest = Object.entries(model.kpis).filter(([name]) => name === kpiOfName(name));
  return { ...model, kpis: Object.fromEntries(newest) };
}
