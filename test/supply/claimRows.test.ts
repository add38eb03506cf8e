import { describe, expect, it } from 'vitest';
import { claimRows } from '../../src/supply/claimRows.ts';
import { readCsv } from '../../src/supply/readCsv.ts';
import { bytesOf, condition, numberColumn, said, sourceWith } from './fixtures.ts';

const header = ['datasaet', 'maaletal', 'vaerdi', 'andel'];
const source = (id: string, rows: string | null, value = 'vaerdi') =>
  sourceWith({
    id,
    columns: [numberColumn({ from: value })],
    inFile: { header, rows: rows === null ? null : condition(rows) },
  });

function table(...rows: string[]) {
  const { value } = readCsv('star.csv', bytesOf([header.join(';'), ...rows].join('\n')), {
    encoding: 'utf-8',
    delimiter: ';',
  });
  if (value === undefined) throw new Error('no table');
  return value;
}

describe('claimRows', () => {
  it('gives every row to the source whose condition holds', () => {
    const { claims, diagnostics } = claimRows(table('a;x;1;', 'b;x;2;', 'a;y;3;'), [
      source('one', 'datasaet == "a"'),
      source('two', 'datasaet == "b" and maaletal in ["x"]'),
    ]);
    expect(claims.map(({ source, rows }) => [source.id, rows])).toEqual([
      ['one', [0, 2]],
      ['two', [1]],
    ]);
    expect(diagnostics).toEqual([]);
  });

  it('gives all rows to a source without a condition', () => {
    expect(claimRows(table('a;x;1;', ';;;'), [source('one', null)]).claims[0]?.rows).toEqual([0, 1]);
  });

  it('does not take an empty field for a text', () => {
    const { claims } = claimRows(table(';x;1;', 'b;x;2;'), [source('one', 'datasaet != "a"')]);
    expect(claims[0]?.rows).toEqual([1]);
  });

  it('tells of rows that nobody claims, with the values that decide', () => {
    const rows = ['a;x;1;', 'b;x;2;', 'c;y;3;', 'b;x;4;', ';x;5;'];
    const { diagnostics } = claimRows(table(...rows), [source('one', 'datasaet == "a" and maaletal == "x"')]);
    expect(said(diagnostics)).toEqual([['unclaimed-rows', 3, undefined]]);
    expect(diagnostics[0]?.message).toBe('4 of 5 rows belong to no source contract.');
    expect(diagnostics[0]?.hint).toBe(
      'datasaet "b", maaletal "x" (2 rows); datasaet "c", maaletal "y" (1 row); datasaet "", maaletal "x" (1 row)',
    );
  });

  it('never shows the number of a person that decided nothing', () => {
    const { diagnostics } = claimRows(table('0101901234;x;1;'), [source('one', 'datasaet == "a"')]);
    expect(JSON.stringify(diagnostics)).not.toContain('0101901234');
  });

  it('refuses a value that two sources would count', () => {
    const { diagnostics } = claimRows(table('a;x;1;', 'b;x;2;', 'a;y;3;'), [
      source('one', 'datasaet == "a"'),
      source('two', 'maaletal == "y"'),
    ]);
    expect(said(diagnostics)).toContainEqual(['rows-claimed-twice', 4, 'vaerdi']);
    expect(diagnostics[0]?.message).toBe('one and two both claim the value in 1 row.');
  });

  it('lets two sources read different values of one row', () => {
    const { claims, diagnostics } = claimRows(table('a;x;1;2'), [
      source('one', null),
      source('two', null, 'andel'),
    ]);
    expect(claims.map(({ rows }) => rows)).toEqual([[0], [0]]);
    expect(diagnostics).toEqual([]);
  });

  it('tells of sources that no row belongs to', () => {
    const { diagnostics } = claimRows(table('a;x;1;'), [
      source('one', null),
      source('two', 'datasaet == "b"'),
    ]);
    expect(said(diagnostics)).toEqual([['no-rows-claimed', 1, undefined]]);
    expect(diagnostics[0]?.message).toBe('No row of the file belongs to two.');
  });
});
