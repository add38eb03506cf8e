import { describe, expect, it } from 'vitest';
import { duckDbDialect } from '../../src/engine/duckdb/dialect.ts';
import type { CellsPlan } from '../../src/plan/plan.ts';
import { lowerCells } from '../../src/sql/lowerCells.ts';
import { holdsOnly, type Places, type SnapshotPlace, snapshotPlace } from '../../src/sql/places.ts';
import { printSql } from '../../src/sql/print.ts';

const plan: CellsPlan = {
  source: 'x',
  rows: null,
  periodColumn: 'maaned',
  dimensions: [{ column: 'koen', dimension: 'koen', leaf: 'koen', leveled: false }],
  dropped: [],
  coarse: [],
  states: [],
};
const textOf = (snapshots: readonly SnapshotPlace[], wanted: readonly string[]): string => {
  const places: Places = { snapshot: () => snapshots, held: () => [], cells: () => [], structure: () => '' };
  return printSql(lowerCells(plan, places, wanted), duckDbDialect, { values: 'literals' }).text;
};
const [january, february] = ['2026M01', '2026M02'];
const asksForPeriods = /where/;

describe('rows of files that hold only wanted periods', () => {
  const whole = snapshotPlace('a.parquet', { periods: null, holds: [january] });

  it('are not asked for their period', () => {
    expect(textOf([whole], [january, february])).not.toMatch(asksForPeriods);
  });

  it('are asked where one of the files holds another', () => {
    const other = snapshotPlace('b.parquet', { periods: null, holds: [february] });
    expect(textOf([whole, other], [january])).toMatch(/where rows\.maaned in \('2026M01'\)/);
  });

  it('are asked where an edition does not say what a file holds', () => {
    expect(textOf([snapshotPlace('a.parquet', { periods: null })], [january])).toMatch(asksForPeriods);
  });

  it('are those of a part, whatever else the file holds', () => {
    const part = snapshotPlace('a.parquet', { periods: [january], holds: [january, february] });
    expect(holdsOnly(part, [january])).toBe(true);
    expect(textOf([part], [january])).toMatch(/where snapshot\.maaned in \('2026M01'\)/);
  });
});
