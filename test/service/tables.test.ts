import { describe, expect, it } from 'vitest';
import type { TableInMemory } from '../../src/cells/memory.ts';
import type { PeopleInMemory } from '../../src/cells/people.ts';
import type { SemanticModel } from '../../src/model/types.ts';
import type { FactPlan } from '../../src/plan/plan.ts';
import type { EditionCells } from '../../src/serve/editionCells.ts';
import { type InMemory, tablesWithin } from '../../src/service/tables.ts';

const model = {} as SemanticModel;
const structures = { rowsOf: () => new Map(), groupsOf: () => [] };

/** An edition each of whose tables, and whose only sets, take so many bytes. */
function editionOf(bytes: number): InMemory {
  const tables = new Map<string, TableInMemory>();
  const cells: EditionCells = {
    model,
    structures,
    tables,
    load: async (sources) => {
      for (const source of sources)
        if (!tables.has(source)) tables.set(source, { source, bytes: new Uint8Array(bytes) } as never);
      return { value: true, diagnostics: [] };
    },
    drop: (source) => tables.delete(source),
  };
  const people = new Uint8Array(bytes) as unknown as PeopleInMemory;
  const load = async () => ({ value: people, diagnostics: [] });
  return { cells, people: { structures, load, drop: () => undefined } };
}

const persons = { source: 'a', ofRows: { kind: 'distinct', key: ['person'] } } as unknown as FactPlan;

describe('tables within a budget', () => {
  it('go in the order of their last use, across editions', async () => {
    const tables = tablesWithin(30);
    const [one, other] = [editionOf(10), editionOf(10)];
    const use = async (edition: InMemory, ...sources: readonly string[]) => {
      const borrowed = tables.borrow(edition);
      await borrowed.cells.load(sources);
      borrowed.giveBack();
    };
    await use(one, 'a', 'b');
    await use(other, 'a');
    await use(one, 'a');
    await use(other, 'c');
    expect([[...one.cells.tables.keys()], [...other.cells.tables.keys()]]).toEqual([['a'], ['a', 'c']]);
    expect(tables.statistics()).toEqual({ held: 3, bytes: 30, budget: 30, read: 4, dropped: 1 });
    tables.forget(other);
    expect(tables.statistics()).toMatchObject({ held: 1, bytes: 10 });
  });

  it('stay while a question uses them, above the budget if it must be', async () => {
    const tables = tablesWithin(15);
    const edition = editionOf(10);
    const [first, second] = [tables.borrow(edition), tables.borrow(edition)];
    await first.cells.load(['a']);
    await second.cells.load(['b']);
    expect(tables.statistics()).toMatchObject({ held: 2, bytes: 20 });
    second.giveBack();
    expect([...edition.cells.tables.keys()]).toEqual(['a']);
    first.giveBack();
    expect(tables.statistics()).toMatchObject({ held: 1, bytes: 10, dropped: 1 });
  });

  it('have sets of persons beside cells, and limits of a question for both', async () => {
    const tables = tablesWithin(100);
    const edition = editionOf(10);
    const borrowed = tables.borrow(edition, { bytes: 15 });
    expect((await borrowed.people.load(persons)).value).toHaveLength(10);
    const { value, diagnostics } = await borrowed.cells.load(['a']);
    expect([value, diagnostics[0]?.code]).toEqual([undefined, 'query-too-large']);
    borrowed.giveBack();
    expect(tables.statistics()).toMatchObject({ held: 2, bytes: 20 });
  });

  it('larger than the whole budget are left to the engine after the first time', async () => {
    const tables = tablesWithin(5);
    const edition = editionOf(10);
    for (const sets of [10, null]) {
      const borrowed = tables.borrow(edition);
      expect((await borrowed.people.load(persons)).value?.toString().split(',').length ?? null).toBe(sets);
      await borrowed.cells.load(['a']);
      borrowed.giveBack();
    }
    expect(tables.statistics()).toMatchObject({ held: 0, bytes: 0, read: 2 });
  });

  it('are not read for whoever has gone', async () => {
    const edition = editionOf(10);
    const stop = new AbortController();
    const { cells } = tablesWithin(100).borrow(edition, { signal: stop.signal });
    stop.abort('gone');
    await expect(cells.load(['a'])).rejects.toBe('gone');
    expect(edition.cells.tables.size).toBe(0);
  });
});
