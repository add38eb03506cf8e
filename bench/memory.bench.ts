import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keep } from './support.ts';

/**
 * Does a limit of memory hold with the largest source of the whole country, and what lies on disk meanwhile? Persons,
 * 6.0 million rows a month, are made up, taken in and published; nothing stands beside it.
 */
const scale = process.env.SCALE ?? '1';
const months = process.env.MONTHS ?? '2';
const memory = process.env.FLIS_MEMORY ?? '4GB';
const flis = join(process.cwd(), 'dist', 'flis.js');

const root = mkdtempSync(join(tmpdir(), 'flis-bench-'));
for (const folder of ['kpi-definitions', 'data/classifications'])
  cpSync(folder, join(root, folder), { recursive: true });
mkdirSync(join(root, 'cubes'));
cpSync(join('cubes', 'borger.yaml'), join(root, 'cubes', 'borger.yaml'));

const bytesUnder = (folder: string): number =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + sizeOf(join(entry.parentPath, entry.name)), 0)
    : 0;

/** A temporary file may be gone by the time that it is looked at. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const loadAverage = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);

/** One command under the limit, watched from outside. */
async function run(...args: readonly string[]) {
  const before = loadAverage();
  const started = performance.now();
  const child = spawn('time', ['-f', '%M %U %S', process.execPath, flis, ...args, '--root', root], {
    env: { ...process.env, FLIS_MEMORY: memory },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += String(data);
  });
  let spilled = 0;
  const watching = setInterval(() => {
    const folders = readdirSync(tmpdir()).filter((name) => /^flis-\d+$/.test(name));
    const now = folders.reduce((sum, name) => sum + bytesUnder(join(tmpdir(), name)), 0);
    spilled = Math.max(spilled, now);
  }, 200);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watching);
  // What is refused row by row is told as errors, though the rest is taken.
  if (code !== 0 && !(args[0] === 'ingest' && code === 1))
    throw new Error(`${args.join(' ')} ended with ${code}: ${said}`);
  const [kilobytes = 0, user = 0, system = 0] = (said.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return {
    seconds: Math.round(performance.now() - started) / 1000,
    processorSeconds: Math.round((user + system) * 100) / 100,
    mostMegabytes: Math.round(kilobytes / 1024),
    /** In the engine's temporary folder, looked at five times a second; of every run on this machine. */
    spilledMegabytes: Math.round(spilled / 1024 / 1024),
    loadAverage: [before, loadAverage()],
  };
}

const made = join(root, 'in');
const synthesize = await run(
  'synthesize',
  '--scale',
  scale,
  '--months',
  months,
  '--domains',
  'borger',
  '--to',
  made,
);
const files = readdirSync(made)
  .filter((file) => file.endsWith('.parquet'))
  .map((file) => join(made, file));
const persons = files.filter((file) => file.includes('personer'));
const ingest = await run('ingest', ...persons);
await run(
  'ingest',
  ...files.filter((file) => !persons.includes(file)),
  'data/deliveries/folketal_2026_kommune.csv',
);
const publish = await run('publish', 'borger');
const snapshots = join(root, 'data', 'snapshots', 'borger.personer');
const manifests = readdirSync(snapshots)
  .filter((file) => file.endsWith('.json'))
  .map(
    (file) => JSON.parse(readFileSync(join(snapshots, file), 'utf8')) as { rows: number; refused: number },
  );
const rows = manifests.reduce((sum, manifest) => sum + manifest.rows, 0);
const refused = manifests.reduce((sum, manifest) => sum + manifest.refused, 0);
const published = existsSync(join(root, 'cubes', 'published', 'borger', 'editions', '00000001.json'));
rmSync(root, { recursive: true, force: true });
if (!published || rows === 0) throw new Error('nothing was published');
keep('memory', `Does a limit of ${memory} hold with the largest source of the whole country?`, {
  memory,
  scale,
  months,
  rows,
  refused,
  measured: { synthesize, ingest, publish },
});
