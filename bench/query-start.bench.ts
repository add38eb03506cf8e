import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshWorkspace, keep, summary, timeProcess } from './support.ts';

/**
 * How long does one `flis query` take from cold, and where does the time go? Beside it the least that
 * anybody could do instead: a Node script that loads DuckDB and sums the delivered CSV by hand.
 */
const runs = 15;
const flis = join(process.cwd(), 'dist', 'flis.js');
const root = freshWorkspace();
timeProcess([flis, 'publish', '--root', root], () => undefined);

const question = [
  flis,
  'query',
  'befolkning',
  '--kpi',
  'folketal',
  '--by',
  'land',
  '--period',
  '2026',
  '--format',
  'csv',
  '--root',
  root,
];
const withFilter = [
  flis,
  'query',
  'befolkning',
  '--kpi',
  'folketal',
  '--by',
  'region',
  '--where',
  'region == "082"',
  '--period',
  '2026',
  '--format',
  'csv',
  '--root',
  root,
];
const deliveries = join(root, 'data', 'deliveries', 'folketal_2026_kommune.csv');
const script = (name: string, body: string): string => {
  const file = join(process.cwd(), 'node_modules', '.tmp', name);
  writeFileSync(file, body);
  return file;
};
const nothing = script('nothing.mjs', '');
const loadDuckDb = script(
  'load.mjs',
  "import { DuckDBInstance } from '@duckdb/node-api'; await DuckDBInstance.create(':memory:');",
);
const byHand = script(
  'by-hand.mjs',
  `import { DuckDBInstance } from '@duckdb/node-api';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const result = await connection.runAndReadAll(\`select sum(folketal) from read_csv('${deliveries}')\`);
console.log(String(result.getRows()[0][0]));`,
);

const expect = (wanted: string) => (output: string) => {
  if (!output.includes(wanted)) throw new Error(`wanted ${wanted}, got ${output}`);
};
const commands: Readonly<Record<string, readonly [readonly string[], (output: string) => void]>> = {
  'node that does nothing': [[nothing], () => undefined],
  'flis --version': [[flis, '--version'], () => undefined],
  'node that loads DuckDB': [[loadDuckDb], () => undefined],
  'by hand: DuckDB over the CSV': [[byHand], expect('6025511')],
  'flis query': [question, expect('000,6025511,ok')],
  'flis query with --where': [withFilter, expect('082,1383261')],
};
const samples = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
// In turn, so that a machine that drifts drifts for all of them; the first round warms the disk and is not kept.
for (let run = -1; run < runs; run += 1) {
  for (const [name, [args, check]] of Object.entries(commands)) {
    const took = timeProcess(args, check);
    if (run >= 0) samples.get(name)?.push(took);
  }
}
const milliseconds = Object.fromEntries([...samples].map(([name, list]) => [name, summary(list)]));
const median = (name: string): number => milliseconds[name]?.median ?? Number.NaN;
const round = (value: number): number => Math.round(value * 100) / 100;
keep('query-start', 'How long does one flis query take from cold, and where does the time go?', {
  milliseconds,
  whereTheTimeGoes: {
    'starting node': median('node that does nothing'),
    'loading and opening DuckDB': round(median('node that loads DuckDB') - median('node that does nothing')),
    'everything of ours': round(median('flis query') - median('node that loads DuckDB')),
    'the formula parser, where there is a filter': round(
      median('flis query with --where') - median('flis query'),
    ),
  },
  ratioToRival: round(median('flis query') / median('by hand: DuckDB over the CSV')),
});
