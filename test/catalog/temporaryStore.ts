import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FileCalls, type PosixStore, type Processes, posixStore } from '../../src/catalog/posixStore.ts';

export const quietProcesses: Processes = {
  own: 4711,
  isAlive: (id) => id === 4711,
  now: () => new Date('2026-08-19T12:00:00Z'),
};

/** An empty folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flis-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function temporaryStore(files?: FileCalls): Promise<PosixStore & { readonly root: string }> {
  const root = await temporaryFolder();
  return { ...posixStore(root, 'data/snapshots', quietProcesses, files), root };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array | null | undefined): string | null =>
  bytes === null || bytes === undefined ? null : new TextDecoder().decode(bytes);
