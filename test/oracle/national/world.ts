import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parse } from 'yaml';
import { publish, synthesizeNational } from '../../../src/pipeline.ts';
import { openPublished, type Published, soundValue } from '../../support/published.ts';
import { bundledWorkspace, outsideOf } from '../../support/workspace.ts';
import { type Naive, openNaive } from '../naive.ts';

/** The last month reaches over the change of regions on 1 January 2027. */
export const months = { until: '2027M02', count: 26 } as const;

/**
 * At 0.001 a kommune has sixty persons: too few for a class of five pupils or a child in a measure in most of them. So
 * there are more of those; a person has another number in each stretch, which no KPI over two domains looks at.
 */
const scales = [
  [0.001, ['borger', 'personale', 'beskaeftigelse', 'oekonomi']],
  [0.006, ['skole', 'ubu', 'aeldre', 'voksenhandicap', 'sundhed']],
] as const;

/** A made-up country with faults in it, published the way a user does, and its files for queries by hand. */
export interface NationalWorld {
  readonly published: Published;
  readonly naive: Naive;
  readonly leave: () => Promise<void>;
}

interface Contract {
  readonly source: string;
  readonly key: readonly string[];
  readonly delivered_by?: string;
  readonly file: { readonly names: readonly string[]; readonly format: string };
  readonly columns: Readonly<Record<string, Column>>;
}

interface Column {
  readonly type: string;
  readonly from?: string;
  readonly dimension?: string;
  readonly empty?: string;
  readonly unknown?: string;
}

/** `NATIONAL_WORLD=folder` keeps what is made up and taken in for the next run; delete it when a contract changes. */
const kept = process.env.NATIONAL_WORLD;

