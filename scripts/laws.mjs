// Holds the laws of the numbers on random models and requests: npm run laws, or longer: npm run laws -- 100000.
// What follows the number is for vitest: npm run laws -- 100000 --maxWorkers=1.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What one run asks at least without being asked for more; CI wants a thousand of it. */
const usual = 4_000;
const wanted = Number(process.argv[2] ?? 1_000);
if (!Number.isInteger(wanted) || wanted < 1) {
  console.error(`How many questions? "${process.argv[2]}" is not a number of them.`);
  process.exit(2);
}
const seed = process.env.SEED ?? String(wanted > usual ? Date.now() % 2 ** 31 : 1);
console.log(`the laws of the numbers, at least ${wanted} questions, SEED=${seed}`);
const times = Math.ceil(wanted / usual);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = spawn(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    'test/laws',
    '--disable-console-intercept',
    `--testTimeout=${180_000 * times}`,
    ...process.argv.slice(3),
  ],
  {
    cwd: root,
    env: { ...process.env, SEED: seed, LAWS_TIMES: String(times) },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
let questions = 0;
let worlds = 0;
let rest = '';
run.stdout.on('data', (chunk) => {
  process.stdout.write(chunk);
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const found = /law: (\d+) questions to (\d+) worlds/.exec(line);
    questions += Number(found?.[1] ?? 0);
    worlds += Number(found?.[2] ?? 0);
  }
});
run.on('close', (code) => {
  const enough = questions >= wanted;
  console.log(
    `${questions} questions to ${worlds} random worlds, SEED=${seed}${enough ? '' : `; ${wanted} were wanted`}`,
  );
  process.exit(code === 0 && enough ? 0 : 1);
});
