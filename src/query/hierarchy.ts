import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { dateOf, dayOfDate, parsePeriod } from '../model/periods.ts';
import type { Hierarchy } from './bound.ts';
import { spanOfAll } from './place.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';

/** As-is is the structure of the last day of the newest period that the edition holds. */
export function bindHierarchy(
  request: Request,
  scope: QueryScope,
  report: (found: Diagnostic) => void,
): Hierarchy {
  const text = request.hierarchy ?? 'as-is';
  const newest = parsePeriod(scope.newest);
  const asIs: Hierarchy = { mode: 'as-is', date: newest ? dateOf(newest.lastDay) : null };
  if (text === 'as-is') return asIs;
  if (text === 'as-was') return { mode: 'as-was', date: null };
  if (dayOfDate(text) !== null) return { mode: 'date', date: text };
  report(
    diagnostic('bad-hierarchy', `"${text}" is neither as-is, as-was nor a date.`, {
      span: spanOfAll('--hierarchy', text),
      hint: didYouMean(text, ['as-is', 'as-was']) ?? 'write a date like 2027-01-01',
    }),
  );
  return asIs;
}
