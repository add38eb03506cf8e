import { createHash } from 'node:crypto';
import { readFile, truncate, unlink, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoptFile, objectPath, putObject, readObject, verifiedPath } from '../../src/catalog/objects.ts';
import type { ObjectRef } from '../../src/catalog/types.ts';
import { bytesOf, temporaryStore, textOf } from './temporaryStore.ts';

const content = 'kommune;værdi\n101;12\n';

async function flipOneBit(path: string, position: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

describe('objects', () => {
  it('lie under their SHA-256', async () => {
    const store = await temporaryStore();
    const ref = await putObject(store, bytesOf(content));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(ref).toEqual({ sha256, size: Buffer.byteLength(content) });
    expect(await readFile(store.localPath(`objects/${sha256.slice(0, 2)}/${sha256}`), 'utf8')).toBe(content);
    expect(textOf((await readObject(store, ref)).value)).toBe(content);
  });

  it('are the same whether put as bytes or adopted as a file', async () => {
    const store = await temporaryStore();
    const put = await putObject(store, bytesOf(content));
    const adopt = () =>
      store.withTemporary('.csv', async (path) => {
        await writeFile(path, content);
        return adoptFile(store, path);
      });
    expect(await adopt()).toEqual(put);
    await unlink(store.localPath(objectPath(put)));
    expect(await adopt()).toEqual(put);
    expect(textOf((await readObject(store, put)).value)).toBe(content);
  });

  it('are refused by name, whichever bit is flipped', async () => {
    const store = await temporaryStore();
    const ref = await putObject(store, bytesOf(content));
    const path = store.localPath(objectPath(ref));
    await fc.assert(
      fc.asyncProperty(fc.nat(ref.size - 1), async (position) => {
        await flipOneBit(path, position);
        const read = await readObject(store, ref);
        const verified = await verifiedPath(store, ref, new Set());
        await flipOneBit(path, position);
        for (const { value, diagnostics } of [read, verified]) {
          expect(value).toBeUndefined();
          expect(diagnostics.map(({ code }) => code)).toEqual(['object-damaged']);
          expect(diagnostics[0]?.message).toContain(
            `data/snapshots/objects/${ref.sha256.slice(0, 2)}/${ref.sha256}`,
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  it('are refused when cut short, and when gone', async () => {
    const store = await temporaryStore();
    const ref = await putObject(store, bytesOf(content));
    await truncate(store.localPath(objectPath(ref)), 5);
    expect((await verifiedPath(store, ref, new Set())).diagnostics[0]?.code).toBe('object-damaged');
    await unlink(store.localPath(objectPath(ref)));
    expect((await verifiedPath(store, ref, new Set())).diagnostics[0]?.code).toBe('object-missing');
    expect((await readObject(store, ref)).diagnostics[0]?.code).toBe('object-missing');
  });

  it('are checked against the size that a manifest says, too', async () => {
    const store = await temporaryStore();
    const ref: ObjectRef = { ...(await putObject(store, bytesOf(content))), size: 1 };
    expect((await readObject(store, ref)).diagnostics[0]?.code).toBe('object-damaged');
  });

  it('are hashed once per process', async () => {
    const store = await temporaryStore();
    const ref = await putObject(store, bytesOf(content));
    let reads = 0;
    const stream = (path: string) => {
      reads += 1;
      return store.stream(path);
    };
    const counting = { ...store, stream };
    const verified = new Set<string>();
    const first = await verifiedPath(counting, ref, verified);
    const second = await verifiedPath(counting, ref, verified);
    expect(second.value).toBe(first.value);
    expect(reads).toBe(1);
  });

  it('that are damaged are put aside and written anew when the same content comes again', async () => {
    const store = await temporaryStore();
    const ref = await putObject(store, bytesOf(content));
    await flipOneBit(store.localPath(objectPath(ref)), 3);
    await putObject(store, bytesOf(content));
    expect(textOf((await readObject(store, ref)).value)).toBe(content);
    expect(await store.exists(`${objectPath(ref)}.damaged`)).toBe(true);
  });
});
