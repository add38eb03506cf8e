import { describe, expect, it } from 'vitest';
import { batchesOf, type Holding, readOfParts, wantedTable } from '../../src/build/parts.ts';
import type { CellTable } from '../../src/catalog/types.ts';
import type { RowStep } from '../../src/model/rowSteps.ts';
import type { SourceColumn } from '../../src/model/types.ts';
import { periodsRead } from '../../src/plan/periodsRead.ts';
import type { CellsPlan, RowsPlan } from '../../src/plan/plan.ts';

const columns: readonly SourceColumn[] = [];
const delivered: RowsPlan = { source: 'skole.elever', from: null, columns, steps: [] };

/** Rows made of delivered ones by some steps. */
function rowsOf(...steps: readonly RowStep[]): RowsPlan {
  const planned = steps.map((step) => ({ step, before: columns, columns, lookup: null, came: null }));
  return { source: 'skole.klasser', from: delivered, columns, steps: planned };
}

const planOf = (rows: RowsPlan | null): CellsPlan => ({
  source: rows?.source ?? 'skole.elever',
  rows,
  periodColumn: 'periode',
  dimensions: [],
  dropped: [],
  coarse: [],
  states: [],
});

const holding = (files: Readonly<Record<string, string>>): Holding =>
  new Map([['skole.elever', new Map(Object.entries(files))]]);

const maker = { builder: '1', engine: 'duckdb' };

const spread: RowStep = { kind: 'spread', level: 'maaned', from: 'start', to: 'slut', on: 'last_day' };

describe('what cells of a period are made of', () => {
  it('is the same period of a delivered source', () => {
    expect([...periodsRead(planOf(null), ['2026M01'])]).toEqual([['skole.elever', ['2026M01']]]);
  });

  it('is the finer periods of rows that are grouped to a coarser one', () => {
    const level = { from: 'maaned', to: 'kvartal' } as const;
    const group: RowStep = { kind: 'group', by: ['periode'], takes: [], level };
    expect(periodsRead(planOf(rowsOf(group)), ['2026K1']).get('skole.elever')).toEqual([
      '2026M01',
      '2026M02',
      '2026M03',
    ]);
  });

  it('is every period of intervals that are spread, since one may begin at any time', () => {
    expect(periodsRead(planOf(rowsOf(spread)), ['2026M01']).get('skole.elever')).toBeNull();
  });
});

describe('parts of a table', () => {
  const months = ['2025M12', '2026M01', '2026M02'];
  const files = { '2025M12': 'a', '2026M01': 'b', '2026M02': 'b' };
  const before = (plan: CellsPlan, held = files): CellTable => {
    const { made, parts } = wantedTable(plan, Object.keys(held), holding(held), maker, undefined);
    return {
      source: plan.source,
      made,
      dimensions: [],
      levelColumns: [],
      periods: Object.keys(held),
      states: [],
      parts: parts.map((part) => ({
        partition: part.partition,
        rows: 0,
        file: { sha256: '', size: 0 },
        made: part.made,
      })),
    };
  };
  const stale = (plan: CellsPlan, held: Readonly<Record<string, string>>) =>
    wantedTable(plan, Object.keys(held), holding(held), maker, before(plan))
      .parts.filter(({ kept }) => kept === null)
      .map(({ partition }) => partition);

  it('are kept but for the months that another snapshot holds now', () => {
    expect(stale(planOf(null), files)).toEqual([]);
    expect(stale(planOf(null), { ...files, '2026M01': 'c' })).toEqual(['2026M01']);
    expect(stale(planOf(null), { ...files, '2026M03': 'c' })).toEqual(['2026M03']);
  });

  it('are all made anew where each can see every month', () => {
    expect(stale(planOf(rowsOf(spread)), { ...files, '2026M01': 'c' })).toEqual(months);
  });

  it('are made in one statement for each year, and read no month of another', () => {
    const { parts } = wantedTable(planOf(null), months, holding(files), maker, undefined);
    const batches = batchesOf(parts, [], holding(files));
    expect(batches.map((batch) => batch.map(({ partition }) => partition))).toEqual([
      ['2025M12'],
      ['2026M01', '2026M02'],
    ]);
    expect(batches.map((batch) => readOfParts(batch).get('skole.elever'))).toEqual([
      ['2025M12'],
      ['2026M01', '2026M02'],
    ]);
    const overAll = wantedTable(planOf(rowsOf(spread)), months, holding(files), maker, undefined);
    expect(batchesOf(overAll.parts, [], holding(files))).toHaveLength(1);
  });

  it('are made by themselves where they read much, and together where they read it of the same file', () => {
    const megabytes = 1024 * 1024;
    const large = { number: 1, receipt: 1, received: '', size: 10 * megabytes, periods: null };
    const sizesOf = (held: Readonly<Record<string, string>>) => {
      const snapshots = [...new Set(Object.values(held))].map((sha256) => ({ ...large, sha256 }));
      const inputs = [{ source: 'skole.elever', synthetic: false, snapshots }];
      const { parts } = wantedTable(planOf(null), Object.keys(held), holding(held), maker, undefined);
      return batchesOf(parts, inputs, holding(held)).map((batch) => batch.length);
    };
    expect(sizesOf({ '2026M01': 'a', '2026M02': 'b', '2026M03': 'c' })).toEqual([1, 1, 1]);
    expect(sizesOf({ '2026M01': 'a', '2026M02': 'a', '2026M03': 'b' })).toEqual([2, 1]);
  });

  it('hold the weeks and days of a month together, and a year as itself', () => {
    const held = { '2026': 'a', '2026-01-31': 'a', '2026U05': 'a', '2026U06': 'a', '2026K1': 'a' };
    const { parts } = wantedTable(planOf(null), Object.keys(held), holding(held), maker, undefined);
    expect(parts.map(({ partition, periods }) => [partition, periods])).toEqual([
      ['2026', ['2026']],
      ['2026M01', ['2026-01-31', '2026U05']],
      ['2026M02', ['2026U06']],
      ['2026K1', ['2026K1']],
    ]);
  });
});
