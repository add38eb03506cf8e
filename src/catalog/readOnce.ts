import type { Store } from './store.ts';

/**
 * The same store with a memory, for as long as one run: a numbered file or an object is written once and never
 * again, so it need not be read twice. What is streamed or handed to an engine is not kept. What looks for damage
 * asks a new run.
 */
export function readOnce<S extends Store>(store: S): S {
  const known = new Map<string, Uint8Array>();
  return {
    ...store,
    createExclusive: async (path, bytes) => {
      const isNew = await store.createExclusive(path, bytes);
      if (isNew && neverChanges(path)) known.set(path, bytes);
      return isNew;
    },
    replace: async (path, bytes) => {
      known.delete(path);
      await store.replace(path, bytes);
    },
    remove: async (path) => {
      known.delete(path);
      await store.remove(path);
    },
    move: async (from, to) => {
      known.delete(from);
      known.delete(to);
      await store.move(from, to);
    },
    read: async (path) => {
      const before = known.get(path);
      if (before) return before;
      const bytes = await store.read(path);
      // What is not there yet may come at any moment.
      if (bytes && neverChanges(path)) known.set(path, bytes);
      return bytes;
    },
  };
}

const neverChanges = (path: string): boolean => /(^|\/)\d+\.json$|^objects\//.test(path);
