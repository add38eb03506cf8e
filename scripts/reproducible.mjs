// Whether the same deliveries give the same files whatever else is different: node scripts/reproducible.mjs [HOW MANY]
//
// Each variation is a workspace of its own, published by a process of its own. What must be the same is every
// object that the newest edition of every cube names; time, keys and signature stand outside. Needs `npm run build`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const flis = join(project, 'dist', 'flis.js');
const work = mkdtempSync(join(tmpdir(), 'flis-reproducible-'));
const country = join(work, 'country');

/** A clock that goes wrong by so many days, for the program and nobody else. */
const clock = (days) => {
  const file = join(work, `clock${days}.mjs`);
  writeFileSync(
    file,
    `const real = globalThis.Date;
const shift = ${days} * 86400000;
globalThis.Date = class extends real {
  constructor(...given) { super(...(given.length > 0 ? given : [real.now() + shift])); }
  static now() { return real.now() + shift; }
};`,
  );
  return { NODE_OPTIONS: `--import ${file}` };
};

const variations = [
  { name: 'as it is' },
  { name: 'one thread', threads: '0' },
  { name: 'little memory', env: { FLIS_MEMORY: '300MB' } },
  { name: 'in Auckland', env: { TZ: 'Pacific/Auckland' } },
  { name: 'files in another order', reversed: true },
  { name: 'another folder, with a space and Danish letters', folder: 'Mine målinger/og tal' },
  { name: 'in Los Angeles', env: { TZ: 'America/Los_Angeles' } },
  { name: 'in Kathmandu', env: { TZ: 'Asia/Kathmandu' } },
  {
    name: 'in Copenhagen, in Danish',
    env: { TZ: 'Europe/Copenhagen', LC_ALL: 'da_DK.UTF-8', LANG: 'da_DK.UTF-8' },
  },
  { name: 'in Turkish', env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' } },
  { name: 'in no language', env: { LC_ALL: 'C', LANG: 'C' } },
  { name: 'private files', umask: '077' },
  { name: 'open files', umask: '000' },
  { name: 'the clock of 2001', env: clock(-9000) },
  { name: 'the clock of 2038', env: clock(4500) },
  { name: 'a deep folder', folder: 'a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p' },
  { name: 'little memory and one thread', threads: '0', env: { FLIS_MEMORY: '300MB' } },
  { name: 'much memory', env: { FLIS_MEMORY: '3GB' } },
  {
    name: 'files in another order, one thread, in Samoa',
    reversed: true,
    threads: '0',
    env: { TZ: 'Pacific/Apia' },
  },
  {
    name: 'everything at once',
    reversed: true,
    threads: '0',
    umask: '077',
    folder: 'Å/ø',
    env: { ...clock(400), TZ: 'Asia/Tehran', LC_ALL: 'tr_TR.UTF-8', FLIS_MEMORY: '300MB' },
  },
];

function run(args, { threads, umask = '022', env = {} }) {
  const command = [process.execPath, flis, ...args].map((part) => `'${part}'`).join(' ');
  const bound = threads === undefined ? command : `taskset -c ${threads} ${command}`;
  return execFileSync('sh', ['-c', `umask ${umask}; ${bound}`], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function filesOf(variation, number) {
  const root = join(work, String(number), variation.folder ?? 'workspace');
  mkdirSync(join(root, 'cubes'), { recursive: true });
  for (const folder of ['kpi-definitions', 'data/classifications'])
    cpSync(join(project, folder), join(root, folder), { recursive: true });
  for (const file of readdirSync(join(project, 'cubes')).filter((each) => each.endsWith('.yaml')))
    cpSync(join(project, 'cubes', file), join(root, 'cubes', file));
  const deliveries = [join(project, 'data', 'deliveries'), country]
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((file) => join(folder, file)),
    )
    .filter((file) => /\.(csv|parquet)$/.test(file));
  if (variation.reversed) deliveries.reverse();
  run(['ingest', ...deliveries, '--root', root], variation);
  run(['publish', '--root', root], variation);
  const published = join(root, 'cubes', 'published');
  const found = readdirSync(published)
    .sort()
    .flatMap((cube) => editionFiles(published, cube));
  rmSync(join(work, String(number)), { recursive: true });
  return found;
}

/** Cube, part and hash of every object that the newest edition of a cube names. */
function editionFiles(published, cube) {
  const folder = join(published, cube, 'editions');
  const newest = names(folder).at(-1);
  if (newest === undefined) return [];
  const { payload } = JSON.parse(readFileSync(join(folder, newest), 'utf8'));
  const { predicate } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  return [
    `${cube} model ${predicate.model.sha256}`,
    ...predicate.dimensions.map(({ dimension, file }) => `${cube} ${dimension} ${file.sha256}`),
    ...predicate.tables.flatMap(({ source, parts }) =>
      parts.map(({ partition, file }) => `${cube} ${source} ${partition} ${file.sha256}`),
    ),
    ...(predicate.presence ?? []).map(({ source, file }) => `${cube} ${source} delivered ${file.sha256}`),
  ];
}

function names(folder) {
  try {
    return readdirSync(folder)
      .filter((file) => /^\d{8}\.json$/.test(basename(file)))
      .sort();
  } catch {
    return [];
  }
}

let [passed, failed] = [0, 0];
try {
  // Rows enough for several threads to have a share of them.
  run(
    [
      'synthesize',
      '--scale',
      '0.03',
      '--months',
      '1',
      '--domains',
      'borger',
      '--to',
      country,
      '--root',
      project,
    ],
    {},
  );
  let first = null;
  for (const [number, variation] of variations
    .slice(0, Number(process.argv[2] ?? variations.length))
    .entries()) {
    const found = filesOf(variation, number);
    first ??= found;
    const different = found.filter((line) => !first.includes(line));
    const same = found.length === first.length && different.length === 0 && found.length > 20;
    if (same) passed += 1;
    else failed += 1;
    console.log(
      `${variation.name}: ${found.length} files, ${same ? 'the same' : `other: ${different.slice(0, 5).join(', ')}`}`,
    );
  }
} finally {
  rmSync(work, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
