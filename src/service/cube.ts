import type { WhichEdition } from '../catalog/visible.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import { askContext, textsOf } from '../pipeline/opened.ts';
import type { Outcome } from '../pipeline/outside.ts';
import { markRevised } from '../pipeline/revised.ts';
import type { Answer } from '../query/answer.ts';
import type { Request } from '../query/request.ts';
import { type AskContext, ask } from '../serve/ask.ts';
import type { Workspace } from '../serve/workspace.ts';
import { batchesOf, cellsOf, type ServiceAnswer, serviceAnswer } from './answer.ts';
import type { Flights } from './flights.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { hasTooMany, isClosed, type Limits, stopOf } from './limits.ts';
import type { Follower, Standing } from './standing.ts';
import type { Tables } from './tables.ts';

/** A question to a cube that is open. */
export type CubeRequest = Omit<Request, 'cube'>;

export interface QueryOptions {
  /** Takes the question back. */
  readonly signal?: AbortSignal;
  /** In place of those of the service, one by one. */
  readonly limits?: Limits;
}

/** A cube that is open: questions go to the edition that was named, or to the newest, whichever that becomes. */
export interface OpenCube {
  readonly cube: string;
  /** The edition that the next question goes to; null where none may answer any more. */
  readonly edition: Answer['edition'] | null;
  readonly query: (request: CubeRequest, options?: QueryOptions) => Promise<Outcome<ServiceAnswer>>;
  /** The same answer, `batch` rows at a time; a refusal is the only batch. */
  readonly stream: (
    request: CubeRequest,
    options?: QueryOptions & { readonly batch?: number },
  ) => AsyncIterable<Outcome<ServiceAnswer>>;
  /** Looks now for what was published or taken back; with what there is to say of it. */
  readonly refresh: () => Promise<readonly Diagnostic[]>;
  /** Questions on their way are answered; those that come later are not. */
  readonly close: () => Promise<void>;
}

/** What the cubes of a service share. */
export interface Shared {
  readonly workspace: Workspace;
  readonly tables: Tables;
  readonly kept: KeptAnswers<Checked<ServiceAnswer>>;
  readonly flights: Flights<Checked<ServiceAnswer>>;
  readonly limits: Limits;
  readonly closing: AbortSignal;
  readonly counts: Counts;
}

export interface Counts {
  asked: number;
  /** Answered with what was kept, with what somebody else had asked just before, or by work of their own. */
  kept: number;
  shared: number;
  worked: number;
  refused: number;
}

/**
 * The way of a question: look which edition answers, then the answer that is kept, the one that is being worked out,
 * or a run of its own; at last its limits.
 */
export function openCube(shared: Shared, cube: string, follower: Follower, which: WhichEdition): OpenCube {
  const { kept, flights, counts } = shared;
  const closed = new AbortController();

  const answerIn = async (standing: Standing, request: Request, limits: Limits, signal: AbortSignal) => {
    const key = `${standing.key}\n${keyOf(request)}`;
    const known = kept.get(key);
    if (known) {
      counts.kept += 1;
      return known;
    }
    // Cells in memory are limited while they are read, so only those of equal limits run together.
    const { joined, result } = flights.join(`${key}\n${limits.bytes ?? ''}`, signal, (stop) =>
      run(shared, standing, request, limits, stop),
    );
    counts[joined ? 'shared' : 'worked'] += 1;
    const answered = await result;
    if (answered.value) kept.keep(key, answered, cellsOf(answered.value));
    return answered;
  };

  const answer = async (
    request: Request,
    { signal, limits }: QueryOptions,
  ): Promise<Checked<ServiceAnswer>> => {
    const allowed = { ...shared.limits, ...limits };
    const stop = stopOf([shared.closing, ...(signal ? [signal] : [])], allowed.milliseconds);
    try {
      stop.signal.throwIfAborted();
      await follower.lookInTime();
      const standing = follower.standing();
      if (closed.signal.aborted) return { diagnostics: [isClosed()] };
      if (!standing) return { diagnostics: follower.trouble() };
      const answered = await answerIn(standing, request, allowed, stop.signal);
      const diagnostics = [...standing.said, ...answered.diagnostics];
      const cells = answered.value ? cellsOf(answered.value) : 0;
      if (cells > (allowed.cells ?? cells))
        return { diagnostics: [hasTooMany(cells, allowed.cells ?? cells)] };
      return { ...answered, diagnostics };
    } catch (error) {
      // The reason of a stop is what there is to say; anything else is our fault.
      if (stop.signal.aborted) return { diagnostics: [stop.signal.reason as Diagnostic] };
      throw error;
    } finally {
      stop.end();
    }
  };

  const query: OpenCube['query'] = async (asked, options = {}) => {
    counts.asked += 1;
    const request = { ...asked, cube };
    const answered = closed.signal.aborted ? { diagnostics: [isClosed()] } : await answer(request, options);
    if (hasErrors(answered.diagnostics)) counts.refused += 1;
    return { ...answered, texts: answered.diagnostics.length > 0 ? textsOf(request, which) : noTexts };
  };

  return {
    cube,
    get edition() {
      const opened = follower.standing()?.edition;
      if (!opened) return null;
      const { id, number, publishedAt, synthetic } = opened.manifest;
      return { id, number, publishedAt, synthetic };
    },
    query,
    stream: async function* (request, { batch = 10_000, ...options } = {}) {
      const { value, ...rest } = await query(request, options);
      if (!value) return yield rest;
      for (const each of batchesOf(value, batch)) {
        if (options.signal?.aborted) return;
        yield { ...rest, value: each };
      }
    },
    refresh: follower.refresh,
    close: async () => {
      closed.abort();
      await follower.close();
    },
  };
}

const noTexts: ReadonlyMap<string, string> = new Map();

/** Two requests of one text are one question. */
const keyOf = ({ kpis, by, where, period, hierarchy, order, top, totals, route }: Request): string =>
  JSON.stringify([kpis, by, where, period, hierarchy, order, top, totals, route]);

/** A question worked out, on an edition that stays open and cells that stay in memory until it is. */
async function run(
  { workspace, tables }: Shared,
  { held, edition }: Standing,
  request: Request,
  { bytes }: Limits,
  signal: AbortSignal,
): Promise<Checked<ServiceAnswer>> {
  const own = held.share();
  const borrowed = tables.borrow(own.cells, { signal, bytes });
  try {
    const context: AskContext = {
      ...(await askContext(workspace, request)),
      engine: async () => stoppable(await workspace.engine('ask'), signal),
    };
    const answered = await ask(edition, request, { ...context, cells: borrowed.cells });
    if (!answered.value) return { diagnostics: answered.diagnostics };
    // The edition before is asked without these cells, which are not its own.
    const marked = await markRevised(workspace, edition, answered.value, request, context);
    const diagnostics = [...answered.diagnostics, ...marked.diagnostics];
    return marked.value ? { value: serviceAnswer(marked.value), diagnostics } : { diagnostics };
  } finally {
    borrowed.giveBack();
    await own.release();
  }
}

/** An engine that is asked nothing more once nobody waits. */
const stoppable = (engine: Engine, signal: AbortSignal): Engine => ({
  ...engine,
  query: async (tree) => {
    signal.throwIfAborted();
    return engine.query(tree);
  },
});
