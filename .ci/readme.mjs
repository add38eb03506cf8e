// Runs the commands of README.md: every block fenced as ```sh, in order, in one folder, as a reader would.
// Blocks for reading alone are fenced otherwise.
//
//   node .ci/readme.mjs README FOLDER [BLOCK…]
//
// BLOCKs are passed over, with a word: what CI has run in a clean clone already.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [readme, folder, ...known] = process.argv.slice(2);
let passed = 0;
let failed = 0;

for (const [, block] of readFileSync(readme, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)) {
  const script = block.trim();
  if (known.includes(script)) {
    console.log(`known:\n${indented(script)}`);
    continue;
  }
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === 0) passed += 1;
  else failed += 1;
  console.log(`${status === 0 ? 'ok' : `not ok (exit ${status})`}:\n${indented(script)}`);
  if (status !== 0) console.log(indented(`${stdout}${stderr}`));
}
if (passed + failed === 0) {
  failed = 1;
  console.log('not ok: the README has no block of commands');
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function indented(text) {
  return text.replace(/^/gm, '    ');
}
