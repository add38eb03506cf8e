import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { classification, dimension, type Member, writeTexts } from '../query/world.ts';
import { firstYear, tables, years } from './data.ts';

const source = `source: ssb.linjer
label: { da: Ordrelinjer, en: Order lines }
supplier: SSB
frequency: M
delivery: periods
file:
  names: ["linjer_*.parquet"]
  format: parquet
  header: [PERIODE, LINJE, AFSENDER, KUNDEBY, LEVERANDOERBY, MAERKE, RABAT, MAENGDE, PRIS, AFSLAG, OMSAETNING, UDGIFT]
columns:
  periode: { type: period, from: PERIODE }
  linje: { type: key, from: LINJE, of: integer }
  afsender: { type: code, from: AFSENDER, dimension: afsender, expect: all }
  kundeby: { type: code, from: KUNDEBY, dimension: kundeby }
  leverandoerby: { type: code, from: LEVERANDOERBY, dimension: leverandoerby }
  maerke: { type: code, from: MAERKE, dimension: maerke }
  rabat: { type: code, from: RABAT, dimension: rabat }
  maengde: { type: code, from: MAENGDE, dimension: maengde }
  pris: { type: integer, from: PRIS }
  afslag: { type: integer, from: AFSLAG }
  omsaetning: { type: integer, from: OMSAETNING }
  udgift: { type: integer, from: UDGIFT }
key: [periode, linje]
absence: zero
delivered_by: afsender
`;

const kpi = (name: string, sum: string): string => `kpi: ssb.${name}
version: 1
status: draft
valid_from: "${firstYear}"
label: { da: ${name}, en: ${name} }
unit: kr.
decimals: 0
direction: neutral
formula: ${name}
missing: { parts: skip, coverage: 0.5, operand: require_all }
measures:
  ${name}: { source: ssb.linjer, sum: "${sum}", unit: kr., over_time: sum }
`;

const cubes: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  ssb1: ['afslag', ['rabat', 'maengde']],
  ssb2: ['omsaetning', ['maerke', 'leverandoerby']],
  ssb3: ['omsaetning', ['kundeby', 'leverandoerby']],
  ssb4: ['fortjeneste', ['kundeby', 'leverandoerby', 'maerke']],
};

export const cubeNames = Object.keys(cubes);

const upTo = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, at) => at + from);
const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

function places(name: string): Readonly<Record<string, string>> {
  const [city, nation, region] = [`${name}by`, `${name}nation`, `${name}region`];
  return {
    [`kpi-definitions/dimensions/${city}.yaml`]: dimension(city, nation, region),
    ...list(
      city,
      upTo(250).map((at) => ({ code: padded(at, 3), parent: padded(Math.floor(at / 10), 2) })),
      nation,
    ),
    ...list(
      nation,
      upTo(25).map((at) => ({ code: padded(at, 2), parent: String(Math.floor(at / 5)) })),
      region,
    ),
    ...list(
      region,
      upTo(5).map((at) => ({ code: String(at) })),
    ),
  };
}

const list = (name: string, members: readonly Member[], level?: string) => ({
  [`data/classifications/${name}.yaml`]: classification(name, members, level),
});

const plain = (name: string, members: readonly string[]) => ({
  [`kpi-definitions/dimensions/${name}.yaml`]: dimension(name),
  ...list(
    name,
    members.map((code) => ({ code })),
  ),
});

const makers = upTo(5, 1);
const categories = makers.flatMap((maker) => makers.map((at) => maker * 10 + at));

export function writeStarDefinitions(root: string): void {
  writeTexts(root, {
    'kpi-definitions/sources/ssb.linjer.yaml': source,
    'kpi-definitions/ssb/afslag.yaml': kpi('afslag', 'pris * afslag'),
    'kpi-definitions/ssb/omsaetning.yaml': kpi('omsaetning', 'omsaetning'),
    'kpi-definitions/ssb/fortjeneste.yaml': kpi('fortjeneste', 'omsaetning - udgift'),
    ...places('kunde'),
    ...places('leverandoer'),
    ...plain('afsender', ['1']),
    ...plain(
      'rabat',
      upTo(11).map((at) => padded(at, 2)),
    ),
    ...plain(
      'maengde',
      upTo(50, 1).map((at) => padded(at, 2)),
    ),
    'kpi-definitions/dimensions/maerke.yaml': dimension('maerke', 'kategori', 'producent'),
    ...list(
      'maerke',
      categories.flatMap((category) =>
        upTo(40, 1).map((at) => ({ code: String(category * 100 + at), parent: String(category) })),
      ),
      'kategori',
    ),
    ...list(
      'kategori',
      categories.map((category) => ({ code: String(category), parent: String(Math.floor(category / 10)) })),
      'producent',
    ),
    ...list(
      'producent',
      makers.map((maker) => ({ code: String(maker) })),
    ),
    ...Object.fromEntries(
      Object.entries(cubes).map(([name, [figure, dimensions]]) => [
        `cubes/${name}.yaml`,
        `cube: ${name}\nlabel: { da: ${name}, en: ${name} }\nkpis: [ssb.${figure}]\ndimensions: [afsender, ${dimensions.join(', ')}]\nwait_for: [ssb.linjer]\n`,
      ]),
    ),
  });
}

/** Lines with the codes of their dimensions, a file for each year. */
export async function writeStarDeliveries(tablesAt: string, folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  for (const table of tables)
    await connection.run(`create view ${table} as from '${join(tablesAt, `${table}.parquet`)}'`);
  const files: string[] = [];
  for (const year of upTo(years, firstYear)) {
    const file = join(folder, `linjer_${year}.parquet`);
    await connection.run(`copy (
      select strftime(lo_orderdate, '%Y-%m') as PERIODE, lo_linenumber as LINJE, '1' as AFSENDER,
        lpad(c_city::varchar, 3, '0') as KUNDEBY, lpad(s_city::varchar, 3, '0') as LEVERANDOERBY,
        p_brand1::varchar as MAERKE, lpad(lo_discount::varchar, 2, '0') as RABAT,
        lpad(lo_quantity::varchar, 2, '0') as MAENGDE, lo_extendedprice as PRIS, lo_discount as AFSLAG,
        lo_revenue as OMSAETNING, lo_supplycost::bigint as UDGIFT
      from lineorder join customer on c_custkey = lo_custkey join supplier on s_suppkey = lo_suppkey
        join part on p_partkey = lo_partkey
      where year(lo_orderdate) = ${year}
    ) to '${file}' (format parquet, compression zstd)`);
    files.push(file);
  }
  connection.closeSync();
  instance.closeSync();
  return files;
}
