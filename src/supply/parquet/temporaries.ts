import type { Store } from '../../catalog/store.ts';

/** Gives a new local file, which is thrown away at the end like all others. */
export type NewFile = (extension: string) => Promise<string>;

/** Temporary files of a store, as many as are asked for. */
export async function withTemporaries<T>(store: Store, use: (newFile: NewFile) => Promise<T>): Promise<T> {
  const held: { readonly release: () => void; readonly ended: Promise<void> }[] = [];
  const newFile: NewFile = (extension) =>
    new Promise((resolve, reject) => {
      let release = () => {};
      const ended = store
        .withTemporary(extension, (path) => {
          resolve(path);
          return new Promise<void>((done) => {
            release = done;
          });
        })
        .catch(reject);
      held.push({ release: () => release(), ended });
    });
  try {
    return await use(newFile);
  } finally {
    for (const { release } of held) release();
    await Promise.all(held.map(({ ended }) => ended));
  }
}
