import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sweepLeases } from '../../src/catalog/leases.ts';
import { objectPath } from '../../src/catalog/objects.ts';
import { type PosixStore, posixStore } from '../../src/catalog/posixStore.ts';
import { publishStep, thisProcess, versionOf } from './publishStep.ts';
import { soundnessOf } from './soundness.ts';
import type { Work } from './worker.ts';

export const cube = 'ledighed';

/** The store as the next process opens it: nobody but itself is alive. */
export const openStore = (root: string): PosixStore =>
  posixStore(root, 'cubes/published', {
    own: process.pid,
    isAlive: (id) => id === process.pid,
    now: () => new Date(),
  });

/** What a worker is to do with the version that comes after those of the store. */
export const workIn = (root: string, editions: number, files: number, size: number): Work => ({
  root,
  cube,
  first: editions + 1,
  versions: 1,
  files,
  size,
});

/** A store with some editions; with a damaged file where the next version has one, if asked for. */
export async function makeStore(
  root: string,
  editions: number,
  { damaged = false, files = 3, size = 500 } = {},
): Promise<void> {
  mkdirSync(root, { recursive: true });
  const store = openStore(root);
  for (let n = 1; n <= editions; n += 1)
    await publishStep(versionOf(cube, n, files, size), store, () => new Date());
  if (!damaged) return;
  const orphan = versionOf('other', editions + 1, files, size);
  await publishStep({ ...orphan, cube: 'other' }, store, () => new Date());
  const [last] = (await filesOf(root)).slice(-1);
  if (last === undefined) return;
  const path = join(root, last);
  const bytes = readFileSync(path);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Every object of a store, by path. */
async function filesOf(root: string): Promise<readonly string[]> {
  const store = openStore(root);
  const folders = await store.folders('objects');
  const lists = await Promise.all(
    folders.map(async (folder) =>
      (await store.list(`objects/${folder}`)).map((name) => objectPath({ sha256: name })),
    ),
  );
  return lists.flat();
}

export const copyStore = (from: string, to: string): void => cpSync(from, to, { recursive: true });

/**
 * What a worker left, after whatever happened to it: nothing half is seen, what it was told is published is
 * there, the next one goes on with the next number, and the sweep leaves no temporary file.
 */
export async function violationsAfter(
  root: string,
  editions: number,
  said: readonly string[],
  work: Work,
): Promise<readonly string[]> {
  const store = openStore(root);
  const seen = await soundnessOf(store);
  const violations = [...seen.problems];
  const count = seen.numbers.get(cube)?.length ?? 0;
  if (count < editions || count > editions + 1) violations.push(`${count} editions after ${editions}`);
  if (said.includes(`published ${editions + 1}`) && count !== editions + 1)
    violations.push(`edition ${editions + 1} was published and is gone`);

  await store.sweep();
  await sweepLeases(store, thisProcess);
  if ((await store.list('.leases')).length > 0) violations.push('a lease is left after the sweep');
  const temporary = join(root, '.tmp');
  if (existsSync(temporary) && readdirSync(temporary).length > 0)
    violations.push('a temporary file is left after the sweep');
  const version = versionOf(work.cube, work.first, work.files, work.size);
  const { number } = await publishStep(version, store, () => new Date());
  if (number !== editions + 1) violations.push(`published ${number} in place of ${editions + 1}`);
  return [...violations, ...(await soundnessOf(store)).problems];
}