export async function nationalWorld(cubes: readonly string[]): Promise<NationalWorld> {
  const root = kept === undefined ? bundledWorkspace({ keep: true }) : keptWorkspace(kept);
  const outside = outsideOf(root, '2027-03-15T12:00:00Z');
  const raw = join(root, 'raw');
  const isNew = !existsSync(raw);
  if (isNew) {
    mkdirSync(raw);
    const shape = {
      months: months.count,
      until: months.until,
      seed: 1,
      accounts: null,
      faults: true,
      to: raw,
    };
    for (const [scale, domains] of scales)
      soundValue(await synthesizeNational(outside, { ...shape, scale, domains }));
  }
  const naive = await openNaive();
  await naive.run(readFileSync(join(import.meta.dirname, 'prelude.sql'), 'utf8'));
  const contracts = contractsOf(root);
  if (isNew)
    for (const contract of contracts) await oneFile(naive, contract, raw, join(root, 'data', 'deliveries'));
  for (const contract of contracts) await readAccepted(naive, root, contract);
  await naive.run(`create table dst_folketal as
select right('00' || kommune_kode, 3) as kommune, aar, folketal::bigint as personer
from read_csv('${join(root, 'data', 'deliveries', 'folketal_2026_kommune.csv')}', all_varchar = true);`);
  soundValue(await publish(outside, { cubes, period: null, dryRun: false, together: true }));
  const published = await openPublished(root);
  return {
    published,
    naive,
    leave: async () => {
      naive.close();
      await published.close();
      if (kept === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The folder with the definitions of now, whatever it holds of deliveries and snapshots. */
function keptWorkspace(folder: string): string {
  const fresh = bundledWorkspace({ keep: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['kpi-definitions', join('data', 'classifications')])
    rmSync(join(folder, part), { recursive: true, force: true });
  cpSync(fresh, folder, { recursive: true });
  rmSync(fresh, { recursive: true, force: true });
  return folder;
}

/** Contracts of files that the made-up country comes in, read straight from their YAML. */
function contractsOf(root: string): Contract[] {
  const folder = join(root, 'kpi-definitions', 'sources');
  return readdirSync(folder)
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Contract)
    .filter(({ file }) => file.format === 'parquet' && file.names.some((name) => name.startsWith('flis_')));
}

const fileOf = ({ file }: Contract, name: string): string => (file.names[0] ?? '').replace('*', name);

/** The months of a source as one delivery: to take in five hundred files is another test's business. */
async function oneFile(naive: Naive, contract: Contract, raw: string, to: string): Promise<void> {
  const pattern = new RegExp(`^${fileOf(contract, '.*').replaceAll('.parquet', '\\.parquet')}$`);
  const files = readdirSync(raw)
    .filter((file) => pattern.test(file))
    .sort();
  if (files.length === 0) return;
  // A code that is in no list makes a column of numbers one of texts, in that month's file alone.
  const columns = Object.values(contract.columns).flatMap(({ type, from }) =>
    from === undefined ? [] : [type === 'code' ? `cast("${from}" as varchar) as "${from}"` : `"${from}"`],
  );
  const months = files.map((file) => `select ${columns.join(', ')} from read_parquet('${join(raw, file)}')`);
  const target = join(to, fileOf(contract, 'samlet_syntetisk'));
  await naive.run(`copy (${months.join(' union all ')}) to '${target}' (format parquet);`);
  writeFileSync(
    `${target}.receipt.yaml`,
    'received: "2027-03-12T05:00:00Z"\nsender: test\nsynthetic: true\n',
  );
}

/**
 * What a contract lets through, by its own words: a code that is in no list is refused (or is uoplyst), an
 * empty one is uoplyst, and rows that share a key are all refused, since nobody knows which is right.
 */
async function readAccepted(naive: Naive, root: string, contract: Contract): Promise<void> {
  const { source, key, columns, delivered_by: deliverer } = contract;
  const name = source.replaceAll('.', '_');
  const file = join(root, 'data', 'deliveries', fileOf(contract, 'samlet_syntetisk'));
  const codes = Object.entries(columns).filter(([, { type }]) => type === 'code');
  const others = Object.entries(columns).filter(([, { type }]) => type !== 'code');
  const known = (column: Column): string =>
    membersOf(root, column.dimension ?? '')
      .map((code) => `'${code}'`)
      .join(', ');
  const selected = [
    ...others.map(([column, { from }]) => `"${from}" as "${column}"`),
    ...codes.map(([column, each]) => {
      const value = `cast("${each.from}" as varchar)`;
      const refused = each.unknown === 'uoplyst' ? "'uoplyst'" : "'refused'";
      const empty = each.empty === 'uoplyst' ? "'uoplyst'" : "'refused'";
      return `case when "${each.from}" is null or ${value} = '' then ${empty} when ${value} in (${known(each)}) then ${value} else ${refused} end as "${column}"`;
    }),
    'file_row_number as _row',
  ];
  const periods = key.map((column) => `"${column}"`).join(', ');
  const sound = codes.map(([column]) => `"${column}" <> 'refused'`).join(' and ') || 'true';
  const keyed = codes
    .filter(([column]) => key.includes(column))
    .map(([column]) => `"${column}" <> 'refused'`)
    .concat('true')
    .join(' and ');
  await naive.run(`create or replace table ${name} as
with read as (select ${selected.join(', ')} from read_parquet('${file}', file_row_number = true)),
counted as (select *, count(*) over (partition by ${periods}) as twins from read)
select * exclude (twins, _row) from counted where ${sound} and (twins = 1 or not (${keyed}));`);
  if (!deliverer) return;
  const period = Object.entries(columns).find(([, { type }]) => type === 'period')?.[0] ?? 'periode';
  await naive.run(
    `insert into came select distinct '${source}', cast("${period}" as varchar), "${deliverer}" from ${name} where "${deliverer}" <> 'uoplyst';`,
  );
}

/** Codes of the finest level of a dimension. */
function membersOf(root: string, dimension: string): string[] {
  const file = join(root, 'kpi-definitions', 'dimensions', `${dimension}.yaml`);
  const { hierarchies } = parse(readFileSync(file, 'utf8')) as {
    readonly hierarchies: Readonly<Record<string, readonly string[]>>;
  };
  const level = Object.values(hierarchies)[0]?.[0] ?? dimension;
  const { members } = parse(readFileSync(join(root, 'data', 'classifications', `${level}.yaml`), 'utf8')) as {
    readonly members: readonly { readonly code: string }[];
  };
  return members.map(({ code }) => code);
}
