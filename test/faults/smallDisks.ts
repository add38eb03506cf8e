import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../src/catalog/store.ts';
import { publishStep, versionOf } from './publishStep.ts';
import type { Report } from './report.ts';
import { cube, openStore, violationsAfter, workIn } from './stores.ts';
import type { Tools } from './tracing.ts';

/** File systems of 4 KiB, 8 KiB and so on until one edition fits; null where none may be mounted. */
export async function smallDisks(tools: Tools, report: Report): Promise<string | null> {
  for (let kib = 4; ; kib += 4) {
    const root = join(tools.scratch, `disk-${kib}`);
    mkdirSync(root);
    if (!run('mount', '-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', root)) return null;
    try {
      const { fitted, violations } = await publishInto(root);
      report.check(`a disk of ${kib} KiB`, violations);
      if (fitted) return `disks of 4 to ${kib - 4} KiB were full; the edition fitted into ${kib} KiB`;
    } finally {
      run('umount', root);
    }
  }
}

/** Publishes into what room there is, then makes more: it is a clean failure, and afterwards all goes on. */
async function publishInto(
  root: string,
): Promise<{ readonly fitted: boolean; readonly violations: readonly string[] }> {
  const work = workIn(root, 0, 6, 3000);
  const failure: unknown = await publishStep(
    versionOf(cube, 1, 6, 3000),
    openStore(root),
    () => new Date(),
  ).then(
    () => null,
    (error: unknown) => error,
  );
  const isClear = failure instanceof StoreError && failure.message.startsWith('There is no space left');
  const violations = failure === null || isClear ? [] : [String(failure)];
  run('mount', '-o', 'remount,size=4m', root);
  const said = failure === null ? ['published 1'] : [];
  return {
    fitted: failure === null,
    violations: [...violations, ...(await violationsAfter(root, 0, said, work))],
  };
}

const run = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;
