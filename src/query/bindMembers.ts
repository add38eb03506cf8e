import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { isOfRows } from '../model/aggregates.ts';
import { groupBy } from '../model/groupBy.ts';

import type { Measure, SemanticModel } from '../model/types.ts';
import { kpiOfName, measuresOfVersions } from '../model/versions.ts';
import type { BoundColumn, BoundLevel, BoundQuery, MeasureUse } from './bound.ts';
import { columnOfMeasure } from './columns.ts';
import { bindFilters } from './filters.ts';
import { bindHierarchy } from './hierarchy.ts';
import { bindLevels } from './levels.ts';
import { bindPeriods } from './periods.ts';
import { spanOfAll } from './place.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';
import { bindUses } from './uses.ts';

/**
 * A request without figures: the members of its levels, in the combinations that rows of the cube have in its
 * period. A source that can be cut by all of the levels says which; every measure of it is asked whether it has
 * something there, and none for its figure. A source that has none for such a period says nothing.
 */
export function bindMembers(request: Request, scope: QueryScope): Checked<BoundQuery> {
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => {
    diagnostics.push(found);
  };
  refuseFigures(request, report);
  const levels = bindLevels(request, scope, report);
  const filters = bindFilters(request, scope, report);
  const hierarchy = bindHierarchy(request, scope, report);
  const dimensions = [...levels, ...filters].flatMap((each) => ('dimension' in each ? [each.dimension] : []));
  const present = presences(scope, dimensions);
  const model = { ...scope.model, measures: { ...scope.model.measures, ...byId(present) } };
  const own = { ...scope, model };
  const columns = present.flatMap((measure) => columnOf(model, measure));
  if (columns.length === 0 && !hasErrors(diagnostics)) report(noSource(request, levels));
  const periods = bindPeriods(request, own, columns, levels, report);
  if (hasErrors(diagnostics)) return { diagnostics };

  const refused: Diagnostic[] = [];
  const measures: MeasureUse[] = [];
  for (const of of groupBy(columns, ({ measures: [id = ''] }) => model.measures[id]?.source).values()) {
    const found: Diagnostic[] = [];
    const asked = { request, scope: own, levels, filters, periods, hierarchy };
    const uses = bindUses({ ...asked, report: (each) => found.push(each) }, of);
    if (hasErrors(found)) refused.push(...found);
    else measures.push(...uses);
  }
  const [first] = refused;
  if (measures.length === 0 && first) {
    const { code, hint } = first;
    const message = `No source of the cube "${scope.cube}" that has these levels has figures for ${periods[0]?.code}.`;
    const span = request.period === undefined ? {} : { span: spanOfAll('--period', request.period) };
    return { diagnostics: [diagnostic(code, message, { ...span, ...(hint ? { hint } : {}) })] };
  }
  const top = request.top ?? null;
  const value: BoundQuery = {
    cube: scope.cube,
    columns: [],
    levels,
    periods,
    filters,
    hierarchy,
    measures,
    order: null,
    top,
  };
  return { value, diagnostics };
}

/** What is said of figures, where none are asked for. */
function refuseFigures({ order, totals }: Request, report: (found: Diagnostic) => void): void {
  if (order !== undefined) {
    const message = 'Members are in the order of their codes; there is no figure to order them by.';
    report(diagnostic('nothing-asked', message, { span: spanOfAll('--order', order) }));
  }
  if (totals) report(diagnostic('nothing-asked', 'Members without figures have no total.'));
}

function noSource({ by }: Request, levels: readonly BoundLevel[]): Diagnostic {
  const names = levels.flatMap((level) => (level.kind === 'member' ? [level.name] : []));
  const message = `No source of this cube can be cut by ${names.join(' and ')} at once.`;
  return diagnostic('not-in-cube', message, { span: spanOfAll('--by', by.join(',')) });
}

/**
 * One measure of each state of the sources that have all dimensions, as a plain number that adds over everything:
 * whether it is there does not depend on the rules of its figure.
 */
function presences({ model, cube }: QueryScope, dimensions: readonly string[]): Measure[] {
  const ids = (model.cubes[cube]?.kpis ?? []).flatMap((id) => measuresOfVersions(model, id));
  const measures = [...new Set(ids)].flatMap((id) => model.measures[id] ?? []);
  const able = measures.filter(({ source }) => {
    const columns = model.sources[source]?.columns ?? [];
    return dimensions.every((dimension) =>
      columns.some((column) => column.kind === 'code' && column.dimension === dimension),
    );
  });
  const states = groupBy(able, ({ source, state }) => `${source} ${state}`);
  return [...states.values()].flatMap(([measure]) => (measure ? [presenceOf(measure)] : []));
}

function presenceOf({ accounts: _, ...measure }: Measure): Measure {
  const aggregate = isOfRows(measure.aggregate) ? 'count' : measure.aggregate;
  return { ...measure, aggregate, over: {}, overTime: 'sum', alignment: { kind: 'same' } };
}

const byId = (measures: readonly Measure[]) =>
  Object.fromEntries(measures.map((measure) => [measure.id, measure]));

function columnOf(model: SemanticModel, measure: Measure): BoundColumn[] {
  const kpi = model.kpis[kpiOfName(measure.kpi)];
  return kpi ? [columnOfMeasure(model, measure.id, measure, kpi)] : [];
}
