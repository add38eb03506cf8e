import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { bindMembers } from './bindMembers.ts';
import type { BoundColumn, BoundQuery } from './bound.ts';
import { bindColumns } from './columns.ts';
import { bindFilters } from './filters.ts';
import { bindHierarchy } from './hierarchy.ts';
import { bindLevels } from './levels.ts';
import { bindPeriods } from './periods.ts';
import { spanOfAll } from './place.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';
import { bindUses } from './uses.ts';

/**
 * A request against the model and what an edition holds. After this nothing can be the user's
 * fault: every measure has its way to the grain asked for, every period its source periods.
 */
export function bindQuery(request: Request, scope: QueryScope): Checked<BoundQuery> {
  if (request.kpis.length === 0 && request.by.length > 0) return bindMembers(request, scope);
  const diagnostics: Diagnostic[] = [];
  const report = (found: Diagnostic) => {
    diagnostics.push(found);
  };
  const columns = bindColumns(request, scope, report);
  const levels = bindLevels(request, scope, report);
  const filters = bindFilters(request, scope, report);
  const hierarchy = bindHierarchy(request, scope, report);
  const periods = bindPeriods(request, scope, columns, levels, report);
  const order = bindOrder(request, columns, report);
  if (request.top !== undefined && (!Number.isInteger(request.top) || request.top < 1)) {
    report(
      diagnostic('bad-top', `"${request.top}" is not a number of rows.`, {
        span: spanOfAll('--top', String(request.top)),
        hint: 'write a whole number from 1',
      }),
    );
  }
  if (hasErrors(diagnostics)) return { diagnostics };

  const measures = bindUses({ request, scope, levels, filters, periods, hierarchy, report }, columns);
  if (hasErrors(diagnostics)) return { diagnostics };
  const value: BoundQuery = {
    cube: scope.cube,
    columns,
    levels,
    periods,
    filters,
    hierarchy,
    measures,
    order,
    top: request.top ?? null,
  };
  return { value, diagnostics };
}

function bindOrder(
  request: Request,
  columns: readonly BoundColumn[],
  report: (found: Diagnostic) => void,
): BoundQuery['order'] {
  if (request.order === undefined) return null;
  const descending = request.order.startsWith('-');
  const name = descending ? request.order.slice(1) : request.order;
  const column = columns.findIndex((each) => each.name === name);
  if (column >= 0) return { column, descending };
  const hint =
    didYouMean(name, request.kpis) ??
    `write one of ${request.kpis.join(', ')}, with - before it for greatest first`;
  report(
    diagnostic('unknown-kpi', `"${name}" is not among the figures asked for.`, {
      span: spanOfAll('--order', request.order),
      hint,
    }),
  );
  return null;
}
