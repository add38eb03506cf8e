import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/model/types.ts';
import { readCsv } from '../../src/supply/readCsv.ts';
import { recognise } from '../../src/supply/recognise.ts';
import { bytesOf, said, sourceWith } from './fixtures.ts';

const star = sourceWith({ id: 'star.ledighed' });
const other = sourceWith({ id: 'star.andet' });
const population = sourceWith({
  id: 'dst.folketal',
  inFile: { names: ['folketal_*.csv'], delimiter: ',', header: ['kommune_kode', 'aar', 'folketal'] },
});

const read = (name: string, text: string, sources: readonly Source[], only: Source | null = null) => {
  let reads = 0;
  const result = recognise({ name, label: `in/${name}` }, sources, only, async (format) => {
    reads += 1;
    return readCsv(`in/${name}`, bytesOf(text), format);
  });
  return result.then((recognised) => ({ ...recognised, reads }));
};
const good = 'kommune_kode;maaletal;periode;vaerdi\n101;total;2026M07;1\n';
const ids = (found: Awaited<ReturnType<typeof read>>) =>
  found.value?.map(({ sources }) => sources.map(({ id }) => id));

describe('recognise', () => {
  it('finds all contracts of a file, in the order of their ids, and reads it once', async () => {
    const found = await read('star_1.csv', good, [star, population, other]);
    expect(ids(found)).toEqual([['star.andet', 'star.ledighed']]);
    expect(found.diagnostics).toEqual([]);
    expect(found.reads).toBe(1);
  });

  it('takes the contract that somebody named, whatever the file is called', async () => {
    expect(ids(await read('x.csv', good, [star, other], star))).toEqual([['star.ledighed']]);
  });

  it('says what columns are missing, with near names, and for which contracts', async () => {
    const found = await read(
      'star_1.csv',
      good.replace('periode', 'perioder').replace('kommune_kode', 'sted'),
      [star, other],
    );
    expect(found.value).toBeUndefined();
    expect(said(found.diagnostics)).toEqual([['unknown-delivery', 1, undefined]]);
    expect(found.diagnostics[0]?.message).toBe(
      'The file has not the columns "kommune_kode", "periode" of star.andet, star.ledighed.',
    );
    expect(found.diagnostics[0]?.hint).toBe('the file has "perioder" where "periode" is expected');
    expect(found.diagnostics[0]?.place?.file).toBe('in/star_1.csv');
  });

  it('warns where a contract has the name of the file and not its columns, while another has both', async () => {
    const wider = sourceWith({ id: 'star.bred', inFile: { header: [...star.file.header, 'andel'] } });
    const found = await read('star_1.csv', good, [star, wider]);
    expect(ids(found)).toEqual([['star.ledighed']]);
    expect(said(found.diagnostics)).toEqual([['contract-not-met', 1, undefined]]);
    expect(found.diagnostics[0]?.message).toBe('The file has not the column "andel" of star.bred.');
  });

  it('tells of columns that no contract knows', async () => {
    const found = await read('star_1.csv', 'kommune_kode;maaletal;periode;vaerdi;note\n101;a;2026M07;1;x\n', [
      star,
    ]);
    expect(ids(found)).toEqual([['star.ledighed']]);
    expect(said(found.diagnostics)).toEqual([['extra-columns', 1, undefined]]);
    expect(found.diagnostics[0]).toMatchObject({ severity: 'info', hint: '"note"' });
  });

  it('knows a file by its columns where its name fits no pattern', async () => {
    const found = await read('ledige.csv', good, [star, population, other]);
    expect(said(found.diagnostics)).toEqual([['unknown-delivery', 1, undefined]]);
    expect(found.diagnostics[0]?.hint).toBe(
      'it has the columns of star.andet, star.ledighed, whose files are called star_*.csv',
    );
  });

  it('says a near name where neither name nor columns fit', async () => {
    const near = await read('folketa_*.csv', 'a;b\n1;2\n', [star, population]);
    expect(near.diagnostics[0]?.hint).toBe('did you mean "folketal_*.csv"?');
    const far = await read('x.csv', 'a;b\n1;2\n', [star, population]);
    expect(far.diagnostics[0]?.hint).toBe('write a source contract for it');
  });

  it('says what is wrong with a file that no contract of its name can read', async () => {
    expect(said((await read('star_1.csv', '', [star, other])).diagnostics)).toEqual([
      ['empty-delivery', 1, undefined],
    ]);
  });

  it('reads a file once for each format that its contracts name', async () => {
    const comma = sourceWith({ id: 'star.komma', inFile: { delimiter: ',' } });
    const found = await read('star_1.csv', good, [star, comma, other]);
    expect(ids(found)).toEqual([['star.andet', 'star.ledighed']]);
    expect(found.reads).toBe(2);
  });
});
