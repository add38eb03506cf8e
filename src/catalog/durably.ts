import { link, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For the few files of a workspace that lie outside the stores: written whole and synced, or not at all. */

/** `link` never replaces what is there, and says whether it came first. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  how: 'link' | 'rename',
  mode: number,
): Promise<boolean> {
  const { handle, temporary } = await openBeside(path, mode);
  try {
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (how === 'rename') await rename(temporary, path);
    else await link(temporary, path);
  } catch (error) {
    await orNull(unlink(temporary));
    if (how === 'link' && codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  if (how === 'link') await unlink(temporary);
  await syncFolder(dirname(path));
  return true;
}

/** A name that nobody has: several may write the same file at once, and the killed leave theirs behind. */
async function openBeside(path: string, mode: number) {
  for (let count = 1; ; count += 1) {
    const temporary = `${path}.${count}.tmp`;
    try {
      return { temporary, handle: await open(temporary, 'wx', mode) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
