import type { Checked } from '../diagnostics/diagnostic.ts';
import type { EditionCells } from '../serve/editionCells.ts';
import { bytesInMemory } from './bytes.ts';
import { needsTooMuch } from './limits.ts';

/** The tables of all open editions, within a budget of bytes. */
export interface Tables {
  /** The cells of an edition for one question: what it reads stays in memory until they are given back. */
  readonly borrow: (cells: EditionCells, limits: BorrowLimits) => Borrowed;
  /** Drops all tables of an edition. */
  readonly forget: (cells: EditionCells) => void;
  readonly statistics: () => TableStatistics;
}

export interface BorrowLimits {
  /** Checked before anything is read, since between two tables somebody may have gone. */
  readonly signal?: AbortSignal;
  /** Bytes that the tables of one question may have. */
  readonly bytes?: number;
}

export interface Borrowed {
  readonly cells: EditionCells;
  readonly giveBack: () => void;
}

export interface TableStatistics {
  /** In memory now. */
  readonly held: number;
  readonly bytes: number;
  readonly budget: number;
  /** Since the service was opened. */
  readonly read: number;
  readonly dropped: number;
}

interface Held {
  readonly cells: EditionCells;
  readonly source: string;
  bytes: number;
  users: number;
}

/**
 * A table that nobody uses goes when others need its place, the one that was used longest ago first. One that is
 * larger than the whole budget is kept for nobody; an engine reads its file.
 */
export function tablesWithin(budget: number): Tables {
  /** In the order of their last use. */
  const all = new Set<Held>();
  const oversized = new WeakMap<EditionCells, Set<string>>();
  const counts = { read: 0, dropped: 0 };
  let bytes = 0;

  const find = (cells: EditionCells, source: string): Held => {
    for (const each of all) if (each.cells === cells && each.source === source) return each;
    return { cells, source, bytes: 0, users: 0 };
  };
  const drop = (held: Held) => {
    all.delete(held);
    held.cells.drop(held.source);
    bytes -= held.bytes;
    if (held.bytes > 0) counts.dropped += 1;
  };
  const keepToBudget = () => {
    for (const held of all) {
      if (bytes <= budget) return;
      if (held.users === 0) drop(held);
    }
  };
  const measure = (held: Held) => {
    const table = held.cells.tables.get(held.source);
    if (!table || held.bytes > 0) return;
    held.bytes = bytesInMemory(table);
    bytes += held.bytes;
    counts.read += 1;
    if (held.bytes > budget) {
      const known = oversized.get(held.cells) ?? new Set();
      oversized.set(held.cells, known.add(held.source));
    }
  };

  const borrow = (cells: EditionCells, { signal, bytes: most = Infinity }: BorrowLimits): Borrowed => {
    const own = new Set<Held>();
    const load = async (sources: Iterable<string>): Promise<Checked<true>> => {
      await nextTurn();
      signal?.throwIfAborted();
      const wanted = [...sources].filter((source) => !oversized.get(cells)?.has(source));
      for (const source of wanted) {
        const held = find(cells, source);
        // Behind all others, as the last that was used.
        all.delete(held);
        all.add(held);
        if (!own.has(held)) held.users += 1;
        own.add(held);
      }
      const loaded = await cells.load(wanted);
      for (const held of own) measure(held);
      keepToBudget();
      const used = [...own].reduce((sum, held) => sum + held.bytes, 0);
      return used > most ? { diagnostics: [needsTooMuch(used, most)] } : loaded;
    };
    return {
      cells: { ...cells, load },
      giveBack: () => {
        for (const held of own) held.users -= 1;
        own.clear();
        keepToBudget();
      },
    };
  };

  return {
    borrow,
    forget: (cells) => {
      for (const held of all) if (held.cells === cells) drop(held);
    },
    statistics: () => ({
      held: [...all].filter((held) => held.bytes > 0).length,
      bytes,
      budget,
      ...counts,
    }),
  };
}

/** Lets timers and whoever cancels have their turn: work on cells in memory waits for nothing else. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
