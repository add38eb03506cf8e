// Holds every KPI of a published workspace against SQL by hand over its deliveries: the oracle tests of the
// project, over the real releases. Ends as vitest does.
//
//   node .ci/oracle.mjs PROJECT WORKSPACE
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const [project, workspace] = process.argv.slice(2);
if (!workspace) throw new Error('usage: oracle.mjs PROJECT WORKSPACE');

const vitest = join(resolve(project), 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/oracle/oracle.test.ts'], {
  cwd: project,
  env: { ...process.env, ORACLE_WORKSPACE: resolve(workspace) },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
