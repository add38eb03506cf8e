import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeliveryFolder } from './listDeliveries.ts';

/** A folder on disk, with the files in it and in its folders, one level down. A folder that is not there is empty. */
export function deliveryFolder(path: string, name: string): DeliveryFolder {
  return {
    name,
    files: async () => {
      const here = await entries(path);
      const below = await Promise.all(
        here.folders.map(async (folder) =>
          (await entries(join(path, folder))).files.map((file) => `${folder}/${file}`),
        ),
      );
      return [...here.files, ...below.flat()].sort();
    },
    read: (file) => readFile(join(path, file)),
  };
}

async function entries(
  path: string,
): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> {
  const found = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return {
    files: found.filter((entry) => entry.isFile()).map(({ name }) => name),
    folders: found.filter((entry) => entry.isDirectory()).map(({ name }) => name),
  };
}
