import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../model/types.ts';
import type { BoundFilter, BoundLevel, Hierarchy, OutPeriod } from './bound.ts';
import type { Request } from './request.ts';
import type { QueryScope } from './scope.ts';

/** What is asked of a measure, with every name resolved. */
export interface Asked {
  readonly request: Request;
  readonly scope: QueryScope;
  readonly levels: readonly BoundLevel[];
  readonly filters: readonly BoundFilter[];
  readonly periods: readonly OutPeriod[];
  readonly hierarchy: Hierarchy;
  readonly report: (found: Diagnostic) => void;
}

export type CodeColumn = Extract<Source['columns'][number], { kind: 'code' }>;
