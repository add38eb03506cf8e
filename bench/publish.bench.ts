import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshWorkspace, keep, measuredProcess, summary, timeProcess } from './support.ts';

/**
 * How long does `flis publish` take on the bundled deliveries, with and without three made-up national
 * releases, and when there is nothing to do? Beside it a script that sums the same CSV files with
 * DuckDB and writes Parquet: no checks, no hashes, no syncs, no editions.
 */
const runs = Number(process.env.RUNS ?? 3);
const flis = join(process.cwd(), 'dist', 'flis.js');

const rival = (root: string): string => {
  const file = join(process.cwd(), 'node_modules', '.tmp', 'publish-by-hand.mjs');
  const folder = join(root, 'data', 'deliveries');
  writeFileSync(
    file,
    `import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync } from 'node:fs';
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const csv = (name, by, value, options = '') => connection.run(\`copy (select \${by}, sum(\${value}) as value, count(*) as rows from read_csv('${folder}/\${name}'\${options}) group by all order by all) to '${root}/\${name}.parquet' (format parquet)\`);
await csv('folketal_2026_kommune.csv', 'kommune_kode, aar', 'folketal');
await csv('REGK31_2024_udvalgte_funktioner_netto_pr_indb.csv', 'kommune_kode, funktion_kode, aar', 'beloeb_kr_pr_indb');
for (const release of [1, 2, 3]) {
  const name = \`star_jobindsats_syntetisk_release\${release}.csv\`;
  if (existsSync('${folder}/' + name)) await csv(name, 'kommune_kode, datasaet, maaletal, periode', 'vaerdi', ", delim = ';'");
}
const total = await connection.runAndReadAll("select sum(value) from read_parquet('${root}/folketal_2026_kommune.csv.parquet')");
console.log(String(total.getRows()[0][0]));`,
  );
  return file;
};

const expect = (wanted: string) => (output: string) => {
  if (!output.includes(wanted)) throw new Error(`wanted ${wanted}, got ${output}`);
};
const samples = new Map<string, number[]>();
const sample = (name: string, took: number) => samples.set(name, [...(samples.get(name) ?? []), took]);

// The first round warms the disk, for which the bundled data will do, and is not kept.
for (let run = -1; run < runs; run += 1) {
  for (const releases of run < 0 ? [0] : [0, 3]) {
    const root = freshWorkspace();
    const label = releases === 0 ? 'bundled' : 'bundled and 3 made-up releases';
    if (releases > 0)
      timeProcess(
        [
          flis,
          'synthesize',
          '--like',
          'star',
          '--releases',
          String(releases),
          '--to',
          join(root, 'data', 'deliveries'),
          '--root',
          root,
        ],
        () => undefined,
      );
    const { clock: first, processor } = measuredProcess(flis, ['publish', '--root', root], process.env);
    timeProcess(
      [flis, 'query', 'befolkning', '--kpi', 'folketal', '--by', 'land', '--format', 'csv', '--root', root],
      expect('000,6025511,ok'),
    );
    const again = timeProcess([flis, 'publish', '--root', root], expect('unchanged'));
    const byHand = timeProcess([rival(root)], expect('6025511'));
    if (run >= 0) {
      sample(`publish, ${label}`, first);
      sample(`publish, ${label}, all processors`, processor);
      sample(`publish again, ${label}`, again);
      sample(`by hand, ${label}`, byHand);
    }
    rmSync(root, { recursive: true, force: true });
  }
}
const milliseconds = Object.fromEntries([...samples].map(([name, list]) => [name, summary(list)]));
const median = (name: string): number => milliseconds[name]?.median ?? Number.NaN;
const ratio = (label: string): number =>
  Math.round((median(`publish, ${label}`) / median(`by hand, ${label}`)) * 100) / 100;
keep('publish', 'How long does publishing the bundled data take?', {
  milliseconds,
  ratioToRival: {
    bundled: ratio('bundled'),
    'bundled and 3 made-up releases': ratio('bundled and 3 made-up releases'),
  },
});
