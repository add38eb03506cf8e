import type { Request } from '../query/request.ts';
import { UseError } from './useError.ts';
import type { WhichEdition } from './wanted.ts';

/** Options that a question to a cube has, whatever is made of it. */
export interface QuestionOptions {
  readonly kpi?: readonly string[];
  readonly by?: readonly string[];
  readonly where?: string;
  readonly period?: string;
  readonly edition?: string;
  readonly asOf?: string;
  readonly hierarchy?: string;
  readonly order?: string;
  readonly top?: number;
  readonly totals?: boolean;
}

export function requestOf(cube: string, options: QuestionOptions): Request {
  const { kpi, by, where, period, hierarchy, order, top, totals } = options;
  return {
    cube,
    kpis: kpi ?? [],
    by: by ?? [],
    ...(where !== undefined && { where }),
    ...(period !== undefined && { period }),
    ...(hierarchy !== undefined && { hierarchy }),
    ...(order !== undefined && { order }),
    ...(top !== undefined && { top }),
    ...(totals !== undefined && { totals }),
  };
}

/** The edition that options name: one of the two ways, or neither. */
export function whichEdition({
  edition,
  asOf,
}: {
  readonly edition?: string;
  readonly asOf?: string;
}): WhichEdition {
  if (edition !== undefined && asOf !== undefined)
    throw new UseError('--edition names an edition and --as-of the one of a time: leave one of them out.');
  return asOf === undefined ? (edition ?? null) : { asOf };
}
