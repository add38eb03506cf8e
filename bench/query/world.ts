import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';
import { printTerminal } from '../../src/diagnostics/printTerminal.ts';
import { ingest, type Outcome, type Outside, publish } from '../../src/pipeline.ts';
import { firstYear, kommuneCount, years } from './facts.ts';

export const cube = 'sager';

const source = `source: bench.sager
label: { da: Sager, en: Cases }
supplier: Bench
frequency: M
delivery: periods
file:
  names: ["sager_*.parquet"]
  format: parquet
  header: [PERIODE, SAG, PERSON, KOMMUNE, ALDER, KOEN, OMRAADE, BELOEB, FLAG]
columns:
  periode: { type: period, from: PERIODE }
  sag: { type: key, from: SAG, of: integer }
  person: { type: key, from: PERSON, of: integer, personal: true }
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: all }
  aldersgruppe: { type: code, from: ALDER, dimension: aldersgruppe }
  koen: { type: code, from: KOEN, dimension: koen }
  omraade: { type: code, from: OMRAADE, dimension: omraade }
  beloeb: { type: decimal, from: BELOEB, decimals: 2 }
  flag: { type: text, from: FLAG, values: ["ja", "nej"] }
key: [periode, sag]
absence: zero
delivered_by: kommune
`;

const measures = {
  antal: 'count: rows, unit: ydelse, over_time: sum',
  beloeb: 'sum: beloeb, unit: kr., over_time: sum',
  flag: `count: rows, where: 'flag == "ja"', unit: ydelse, over_time: sum`,
  personer: 'distinct: person, unit: person, over_time: pooled',
} as const;

/** Formula and unit of each KPI. */
const kpis = {
  antal: ['antal', 'ydelse'],
  beloeb: ['beloeb', 'kr.'],
  flag_andel: ['flag / antal', 'pct.'],
  beloeb_pr_sag: ['beloeb / antal', 'kr./ydelse'],
  personer: ['personer', 'person'],
  beloeb_pr_person: ['beloeb / personer', 'kr./person'],
  beloeb_aar: ['ytd(beloeb)', 'kr.'],
} as const;

export type KpiName = keyof typeof kpis;

/** Half of the country is enough, since a small run leaves small kommuner without a row in some months. */
function kpiText(name: KpiName): string {
  const [formula, unit] = kpis[name];
  const used = Object.entries(measures).filter(([measure]) => formula.split(/[^a-z]+/).includes(measure));
  return `kpi: bench.${name}
version: 1
status: draft
valid_from: "${firstYear}"
label: { da: ${name}, en: ${name} }
unit: ${unit}
decimals: 2
direction: neutral
formula: ${formula}
missing: { parts: skip, coverage: 0.5, operand: require_all }
measures:
${used.map(([measure, what]) => `  ${measure}: { source: bench.sager, ${what} }`).join('\n')}
`;
}

const two = (number: number): string => String(number).padStart(2, '0');

export interface Member {
  readonly code: string;
  readonly parent?: string;
}

export function classification(name: string, members: readonly Member[], level?: string): string {
  const lines = members.map(
    ({ code, parent }) =>
      `  - { code: "${code}", label: { da: "${name} ${code}", en: "${name} ${code}" }${parent === undefined ? '' : `, parents: { ${level}: "${parent}" }`} }`,
  );
  return `classification: ${name}\nlabel: { da: ${name}, en: ${name} }\nsource: Bench.\nmembers:\n${lines.join('\n')}\n`;
}

export const dimension = (name: string, ...levels: readonly string[]): string =>
  `dimension: ${name}\nlabel: { da: ${name}, en: ${name} }\nhierarchies:\n  ${name}: [${[name, ...levels].join(', ')}]\n`;

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

export const ageCode = (group: number): string => two(group);

