import type { ResultTable } from '../engine/engine.ts';
import { arrowOfColumns } from '../export/columns.ts';
import type { Answer } from '../query/answer.ts';
import type { Request } from '../query/request.ts';
import type { Shared } from './cube.ts';
import type { Standing } from './standing.ts';
import type { BorrowLimits } from './tables.ts';

/** An answer as an Arrow table: levels, then of each figure value, status, coverage and flags. */
export interface ArrowAnswer {
  readonly table: ResultTable;
  readonly edition: Answer['edition'];
  /** In columns from cells in memory, or made of an answer's rows. */
  readonly way: 'columns' | 'rows';
  /** Why it was made of rows, where anything can be said of it. */
  readonly reason: string | null;
  /** Cells that were gone through, in columns. */
  readonly touched: number | null;
}

/** The answer in columns, or why there is none. */
export async function arrowInColumns(
  { tables }: Pick<Shared, 'tables'>,
  { held, edition }: Standing,
  request: Request,
  limits: BorrowLimits,
): Promise<ArrowAnswer | string> {
  // Figures of an edition before stand beside those of this one.
  if (edition.cube.preliminary) return 'figures may be marked as revised';
  const own = held.share();
  const { cells, giveBack } = tables.borrow(own.inMemory, limits);
  try {
    const answer = await (await own.hot()).answer(request, cells);
    if (typeof answer === 'string') return answer;
    const { id, number, publishedAt, synthetic } = edition.manifest;
    return {
      table: arrowOfColumns(answer, synthetic),
      edition: { id, number, publishedAt, synthetic },
      way: 'columns',
      reason: null,
      touched: answer.touched,
    };
  } finally {
    giveBack();
    await own.release();
  }
}
