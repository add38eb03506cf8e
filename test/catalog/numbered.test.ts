import { unlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { appendNumbered, claimNumber, readNumbered, type Series } from '../../src/catalog/numbered.ts';
import { bytesOf, temporaryStore, textOf } from './temporaryStore.ts';

interface Note {
  readonly format: 1;
  readonly number: number;
  readonly text: string;
}
const series: Series = {
  folder: 'notes',
  digits: 3,
  shape: { format: 'number', number: 'number', text: 'text' },
};
const note = (text: string) => (number: number) => ({ format: 1 as const, number, text });

describe('numbered manifests', () => {
  it('count from 1 and read back in order', async () => {
    const store = await temporaryStore();
    for (let n = 1; n <= 12; n += 1) await appendNumbered<Note>(store, series, note(`note ${n}`));
    const { value, diagnostics } = await readNumbered<Note>(store, series);
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ number, value }) => [number, value.text])).toEqual(
      Array.from({ length: 12 }, (_, n) => [n + 1, `note ${n + 1}`]),
    );
    expect(textOf(await store.read('notes/001.json'))).toBe(
      '{\n  "format": 1,\n  "number": 1,\n  "text": "note 1"\n}\n',
    );
  });

  it('give every one of many writers a number of its own, without gaps, after what lies before', async () => {
    const store = await temporaryStore();
    const writers = Array.from({ length: 16 }, (_, n) => n);
    const seen: [number, string | null][] = [];
    await Promise.all(
      writers.map((n) =>
        appendNumbered<Note>(store, series, (number, previous) => {
          seen.push([number, textOf(previous)]);
          return note(`writer ${n}`)(number);
        }),
      ),
    );
    const { value, diagnostics } = await readNumbered<Note>(store, series);
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ number }) => number)).toEqual(writers.map((n) => n + 1));
    expect(new Set(value?.map(({ value }) => value.text)).size).toBe(16);
    for (const [number, previous] of seen) {
      expect(previous).toBe(
        number === 1 ? null : textOf(await store.read(`notes/${String(number - 1).padStart(3, '0')}.json`)),
      );
    }
  });

  it('write nothing where the writer gives up, or the number is taken', async () => {
    const store = await temporaryStore();
    expect(await appendNumbered<Note>(store, series, () => null)).toBeNull();
    expect(await claimNumber(store, series, 1, note('one')(1))).not.toBeNull();
    expect(await claimNumber(store, series, 1, note('two')(1))).toBeNull();
    expect(await store.list('notes')).toEqual(['001.json']);
  });

  it('are not found by whatever else lies in the folder', async () => {
    const store = await temporaryStore();
    await appendNumbered<Note>(store, series, note('one'));
    for (const name of ['2.json', '0002.json', '000.json', '002.json.bak', 'readme.txt', '-02.json']) {
      await store.createExclusive(`notes/${name}`, bytesOf('{}'));
    }
    const { value, diagnostics } = await readNumbered<Note>(store, series);
    expect(diagnostics).toEqual([]);
    expect(value).toHaveLength(1);
  });

  it('tell of a gap', async () => {
    const store = await temporaryStore();
    for (const text of ['one', 'two', 'three']) await appendNumbered<Note>(store, series, note(text));
    await unlink(store.localPath('notes/002.json'));
    const { value, diagnostics } = await readNumbered<Note>(store, series);
    expect(value?.map(({ number }) => number)).toEqual([1, 3]);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['manifest-damaged', 'The manifest data/snapshots/notes/002.json is not there, though later ones are.'],
    ]);
  });

  it.each([
    ['half a file', '{ "format": 1, "num'],
    ['an empty file', ''],
    ['another shape', '{ "format": 1, "number": 1 }'],
    ['another type', '{ "format": 1, "number": 1, "text": 7 }'],
    ['another number', '{ "format": 1, "number": 7, "text": "" }'],
    ['a format of later versions', '{ "format": 2, "number": 1, "text": "" }'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['broken letters', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('tell of %s', async (_what, text) => {
    const store = await temporaryStore();
    await appendNumbered<Note>(store, series, note('one'));
    await writeFile(store.localPath('notes/001.json'), text);
    const { value, diagnostics } = await readNumbered<Note>(store, series);
    expect(value).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['manifest-damaged']);
    expect(diagnostics[0]?.message).toContain('data/snapshots/notes/001.json');
  });
});
