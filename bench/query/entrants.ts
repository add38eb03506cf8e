/** Who takes part, and how its process is started. */
export interface Entrant {
  readonly name: string;
  readonly title: string;
  /** Its folder under `rivals/`, which has packages of its own; null where it needs none but ours. */
  readonly packages: string | null;
  readonly program: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it gives answers that it holds ready, which are not worked out. */
  readonly isCache?: boolean;
  /** More rows than this are too many: then it has a part of the persons. */
  readonly mostRows?: number;
  readonly nodeOptions?: readonly string[];
}

const duckdb = (mode: string, title: string, name = `duckdb-${mode}`): Entrant => ({
  name,
  title,
  packages: null,
  program: 'duckdb.mjs',
  environment: { MODE: mode },
});

/** In the order that they run: what matters most first, since a run may be cut short. */
export const entrants: readonly Entrant[] = [
  duckdb('memory', 'DuckDB in memory'),
  duckdb('rollups', 'DuckDB, rollup tables by hand'),
  {
    name: 'cube-rollups',
    title: 'Cube 0.35.81, tuned, rollups',
    packages: 'cube',
    program: 'cube.mjs',
    environment: { MODE: 'rollups' },
  },
  {
    name: 'cube-cache',
    title: 'Cube 0.35.81, result cache',
    packages: 'cube',
    program: 'cube.mjs',
    environment: { MODE: 'cache' },
    isCache: true,
  },
  { name: 'mosaic-preaggregates', title: 'Mosaic pre-aggregates', packages: 'mosaic', program: 'mosaic.mjs' },
  { name: 'chdb', title: 'chdb (ClickHouse in process)', packages: 'chdb', program: 'chdb.mjs' },
  {
    name: 'polars',
    title: 'Polars',
    packages: 'polars',
    program: 'polars.mjs',
    environment: { POLARS_MAX_THREADS: '2' },
  },
  { name: 'malloy', title: 'Malloy over DuckDB in memory', packages: 'malloy', program: 'malloy.mjs' },
  {
    name: 'crossfilter',
    title: 'Crossfilter2, standing groups',
    packages: 'crossfilter',
    program: 'crossfilter.mjs',
    isCache: true,
    mostRows: 2_000_000,
    nodeOptions: ['--max-old-space-size=10000'],
  },
  duckdb('parquet', 'DuckDB over Parquet'),
  duckdb('memory', 'DuckDB in memory, again', 'duckdb-memory-again'),
];

/** `duckdb` means all that need no packages; `none`, `all`, or names with commas between. */
export function chosen(text: string): readonly Entrant[] {
  if (text === 'all') return entrants;
  const names = text.split(',').filter((name) => name !== 'none' && name !== '');
  const unknown = names.filter((name) => !entrants.some((each) => isNamed(each, name)));
  if (unknown.length > 0) throw new Error(`there is no rival ${unknown.join(', ')}`);
  return entrants.filter((each) => names.some((name) => isNamed(each, name)));
}

const isNamed = (entrant: Entrant, name: string): boolean =>
  entrant.name === name || entrant.packages === name || (name === 'duckdb' && entrant.packages === null);
