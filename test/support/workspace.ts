import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Outside } from '../../src/pipeline.ts';

const project = join(import.meta.dirname, '..', '..');

/** A copy of the bundled workspace in a folder of its own, gone when the test ends unless it is kept. */
export function bundledWorkspace(
  options: { readonly deliveries?: boolean; readonly keep?: boolean } = {},
): string {
  const root = mkdtempSync(join(tmpdir(), 'flis-test-'));
  cpSync(join(project, 'kpi-definitions'), join(root, 'kpi-definitions'), { recursive: true });
  cpSync(join(project, 'data', 'classifications'), join(root, 'data', 'classifications'), {
    recursive: true,
  });
  mkdirSync(join(root, 'data', 'deliveries'));
  mkdirSync(join(root, 'cubes'));
  for (const file of readdirSync(join(project, 'cubes'))) {
    if (file.endsWith('.yaml')) cpSync(join(project, 'cubes', file), join(root, 'cubes', file));
  }
  if (options.deliveries !== false) copyDeliveries(root);
  if (!options.keep) onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** The deliveries that the project brings; made-up ones that somebody put beside them stay out. */
function copyDeliveries(root: string): void {
  const folder = join(project, 'data', 'deliveries');
  for (const file of readdirSync(folder)) {
    if (!/^(REGK31|folketal|kommune_indikatorer)/.test(file)) continue;
    cpSync(join(folder, file), join(root, 'data', 'deliveries', file));
  }
}

/** A calm outside: a clock that a test sets, no other process alive, progress that nobody sees. */
export function outsideOf(root: string, now = '2026-11-23T12:00:00Z'): Outside {
  return {
    root,
    now: () => new Date(now),
    process: { id: process.pid, isAlive: (id: number) => id === process.pid },
    progress: () => undefined,
  };
}
