import { readSync, writeSync } from 'node:fs';
import { posixStore } from '../../src/catalog/posixStore.ts';
import { publishStep, versionOf } from './publishStep.ts';

/** What a worker is told, as JSON on its command line. */
export interface Work {
  readonly root: string;
  readonly cube: string;
  /** Number of the first version; each makes another edition. */
  readonly first: number;
  readonly versions: number;
  readonly files: number;
  readonly size: number;
}

/**
 * A process that runs the publish step and nothing else, so that to kill it costs milliseconds. It says when
 * it has loaded, waits for a line, and says each number that it has published.
 */
const work = JSON.parse(process.argv[2] ?? '') as Work;
const store = posixStore(work.root, 'cubes/published', {
  own: process.pid,
  isAlive: (id) => id === process.pid,
  now: () => new Date(),
});
const say = (line: string) => writeSync(1, `${line}\n`);

say('ready');
readSync(0, new Uint8Array(1));
try {
  for (let n = work.first; n < work.first + work.versions; n += 1) {
    const { number } = await publishStep(
      versionOf(work.cube, n, work.files, work.size),
      store,
      () => new Date(),
    );
    say(`published ${number}`);
  }
  process.exit(0);
} catch (error) {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  say(`failed ${code ?? 'internal'} ${message}`);
  process.exit(code === undefined ? 70 : 3);
}
