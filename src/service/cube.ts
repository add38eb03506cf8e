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
import { type ArrowAnswer, arrowInColumns } from './columns.ts';
import type { Flights } from './flights.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { cancelled, hasTooMany, type Limits, type Stop, stopOf } from './limits.ts';
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
  /** The answer as an Arrow table alone: what is asked most is worked out in columns, with no object for any row. */
  readonly arrow: (request: CubeRequest, options?: QueryOptions) => Promise<Outcome<ArrowAnswer>>;
  /** The same answer, `batch` rows at a time; a refusal is the only batch. */
  readonly stream: (
    request: CubeRequest,
    options?: QueryOptions & { readonly batch?: number },
  ) => AsyncIterable<Outcome<ServiceAnswer>>;
  /** Looks now for what was published or taken back; with what there is to say of it. */
  readonly refresh: () => Promise<readonly Diagnostic[]>;
  /** Takes back what is on its way; what comes later is refused. */
  readonly close: () => Promise<void>;
}

/** What the cubes of a service share. */
export interface Shared {
  readonly workspace: Workspace;
  readonly tables: Tables;
  readonly kept: KeptAnswers<Checked<ServiceAnswer>>;
  readonly flights: Flights<Checked<ServiceAnswer>>;
  readonly limits: Limits;
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
 * The way of a question: which edition answers, what can be said at once, and otherwise a run of its own, or the one
 * that somebody else is waiting for; at last its limits.
 */
export function openCube(shared: Shared, cube: string, follower: Follower, which: WhichEdition): OpenCube {
  const { kept, flights, counts } = shared;
  const asking = new Set<Stop>();
  let isClosed = false;

  /** What needs no waiting, and so nothing to end it: an answer that is kept. */
  const atOnce = (standing: Standing, request: Request): Checked<ServiceAnswer> | null => {
    const known = kept.get(keyOf(standing, request));
    if (!known) return null;
    counts.kept += 1;
    return known;
  };

  const inTime = async (request: Request, limits: Limits, stop: AbortSignal): Promise<Told> => {
    await follower.lookInTime();
    stop.throwIfAborted();
    const standing = follower.standing();
    if (!standing) return { diagnostics: follower.trouble(), said: [] };
    const known = atOnce(standing, request);
    if (known) return { ...known, said: standing.said };
    const key = keyOf(standing, request);
    // Bytes are limited while tables are read, so only questions of one limit run together.
    const { joined, result } = flights.join(`${key}\n${limits.bytes ?? ''}`, stop, (signal) =>
      run(shared, standing, request, limits, signal),
    );
    counts[joined ? 'shared' : 'worked'] += 1;
    const answered = await result;
    if (answered.value) kept.keep(key, answered, cellsOf(answered.value));
    return { ...answered, said: standing.said };
  };

  const stoppably = async (request: Request, limits: Limits, signal?: AbortSignal): Promise<Told> => {
    const stop = stopOf(signal, limits.milliseconds);
    asking.add(stop);
    try {
      if (isClosed) return { diagnostics: [cancelled()], said: [] };
      stop.signal.throwIfAborted();
      return await inTime(request, limits, stop.signal);
    } catch (error) {
      // The reason of a stop is what there is to say; anything else is our fault.
      if (!stop.signal.aborted) throw error;
      return { diagnostics: [stop.signal.reason as Diagnostic], said: [] };
    } finally {
      stop.end();
      asking.delete(stop);
    }
  };

  const query: OpenCube['query'] = async (asked, { signal, limits: own } = {}) => {
    counts.asked += 1;
    const request = { ...asked, cube };
    const limits = { ...shared.limits, ...own };
    const standing = signal?.aborted ? null : follower.current();
    const known = standing && atOnce(standing, request);
    const told = known ? { ...known, said: standing.said } : await stoppably(request, limits, signal);
    const answered = withinCells(told, limits.cells);
    if (hasErrors(answered.diagnostics)) counts.refused += 1;
    return { ...answered, texts: answered.diagnostics.length > 0 ? textsOf(request, which) : noTexts };
  };

  /** Null where there is nobody to answer, which the way of `query` tells. */
  const standingNow = async (signal?: AbortSignal): Promise<Standing | null> => {
    if (isClosed || signal?.aborted) return null;
    const standing = follower.current();
    if (standing) return standing;
    await follower.lookInTime();
    return isClosed || signal?.aborted ? null : follower.standing();
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
    arrow: async (asked, options = {}) => {
      const { cells = Infinity, bytes } = { ...shared.limits, ...options.limits };
      const standing = await standingNow(options.signal);
      const columns = standing && (await arrowInColumns(shared, standing, { ...asked, cube }, { bytes }));
      if (
        standing &&
        typeof columns === 'object' &&
        columns !== null &&
        columns.table.numRows * asked.kpis.length <= cells
      ) {
        counts.asked += 1;
        counts.worked += 1;
        return { value: columns, diagnostics: standing.said, texts: noTexts };
      }
      const { value, ...rest } = await query(asked, options);
      if (!value) return rest;
      const reason = typeof columns === 'string' ? columns : null;
      return {
        ...rest,
        value: { table: value.arrow(), edition: value.edition, way: 'rows', reason, touched: null },
      };
    },
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
      isClosed = true;
      for (const stop of asking) stop.cancel();
      await follower.close();
    },
  };
}

const noTexts: ReadonlyMap<string, string> = new Map();

/** An answer, and what is said of its edition beside every answer. */
interface Told extends Checked<ServiceAnswer> {
  readonly said: readonly Diagnostic[];
}

function withinCells({ value, diagnostics, said }: Told, most = Infinity): Checked<ServiceAnswer> {
  const all = said.length > 0 ? [...said, ...diagnostics] : diagnostics;
  if (!value) return { diagnostics: all };
  const cells = cellsOf(value);
  return cells > most ? { diagnostics: [...all, hasTooMany(cells, most)] } : { value, diagnostics: all };
}

/** Two requests of one text to one standing are one question. */
const keyOf = (
  { key }: Standing,
  { kpis, by, where, period, hierarchy, order, top, totals, route }: Request,
): string => `${key}\n${JSON.stringify([kpis, by, where, period, hierarchy, order, top, totals, route])}`;

/** A question worked out, on an edition that stays open and cells that stay in memory until it is. */
async function run(
  { workspace, tables }: Shared,
  { held, edition }: Standing,
  request: Request,
  { bytes }: Limits,
  signal: AbortSignal,
): Promise<Checked<ServiceAnswer>> {
  const own = held.share();
  const { giveBack, ...inMemory } = tables.borrow(own.inMemory, { signal, bytes });
  try {
    const context: AskContext = {
      ...(await askContext(workspace, request)),
      engine: async () => stoppable(await workspace.engine('ask'), signal),
    };
    const answered = await ask(edition, request, { ...context, ...inMemory });
    if (!answered.value) return { diagnostics: answered.diagnostics };
    // The edition before is asked without what is in memory, which is not its own.
    const marked = await markRevised(workspace, edition, answered.value, request, context);
    const diagnostics = [...answered.diagnostics, ...marked.diagnostics];
    return marked.value ? { value: serviceAnswer(marked.value), diagnostics } : { diagnostics };
  } finally {
    giveBack();
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
