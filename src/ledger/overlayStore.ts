import type { Store } from '../catalog/store.ts';

/**
 * A store whose new files go elsewhere: what is only made to be compared must leave nothing in the store that
 * it is made from. Files lying above hide those beneath.
 */
export function overlayStore(above: Store, beneath: Store): Store {
  const written = new Set<string>();
  const holder = (path: string): Store => (written.has(path) ? above : beneath);
  const noting = (path: string, done: boolean): boolean => {
    written.add(path);
    return done;
  };
  return {
    ...above,
    createExclusive: async (path, bytes) => noting(path, await above.createExclusive(path, bytes)),
    replace: async (path, bytes) => {
      await above.replace(path, bytes);
      written.add(path);
    },
    adopt: async (temporary, path) => noting(path, await above.adopt(temporary, path)),
    read: (path) => holder(path).read(path),
    stream: (path) => holder(path).stream(path),
    exists: (path) => holder(path).exists(path),
    modified: (path) => holder(path).modified(path),
    // What lies beneath was settled by whoever wrote it.
    settle: async (path) => {
      if (written.has(path)) await above.settle(path);
    },
    localPath: (path) => holder(path).localPath(path),
    move: async (from, to) => {
      await above.move(from, to);
      written.delete(from);
      written.add(to);
    },
  };
}
