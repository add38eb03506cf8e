import type { Bucket } from '../catalog/objectStore.ts';
import type { Random } from './random.ts';

/** Takes turns between tasks at every call of a bucket, in an order that chance decides. */
export interface Turns {
  readonly bucket: (beneath: Bucket) => Bucket;
  /** One turn of doing nothing. */
  readonly pause: () => Promise<void>;
  /** Lets the tasks go on, one call at a time, until all are done. */
  readonly run: (tasks: readonly Promise<unknown>[]) => Promise<void>;
}

export function turns(random: Random): Turns {
  const waiting: (() => void)[] = [];
  const turn = () => new Promise<void>((resolve) => waiting.push(resolve));
  return {
    pause: turn,
    bucket: (beneath) => ({
      put: async (...asked) => turn().then(() => beneath.put(...asked)),
      get: async (...asked) => turn().then(() => beneath.get(...asked)),
      lastModified: async (...asked) => turn().then(() => beneath.lastModified(...asked)),
      keys: async (...asked) => turn().then(() => beneath.keys(...asked)),
      delete: async (...asked) => turn().then(() => beneath.delete(...asked)),
    }),
    run: async (tasks) => {
      let open = tasks.length;
      const settled = tasks.map((task) =>
        task.finally(() => {
          open -= 1;
        }),
      );
      // A failure is told by the last line, when the others have come to their end.
      for (const each of settled) each.catch(() => undefined);
      while (open > 0) {
        const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
        next?.();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await Promise.all(settled);
    },
  };
}
