import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDefinitions } from '../src/definitions/readDefinitions.ts';
import { hasErrors } from '../src/diagnostics/diagnostic.ts';
import { duckDbDialect } from '../src/engine/duckdb/dialect.ts';
import { loadParser } from '../src/formula/parse.ts';
import { buildModel } from '../src/model/buildModel.ts';
import { measuresOfCube, planCells } from '../src/plan/planCells.ts';
import { readDefinitionFiles } from '../src/serve/workspace.ts';
import { lowerCells } from '../src/sql/lowerCells.ts';
import type { Places } from '../src/sql/places.ts';
import { printSql } from '../src/sql/print.ts';
import { freshWorkspace, keep, summary, timeFailing, timeProcess } from './support.ts';

/**
 * How long from definitions to the SQL of all cubes, warm and with the start of the process, and how soon
 * is a mistake in one of 1,000 definitions told? The floor beside it is a Node process that parses the same
 * files as YAML and does nothing with them.
 */
const runs = 9;
const flis = join(process.cwd(), 'dist', 'flis.js');
const root = freshWorkspace();
const places: Places = {
  snapshot: (source) => [{ file: `${source}.parquet`, periods: null }],
  held: () => [],
  cells: () => [],
  structure: () => '',
};

const parse = await loadParser();
const files = await readDefinitionFiles(root);

/** Definitions to the text of every statement that makes the cells of every cube. */
function compile(): number {
  const { value: model, diagnostics } = buildModel(readDefinitions(files), parse);
  if (!model || hasErrors(diagnostics)) throw new Error('the bundled definitions compile');
  let characters = 0;
  for (const cube of Object.values(model.cubes)) {
    const sources = new Set(measuresOfCube(model, cube).map(({ source }) => source));
    for (const id of sources) {
      const source = model.sources[id];
      if (!source) throw new Error(`${id} is a source`);
      const statement = lowerCells(planCells(model, cube, source), places, null);
      characters += printSql(statement, duckDbDialect, { values: 'literals' }).text.length;
    }
  }
  return characters;
}

const statements = compile();
const warm: number[] = [];
for (let run = 0; run < 15; run += 1) {
  const started = performance.now();
  if (compile() !== statements) throw new Error('the same definitions give the same SQL');
  warm.push(performance.now() - started);
}

// A thousand KPIs, one of them with a measure that there is not.
const many = freshWorkspace();
const wanted = 1_000;
const folder = join(many, 'kpi-definitions', 'mange');
mkdirSync(folder);
const model = readFileSync(join(many, 'kpi-definitions', 'befolkning', 'folketal.yaml'), 'utf8');
for (let number = 1; number <= wanted; number += 1) {
  const text = model.replace('kpi: befolkning.folketal', `kpi: mange.folketal_${number}`);
  const faulty = number === 500 ? text.replace(/^formula: .*$/m, 'formula: folketallet') : text;
  writeFileSync(join(folder, `folketal_${number}.yaml`), faulty);
}
const line = model.split('\n').findIndex((each) => each.startsWith('formula:')) + 1;
const place = `kpi-definitions/mange/folketal_500.yaml:${line}:10`;

const yamlOnly = join(process.cwd(), 'node_modules', '.tmp', 'yaml-only.mjs');
writeFileSync(
  yamlOnly,
  `import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
let read = 0;
for (const folder of ['kpi-definitions', 'cubes', 'data/classifications'])
  for (const file of readdirSync(join(process.argv[2], folder), { recursive: true }))
    if (file.endsWith('.yaml') && !file.includes('published')) { parse(readFileSync(join(process.argv[2], folder, file), 'utf8')); read += 1; }
console.log(read);`,
);

const samples = new Map<string, number[]>();
const took = (name: string, milliseconds: number, run: number) => {
  if (run >= 0) samples.set(name, [...(samples.get(name) ?? []), milliseconds]);
};
for (let run = -1; run < runs; run += 1) {
  took(
    'node that parses the YAML',
    timeProcess([yamlOnly, root], () => undefined),
    run,
  );
  took(
    'flis check',
    timeProcess([flis, 'check', '--root', root], () => undefined),
    run,
  );
  took(
    'flis check, a mistake in one of 1,000 KPIs',
    timeFailing([flis, 'check', '--root', many], (output) => {
      if (!output.includes(place)) throw new Error(`wanted ${place}, got ${output}`);
    }),
    run,
  );
}
const count = (under: string): number =>
  readdirSync(under, { recursive: true }).filter((file) => String(file).endsWith('.yaml')).length;
keep('compile', 'How long from definitions to SQL, and how soon is a mistake told?', {
  definitions: {
    files: files.length,
    kpis: count(join(root, 'kpi-definitions')),
    charactersOfSql: statements,
  },
  milliseconds: {
    'warm, definitions to SQL of all cubes': summary(warm),
    ...Object.fromEntries([...samples].map(([name, list]) => [name, summary(list)])),
  },
});
