import { describe, expect, it } from 'vitest';
import { structureTable } from '../../src/build/structureTable.ts';
import { modelOf } from '../support/definitions.ts';

const model = modelOf();
const dimension = model.dimensions.kommune;
if (!dimension) throw new Error('the mini workspace has kommuner');
const table = structureTable(model, dimension);

/** Rows as lines: the values of every column. */
const lines = Array.from({ length: table.rows }, (_, row) =>
  table.columns.map(({ values }) => String(values[row])).join(' '),
);

describe('the table of a structure', () => {
  it('has the finest level first, those above it, the days and whether a delivery holds the member', () => {
    expect(table.columns.map(({ name }) => name)).toEqual([
      'kommune',
      'landsdel',
      'region',
      'land',
      'valid_from',
      'valid_to',
      'expected',
    ]);
  });

  it('has a row for each stretch of time in which nothing changes', () => {
    expect(lines.filter((line) => line.startsWith('101'))).toEqual([
      '101 01 084 000 0001-01-01 2026-12-31 1',
      '101 01 086 000 2027-01-01 9999-12-31 1',
    ]);
    expect(lines.filter((line) => line.startsWith('751'))).toEqual([
      '751 09 082 000 0001-01-01 9999-12-31 1',
    ]);
  });

  it('expects neither Christiansø nor the unknown member', () => {
    expect(lines.filter((line) => line.endsWith(' 0')).map((line) => line.split(' ')[0])).toEqual([
      '411',
      '411',
      'uoplyst',
    ]);
    expect(lines.at(-1)).toBe('uoplyst uoplyst uoplyst uoplyst 0001-01-01 9999-12-31 0');
  });
});
