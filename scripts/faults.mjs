// What an operating system can do to a publisher: node scripts/faults.mjs. Needs Linux, strace and faketime.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = join(root, 'node_modules', '.tmp', 'faults');
await build({
  absWorkingDir: root,
  entryPoints: ['test/faults/run.ts', 'test/faults/worker.ts'],
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [join(outdir, 'run.mjs'), join(outdir, 'worker.mjs')], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
