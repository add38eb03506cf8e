import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deliveryFolder } from '../../src/supply/deliveryFolder.ts';
import { type DeliveryFolder, listDeliveries } from '../../src/supply/listDeliveries.ts';
import { temporaryFolder } from '../catalog/temporaryStore.ts';
import { bytesOf } from './fixtures.ts';

const folderOf = (files: Readonly<Record<string, string>>): DeliveryFolder => ({
  name: 'data/deliveries',
  files: async () => Object.keys(files),
  read: async (path) => bytesOf(files[path] ?? ''),
});
const received = (time: string) => `received: "${time}"\n`;

describe('listDeliveries', () => {
  it('gives deliveries in order of receipt, then name, those without a receipt last', async () => {
    const listed = await listDeliveries(
      folderOf({
        'c.csv': '',
        'b.csv': '',
        'b.csv.receipt.yaml': received('2026-08-19T05:00:00Z'),
        'a.csv': '',
        'a.csv.receipt.yaml': received('2026-08-19T07:00:00+02:00'),
        'star/z.csv': '',
        'star/z.csv.receipt.yaml': `${received('2026-08-18T05:00:00Z')}sender: STAR\nsynthetic: true\n`,
        'ab.csv': '',
      }),
    );
    expect(listed.value?.map(({ path }) => path)).toEqual([
      'star/z.csv',
      'a.csv',
      'b.csv',
      'ab.csv',
      'c.csv',
    ]);
    expect(listed.value?.[0]).toEqual({
      file: 'data/deliveries/star/z.csv',
      path: 'star/z.csv',
      name: 'z.csv',
      received: '2026-08-18T05:00:00.000Z',
      sender: 'STAR',
      synthetic: true,
    });
    expect(listed.diagnostics.map(({ code, place }) => [code, place?.file])).toEqual([
      ['no-receipt', 'data/deliveries/c.csv'],
      ['no-receipt', 'data/deliveries/ab.csv'],
    ]);
    expect(listed.diagnostics[0]?.hint).toBe(
      'write data/deliveries/c.csv.receipt.yaml with a line like: received: "2026-08-19T05:03:20Z"',
    );
    expect(listed.value?.at(-1)?.received).toBeNull();
  });

  it('leaves out a delivery whose receipt cannot be understood, since at the wrong time it could undo a newer one', async () => {
    const listed = await listDeliveries(
      folderOf({ 'a.csv': '', 'a.csv.receipt.yaml': 'received: yesterday' }),
    );
    expect(listed.value).toEqual([]);
    expect(listed.diagnostics.map(({ code, span }) => [code, span])).toEqual([
      ['bad-receipt', { file: 'data/deliveries/a.csv.receipt.yaml', start: 10, end: 19 }],
    ]);
    expect(listed.texts.get('data/deliveries/a.csv.receipt.yaml')).toBe('received: yesterday');
  });

  it('tells of a receipt without its file', async () => {
    const listed = await listDeliveries(folderOf({ 'a.csv.receipt.yaml': received('2026-08-19T05:00:00Z') }));
    expect(listed.value).toEqual([]);
    expect(listed.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['receipt-without-file', 'There is no file data/deliveries/a.csv.'],
    ]);
  });

  it('passes over what is no delivery', async () => {
    const files = {
      '.gitkeep': '',
      'README.md': '',
      '~$star.csv': '',
      'star.csv.part': '',
      '.hidden/a.csv': '',
      'a/b/c.csv': '',
    };
    expect(await listDeliveries(folderOf(files))).toMatchObject({ value: [], diagnostics: [] });
  });

  it('reads a folder on disk and the folders in it, and takes none for empty', async () => {
    const root = await temporaryFolder();
    await mkdir(join(root, 'star', 'deeper'), { recursive: true });
    await writeFile(join(root, 'a.csv'), 'x');
    await writeFile(join(root, 'star', 'b.csv'), 'y');
    await writeFile(join(root, 'star', 'deeper', 'c.csv'), 'z');
    const folder = deliveryFolder(root, 'data/deliveries');
    expect(await folder.files()).toEqual(['a.csv', 'star/b.csv']);
    expect(new TextDecoder().decode(await folder.read('star/b.csv'))).toBe('y');
    expect(await deliveryFolder(join(root, 'nothing'), 'x').files()).toEqual([]);
  });
});
