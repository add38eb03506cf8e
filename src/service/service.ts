import type { WhichEdition } from '../catalog/visible.ts';
import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import { textsOf } from '../pipeline/opened.ts';
import { type Outcome, type Outside, workspaceOf } from '../pipeline/outside.ts';
import type { ServiceAnswer } from './answer.ts';
import { bytesOfSize, type Size } from './bytes.ts';
import { type Counts, type OpenCube, openCube, type Shared } from './cube.ts';
import { flights } from './flights.ts';
import { keptAnswers } from './keptAnswers.ts';
import type { Limits } from './limits.ts';
import { openEditions } from './openEditions.ts';
import { follow } from './standing.ts';
import { type TableStatistics, tablesWithin } from './tables.ts';

export interface ServiceOptions {
  /** For cells in memory, of all editions together; 1GB where nothing is said. The engine's own is `Outside.memory`. */
  readonly memory?: Size;
  /** For every question that names none of its own. */
  readonly limits?: Limits;
  /** Cells of answers that are kept for whoever asks the same again; 0: none. */
  readonly keptCells?: number;
  /** Seconds after which a question first looks what was published or taken back; `Infinity`: only `refresh` looks. */
  readonly refreshSeconds?: number;
}

/** Cubes of a workspace, open for many questions. */
export interface QueryService {
  /** Opens the newest edition of a cube and follows it, or the one that is named, for good. */
  readonly open: (
    cube: string,
    options?: { readonly edition?: Exclude<WhichEdition, null> },
  ) => Promise<Outcome<OpenCube>>;
  readonly statistics: () => ServiceStatistics;
  /** Takes back what is on its way, and gives back memory, leases and the engine. */
  readonly close: () => Promise<void>;
}

/** Counted since the service was opened, but what is there now. */
export interface ServiceStatistics extends Readonly<Counts> {
  /** Editions open now. */
  readonly editions: number;
  /** How often a newer edition took the place of an older one. */
  readonly switches: number;
  /** Tables of cells in memory. */
  readonly tables: TableStatistics;
  /** Answers kept now. */
  readonly keptAnswers: { readonly answers: number; readonly cells: number };
}

/** Opens a workspace for questions until it is closed. */
export async function openService(
  outside: Outside,
  { memory = '1GB', limits = {}, keptCells = 200_000, refreshSeconds = 10 }: ServiceOptions = {},
): Promise<QueryService> {
  const workspace = workspaceOf(outside);
  const tables = tablesWithin(bytesOfSize(memory));
  const editions = openEditions(workspace, tables);
  const cubes: { readonly cube: OpenCube; readonly switches: () => number }[] = [];
  const shared: Shared = {
    workspace,
    tables,
    limits,
    kept: keptAnswers<Checked<ServiceAnswer>>(keptCells),
    flights: flights<Checked<ServiceAnswer>>(),
    counts: { asked: 0, kept: 0, shared: 0, worked: 0, refused: 0 },
  };
  const following = {
    workspace,
    editions,
    refreshSeconds,
    warm: async (next, before) => {
      const borrowed = tables.borrow(next.inMemory);
      // What is wrong with a file is told to whoever asks for it.
      await borrowed.cells.load(before.inMemory.cells.tables.keys());
      borrowed.giveBack();
    },
  } satisfies Parameters<typeof follow>[0];
  return {
    open: async (name, { edition = null }: { readonly edition?: WhichEdition } = {}) => {
      const texts = textsOf({ cube: name, kpis: [], by: [] }, edition);
      const follower = follow(following, name, edition);
      const diagnostics = await follower.refresh();
      if (hasErrors(diagnostics)) return { diagnostics, texts };
      const cube = openCube(shared, name, follower, edition);
      cubes.push({ cube, switches: follower.switches });
      return { value: cube, diagnostics, texts };
    },
    statistics: () => ({
      ...shared.counts,
      editions: editions.count(),
      switches: cubes.reduce((sum, { switches }) => sum + switches(), 0),
      tables: tables.statistics(),
      keptAnswers: shared.kept.statistics(),
    }),
    close: async () => {
      await Promise.all(cubes.map(({ cube }) => cube.close()));
      await shared.flights.ended();
      await workspace.close();
    },
  };
}