const definitions: Readonly<Record<string, string>> = {
  'kpi-definitions/sources/bench.sager.yaml': source,
  'kpi-definitions/dimensions/aldersgruppe.yaml': dimension('aldersgruppe', 'livsfase'),
  'kpi-definitions/dimensions/omraade.yaml': dimension('omraade', 'hovedomraade'),
  'data/classifications/aldersgruppe.yaml': classification(
    'aldersgruppe',
    upTo(20).map((group) => ({ code: ageCode(group), parent: String(group >> 2) })),
    'livsfase',
  ),
  'data/classifications/livsfase.yaml': classification(
    'livsfase',
    upTo(5).map((phase) => ({ code: String(phase) })),
  ),
  'data/classifications/omraade.yaml': classification(
    'omraade',
    upTo(50).map((area) => ({ code: `A${two(area + 1)}`, parent: `H${two(Math.floor(area / 5))}` })),
    'hovedomraade',
  ),
  'data/classifications/hovedomraade.yaml': classification(
    'hovedomraade',
    upTo(10).map((area) => ({ code: `H${two(area)}` })),
  ),
  ...Object.fromEntries(
    (Object.keys(kpis) as KpiName[]).map((name) => [`kpi-definitions/bench/${name}.yaml`, kpiText(name)]),
  ),
  [`cubes/${cube}.yaml`]: `cube: ${cube}
label: { da: Sager, en: Cases }
kpis: [${Object.keys(kpis).join(', ')}]
dimensions: [kommune, aldersgruppe, koen, omraade]
wait_for: [bench.sager]
`,
};

/** Codes, dates and levels of the real country. */
const bundled = [
  'kpi-definitions/dimensions/kommune.yaml',
  'kpi-definitions/dimensions/koen.yaml',
  ...['kommune', 'kommunegruppe', 'koen', 'land', 'landsdel', 'region', 'sammenligningsgruppe'].map(
    (name) => `data/classifications/${name}.yaml`,
  ),
];

/** The kommuner of today in the order of their codes: the first stands for 101 of the facts. */
export function kommuneCodes(): readonly string[] {
  const text = readFileSync('data/classifications/kommune.yaml', 'utf8');
  const codes = text.split('\n').flatMap((line) => {
    if (/valid_to|expected: false/.test(line)) return [];
    return /^ {2}- \{ code: "(\d{3})"/.exec(line)?.[1] ?? [];
  });
  if (codes.length !== kommuneCount) throw new Error(`there are ${codes.length} kommuner`);
  return codes.sort();
}

export function writeTexts(root: string, texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function writeDefinitions(root: string): void {
  writeTexts(root, definitions);
  for (const path of bundled) copyFileSync(path, join(root, path));
}

/** The facts as a supplier would send them, a file for each year; each row has a number, since a contract has a key. */
export async function writeDeliveries(facts: string, folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const codes = kommuneCodes().map((code) => `'${code}'`);
  const files: string[] = [];
  for (const year of upTo(years).map((index) => firstYear + index)) {
    const file = join(folder, `sager_${year}.parquet`);
    await connection.run(`copy (
      select strftime(month, '%Y-%m') as PERIODE, file_row_number as SAG, person_id::bigint as PERSON,
        [${codes.join(', ')}][municipality - 100] as KOMMUNE, lpad(age_group::varchar, 2, '0') as ALDER,
        case sex when 'K' then '2' else '1' end as KOEN, area as OMRAADE, amount as BELOEB,
        case when flag then 'ja' else 'nej' end as FLAG
      from read_parquet('${facts}', file_row_number = true)
      where month >= date '${year}-01-01' and month < date '${year + 1}-01-01'
    ) to '${file}' (format parquet, compression zstd)`);
    files.push(file);
  }
  connection.closeSync();
  instance.closeSync();
  return files;
}

export const outsideOf = (root: string): Outside => ({
  root,
  now: () => new Date(),
  process: { id: process.pid, isAlive: (id) => id === process.pid },
  progress: () => undefined,
});

/** The value of an outcome that nothing is wrong with. */
function sound<T>({ value, diagnostics, texts }: Outcome<T>): T {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (value === undefined || errors.length > 0)
    throw new Error(errors.map((each) => printTerminal([each], texts)).join('\n'));
  return value;
}

export async function takeIn(root: string, files: readonly string[]): Promise<void> {
  const receipts = sound(await ingest(outsideOf(root), files, { source: null, received: null }));
  if (receipts.length !== files.length) throw new Error(`${receipts.length} of ${files.length} taken in`);
}

export async function publishWorld(root: string, wanted: readonly string[] = [cube]): Promise<void> {
  const options = { cubes: wanted, period: null, dryRun: false, gates: false };
  const { cubes } = sound(await publish(outsideOf(root), options));
  if (cubes.length !== wanted.length) throw new Error('nothing was published');
}
