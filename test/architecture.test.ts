import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { importsOf } from './support/imports.ts';
import { exists, filesUnder, textOf } from './support/sources.ts';

/** Rooms from the ground up: a room imports from those before it, and from itself. */
const rooms = [
  ['diagnostics'],
  ['definitions'],
  ['formula'],
  ['model'],
  ['catalog'],
  ['supply'],
  ['query'],
  ['plan'],
  ['sql'],
  ['engine'],
  ['build'],
  ['cells'],
  ['publish'],
  ['serve'],
  ['ledger'],
  // What the way through needs of the disk, and what lies beside it.
  ['pipeline'],
  ['pipeline.ts'],
  ['export'],
  ['service'],
  // Faces stand side by side and know nothing of each other.
  ['http', 'portal', 'cli'],
  ['index.ts'],
] as const;

/** What every room may import: a constant. */
const free = ['src/version.ts', 'package.json'];

/** Outside packages, and the only rooms that know them. `engine/duckdb` is a room of its own in this. */
const packages: Readonly<Record<string, readonly string[]>> = {
  yaml: ['definitions'],
  zod: ['definitions'],
  mathjs: ['formula'],
  '@duckdb/node-api': ['engine/duckdb'],
  '@duckdb/node-bindings': ['engine/duckdb'],
  'apache-arrow': ['engine', 'cells', 'export'],
  commander: ['cli'],
  'csv-parse': ['supply'],
  'iconv-lite': ['supply'],
};

/** Rooms between the ends: they meet no file, no clock and no environment. Hashing is arithmetic. */
const pureRooms = ['diagnostics', 'definitions', 'formula', 'model', 'query', 'plan', 'sql', 'export'];
const pureModules = ['node:crypto'];

const sources = filesUnder('src').filter((file) => file.endsWith('.ts'));
const imports = sources.flatMap((file) => importsOf(file, textOf(file)));

describe('rooms', () => {
  it('are all in the table', () => {
    expect(sources.map(roomOf).filter((room) => !free.includes(`src/${room}`) && floorOf(room) < 0)).toEqual(
      [],
    );
  });

  it('import only from rooms above them in the table', () => {
    const wrong = imports.filter(({ file, target, inside }) => {
      if (!inside || free.includes(target)) return false;
      const [from, to] = [roomOf(file), roomOf(target)];
      return from !== to && floorOf(to) >= floorOf(from);
    });
    expect(wrong.map(said)).toEqual([]);
  });

  it('keep outside packages to themselves', () => {
    const wrong = imports.filter(({ file, target, inside }) => {
      if (inside || target.startsWith('node:')) return false;
      const allowed = packages[packageOf(target)] ?? [];
      return !allowed.some((room) => file.startsWith(`src/${room}/`));
    });
    expect(wrong.map(said)).toEqual([]);
  });

  it('between the ends meet nothing outside', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        target.startsWith('node:') && pureRooms.includes(roomOf(file)) && !pureModules.includes(target),
    );
    expect(wrong.map(said)).toEqual([]);
  });

  it('have no cycles in what they load', () => {
    expect(cycleIn(imports.filter(({ inside, typesOnly }) => inside && !typesOnly))).toEqual([]);
  });

  it('leave the process to the command line', () => {
    const outside = sources.filter((file) => !file.startsWith('src/cli/'));
    expect(outside.filter((file) => /\bprocess\b\s*[.[]|node:process/.test(codeOf(textOf(file))))).toEqual(
      [],
    );
  });

  it('are read by this test as a bundler reads them', async () => {
    const { metafile } = await build({
      entryPoints: [...sources],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outdir: 'nowhere',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const found = new Set(imports.map(({ file, target }) => `${file} ${target}`));
    const missed = Object.entries(metafile.inputs).flatMap(([file, { imports: seen }]) =>
      seen.map(({ path }) => `${file} ${path}`).filter((one) => !found.has(one)),
    );
    expect(missed).toEqual([]);
  });
});

describe('the pipeline', () => {
  it('loads for a question neither the definition language nor what publishes', async () => {
    const { metafile } = await build({
      entryPoints: ['src/pipeline.ts'],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outdir: 'nowhere',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const loaded = new Set(['src/pipeline.ts']);
    for (const file of loaded)
      for (const { path, kind } of metafile.inputs[file]?.imports ?? [])
        if (kind === 'import-statement') loaded.add(path);
    const heavy =
      /^(zod|yaml|mathjs|apache-arrow|@duckdb)|^src\/(definitions|publish|build|ledger)\/|^src\/model\/(buildModel|rules)/;
    expect([...loaded].filter((path) => heavy.test(path))).toEqual([]);
  });
});

describe('the tree', () => {
  const self = 'test/architecture.test.ts';
  const texts = [
    'src',
    'test',
    'scripts',
    'bench',
    'docs',
    'cubes',
    'kpi-definitions',
    'data/classifications',
    'data/deliveries',
  ]
    .flatMap(filesIn)
    .concat(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'package.json'])
    .filter((file) => file !== self && exists(file))
    .map((file) => ({ file, text: textOf(file) }));

  it.each([
    ['names no place of whoever wrote it', /\/work\/|\.library|\.\.\/shared/],
    ['leaves nothing for later', /\b(TODO|FIXME|XXX)\b/],
    ['switches off no test', /\b(describe|it|test)\.(skip|only|todo)\b/],
    ['silences no tool', /@ts-ignore|@ts-expect-error|biome-ignore/],
  ])('%s', (_habit, pattern) => {
    expect(texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

function filesIn(folder: string): readonly string[] {
  if (!exists(folder)) return [];
  return filesUnder(folder).filter((file) => /\.(ts|mjs|js|json|ya?ml|md|sql|csv)$/.test(file));
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? file;
}

function floorOf(room: string): number {
  return rooms.findIndex((floor) => (floor as readonly string[]).includes(room));
}

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A text without comments, so that a word in a sentence is no use of it. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
}

function said({ file, target }: { readonly file: string; readonly target: string }): string {
  return `${file} imports ${target}`;
}

/** The files of one cycle, or nothing. */
function cycleIn(edges: readonly { readonly file: string; readonly target: string }[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of edges) targets.set(file, [...(targets.get(file) ?? []), target]);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target, [...path, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
