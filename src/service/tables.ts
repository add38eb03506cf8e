import type { Checked } from '../diagnostics/diagnostic.ts';
import type { FactPlan } from '../plan/plan.ts';
import type { EditionCells } from '../serve/editionCells.ts';
import type { EditionPeople } from '../serve/editionPeople.ts';
import { bytesInMemory } from './bytes.ts';
import { needsTooMuch } from './limits.ts';

/** The tables of all open editions, within a budget of bytes: cells of a source, and who is counted in them. */
export interface Tables {
  /** What an edition has in memory, for one question: what that reads stays until it is given back. */
  readonly borrow: (from: InMemory, limits?: BorrowLimits) => Borrowed;
  /** Drops all that an edition has. */
  readonly forget: (from: InMemory) => void;
  readonly statistics: () => TableStatistics;
}

export interface InMemory {
  readonly cells: EditionCells;
  readonly people: EditionPeople;
}

export interface BorrowLimits {
  /** Checked before anything is read, since by then nobody may wait any more. */
  readonly signal?: AbortSignal;
  /** Bytes that the tables of one question may have. */
  readonly bytes?: number;
}

export interface Borrowed extends InMemory {
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

/** A table by whose it is and what of theirs it is. */
interface Held {
  readonly owner: object;
  readonly name: string;
  readonly drop: () => void;
  /** 0: nothing was read. */
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
  const oversized = new WeakMap<object, Set<string>>();
  const counts = { read: 0, dropped: 0 };
  let bytes = 0;

  const find = (owner: object, name: string): Held | null => {
    for (const each of all) if (each.owner === owner && each.name === name) return each;
    return null;
  };
  const isOversized = (owner: object, name: string) => oversized.get(owner)?.has(name) ?? false;
  const drop = (held: Held) => {
    all.delete(held);
    held.drop();
    bytes -= held.bytes;
    if (held.bytes > 0) counts.dropped += 1;
  };
  const keepToBudget = () => {
    for (const held of all) {
      if (bytes <= budget) return;
      if (held.users === 0) drop(held);
    }
  };
  const measure = (held: Held, table: unknown) => {
    if (!table || held.bytes > 0) return;
    held.bytes = bytesInMemory(table);
    bytes += held.bytes;
    counts.read += 1;
    if (held.bytes > budget)
      oversized.set(held.owner, (oversized.get(held.owner) ?? new Set()).add(held.name));
  };

  /** What one question uses; nothing of it is dropped before it is given back. */
  const loan = ({ signal, bytes: most = Infinity }: BorrowLimits) => {
    const own = new Set<Held>();
    const used = () => [...own].reduce((sum, held) => sum + held.bytes, 0);
    return {
      start: async () => {
        await nextTurn();
        signal?.throwIfAborted();
      },
      use: (owner: object, name: string, dropIt: () => void): Held => {
        const held = find(owner, name) ?? { owner, name, drop: dropIt, bytes: 0, users: 0 };
        // Behind all others, as the last that was used.
        all.delete(held);
        all.add(held);
        if (!own.has(held)) held.users += 1;
        own.add(held);
        return held;
      },
      within: <T>(loaded: Checked<T>): Checked<T> => {
        keepToBudget();
        return used() > most ? { diagnostics: [needsTooMuch(used(), most)] } : loaded;
      },
      giveBack: () => {
        for (const held of own) held.users -= 1;
        own.clear();
        keepToBudget();
      },
    };
  };

  return {
    borrow: ({ cells, people }, limits = {}) => {
      const { start, use, within, giveBack } = loan(limits);
      return {
        cells: {
          ...cells,
          load: async (sources) => {
            await start();
            const wanted = [...sources].filter((source) => !isOversized(cells, source));
            const held = wanted.map((source) => use(cells, source, () => cells.drop(source)));
            const loaded = await cells.load(wanted);
            for (const each of held) measure(each, cells.tables.get(each.name));
            return within(loaded);
          },
        },
        people: {
          ...people,
          load: async (fact) => {
            const name = nameOf(fact);
            if (name === null || isOversized(people, name)) return { value: null, diagnostics: [] };
            await start();
            const held = use(people, name, () => people.drop(fact));
            const loaded = await people.load(fact);
            measure(held, loaded.value);
            return within(loaded);
          },
        },
        giveBack,
      };
    },
    forget: ({ cells, people }) => {
      for (const held of all) if (held.owner === cells || held.owner === people) drop(held);
    },
    statistics: () => ({
      held: [...all].filter((held) => held.bytes > 0).length,
      bytes,
      budget,
      ...counts,
    }),
  };
}

/** The sets that a fact counts by; null where it counts nobody once. */
const nameOf = ({ source, ofRows }: FactPlan): string | null =>
  ofRows?.kind === 'distinct' ? `${source} ${ofRows.key.join(' ')}` : null;

/** Lets timers and whoever cancels have their turn: work on cells in memory waits for nothing else. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
