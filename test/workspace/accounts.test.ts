import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../src/catalog/types.ts';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { codesOfDimension } from '../../src/model/bind/accounts.ts';
import type { SemanticModel } from '../../src/model/types.ts';
import { planCells } from '../../src/plan/planCells.ts';
import { decimalAt } from '../../src/serve/components.ts';
import { lowerCells } from '../../src/sql/lowerCells.ts';
import { type Naive, openNaive } from '../oracle/naive.ts';
import { modelOf } from '../support/definitions.ts';
import { bundledFiles } from './bundled.ts';

/** What each selection of the bundle is, as somebody would write it who knows the chart of accounts and SQL only. */
const byHand: Readonly<Record<string, string>> = {
  udgifter: `sum(beloeb) filter (art between '10' and '69')`,
  indtaegter: `sum(beloeb) filter (art like '7%' or art like '8%')`,
  skattefinansieret_drift: `sum(beloeb) filter (art not like '0%' and (
      (dranst in ('1', '2') and substr(funktion, 1, 1) in ('0', '2', '3', '4', '5', '6')
        and not funktion like '022%'
        and (funktion <> '53230' or (dranst = '1' and gruppering = '005')))
      or (dranst = '7' and (funktion like '762%' or funktion like '765%' or funktion like '768%'))
      or (dranst = '4' and funktion <> '75877')))`,
  strukturel_balance: `-sum(beloeb) filter (
      (dranst in ('1', '2') and substr(funktion, 1, 1) in ('0', '2', '3', '4', '5', '6')
        and funktion <> '53230' and not (funktion = '65272' and gruppering in ('001', '002')))
      or funktion like '7%')`,
  bruttoanlaeg: `sum(beloeb) filter (dranst = '3' and substr(funktion, 1, 1) in ('0', '2', '3', '4', '5', '6')
      and funktion <> '02519' and substr(art, 1, 1) in ('1', '2', '3', '4', '5', '6'))`,
  anlaeg: `sum(beloeb) filter (dranst = '3' and substr(funktion, 1, 1) in ('0', '2', '3', '4', '5', '6'))`,
  nettodrift: `sum(beloeb) filter (dranst in ('1', '2') and substr(funktion, 1, 1) in ('0', '2', '3', '4', '5', '6'))`,
  driftsudgifter: `sum(beloeb) filter (dranst in ('1', '2') and substr(funktion, 1, 1) between '0' and '6')`,
  driftsudgifter_brutto: `sum(beloeb) filter (dranst in ('1', '2') and substr(funktion, 1, 1) between '0' and '6'
      and substr(art, 1, 1) between '1' and '6')`,
  overfoersler: `sum(beloeb) filter (dranst in ('1', '2') and (funktion like '546%'
      or funktion in ('54865', '54866', '54867', '54868') or (funktion like '557%' and funktion <> '55778')
      or funktion in ('55880', '55881', '55882', '55883', '56890', '56895', '56896', '56897', '56898')))`,
  forsikrede_ledige: `sum(beloeb) filter (dranst in ('1', '2') and funktion in ('55778', '56891'))`,
  medfinansiering: `sum(beloeb) filter (dranst = '1' and funktion = '46281')`,
  administration: `sum(beloeb) filter (dranst = '1' and funktion like '6455%')`,
  central_refusion: `sum(beloeb) filter (dranst = '2' and funktion = '52207')`,
  serviceudgifter: `sum(beloeb) filter (
      (dranst = '1' and substr(funktion, 1, 1) in ('0', '2', '3', '4', '5', '6')
        and not funktion like '022%' and funktion not in ('02518', '02519', '46281', '55778', '56891')
        and not funktion like '546%' and funktion not in ('54865', '54866', '54867', '54868')
        and not funktion like '557%' and not funktion between '55880' and '55883'
        and funktion not in ('56890', '56895', '56896', '56897', '56898')
        and (funktion <> '53230' or (periode < '2018' and gruppering = '005')))
      or (dranst = '2' and funktion = '52207'))`,
  langfristet_gaeld: `-sum(beloeb) filter (funktion like '955%')`,
  bloktilskud: `-sum(beloeb) filter (dranst = '7' and funktion = '76280')`,
  saertilskud: `-sum(beloeb) filter (dranst = '7' and funktion = '76286')`,
  skatter: `-sum(beloeb) filter (dranst = '7' and funktion between '76890' and '76896')`,
};

const parts = [
  'serviceudgifter',
  'overfoersler',
  'medfinansiering',
  'forsikrede_ledige',
  'oevrig_nettodrift',
];
const names = [...new Set([...Object.keys(byHand), ...parts])];
const dimensions = ['funktion', 'dranst', 'gruppering', 'art'] as const;

const label = 'label: { da: Prøve, en: Trial }';
const trial: readonly DefinitionFile[] = [
  {
    file: 'kpi-definitions/sources/proeve_posteringer.yaml',
    text: `source: proeve.posteringer
${label}
supplier: Prøve
frequency: M
delivery: periods
file: { names: ["proeve_*.csv"], format: csv, header: [kommune, periode, funktion, dranst, gruppering, art, beloeb] }
columns:
  kommune: { type: code, from: kommune, dimension: kommune, expect: all }
  periode: { type: period, from: periode }
${dimensions.map((name) => `  ${name}: { type: code, from: ${name}, dimension: ${name}, unknown: uoplyst }\n`).join('')}\
  beloeb: { type: decimal, from: beloeb, decimals: 2 }
key: [kommune, periode, funktion, dranst, gruppering, art]
`,
  },
  {
    file: 'kpi-definitions/proeve/konti.yaml',
    text: `kpi: proeve.konti
version: 1
status: draft
valid_from: "2010"
${label}
unit: kr.
decimals: 2
direction: neutral
formula: ${names.map((name) => `m_${name}`).join(' + ')}
missing: { parts: require_all, operand: require_all }
measures:
${names.map((name) => `  m_${name}: { source: proeve.posteringer, sum: beloeb, accounts: oekonomi.${name}, unit: kr., over_time: sum }\n`).join('')}`,
  },
  {
    file: 'cubes/proeve.yaml',
    text: `cube: proeve\n${label}\nkpis: [proeve.konti]\ndimensions: [kommune]\nwait_for: [proeve.posteringer]\n`,
  },
];

/** Postings over the codes of the real chart, the interesting ones often. */
function postings(model: SemanticModel, rows: number): Table {
  let state = 20261123;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const often: Readonly<Record<string, readonly string[]>> = {
    funktion: [
      '53230',
      '65272',
      '76280',
      '75877',
      '02519',
      '02205',
      '46281',
      '52207',
      '55772',
      '55778',
      '95570',
      'uoplyst',
    ],
    dranst: ['1', '1', '1', '2', '3', '4', '7'],
    gruppering: ['001', '002', '005', '999', 'uoplyst'],
    art: ['00', '10', '52', '76', '86', '91', 'uoplyst'],
  };
  const pick = (name: string, all: readonly string[]): string => {
    const list = next(3) === 0 ? (often[name] ?? all) : all;
    return list[next(list.length)] ?? 'uoplyst';
  };
  const codes = Object.fromEntries(dimensions.map((name) => [name, codesOfDimension(name, model)]));
  const column = (name: string, make: () => string) => ({
    name,
    type: 'text' as const,
    values: Array.from({ length: rows }, make),
  });
  return {
    rows,
    columns: [
      column('kommune', () => ['101', '751', '851'][next(3)] ?? '101'),
      column('periode', () => `${2016 + next(4)}M${String(1 + next(12)).padStart(2, '0')}`),
      ...dimensions.map((name) => column(name, () => pick(name, codes[name] ?? []))),
      {
        name: 'beloeb',
        type: 'decimal',
        decimals: 2,
        values: Array.from({ length: rows }, () => BigInt(next(20_000_000) - 8_000_000)),
      },
      { name: 'beloeb_status', type: 'text', values: Array.from({ length: rows }, () => null) },
    ],
  };
}

describe('selections of the bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flis-accounts-'));
  const file = join(folder, 'postings.parquet');
  let engine: Engine;
  let naive: Naive;
  let ours: ReadonlyMap<string, Readonly<Record<string, bigint>>>;

  beforeAll(async () => {
    engine = await openDuckDb({
      folders: [],
      writable: [folder],
      temporaryFolder: folder,
      threads: 1,
      memoryLimit: '500MB',
    });
    naive = await openNaive();
    const model = modelOf([...bundledFiles(), ...trial]);
    await engine.writeTable(postings(model, 20_000), file);
    const [cube, source] = [model.cubes.proeve, model.sources['proeve.posteringer']];
    if (!cube || !source) throw new Error('the trial has its cube and source');
    const places = {
      snapshot: () => [{ file, periods: null }],
      held: () => [],
      cells: () => [],
      structure: () => '',
    };
    const result = await engine.query(lowerCells(planCells(model, cube, source), places, null));
    const cell = (row: number, name: string): unknown => result.getChild(name)?.get(row);
    ours = new Map(
      Array.from({ length: result.numRows }, (_, row) => [
        `${cell(row, 'kommune')} ${cell(row, 'periode')}`,
        Object.fromEntries(names.map((name) => [name, decimalAt(cell(row, `m_${name}`)) ?? 0n])),
      ]),
    );
  });
  afterAll(() => {
    engine?.close();
    naive?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(byHand))('%s is what hand-written SQL gives', async (name, sql) => {
    const amount = `cast(cast(coalesce(${sql}, 0) * 100 as hugeint) as varchar) as oere`;
    const [rows = []] = await naive.run(
      `select kommune, periode, ${amount} from read_parquet('${file}') group by all order by all`,
    );
    expect(rows).toHaveLength(3 * 48);
    expect(rows.some(({ oere }) => oere !== '0')).toBe(true);
    for (const { kommune, periode, oere } of rows) {
      expect([kommune, periode, String(ours.get(`${kommune} ${periode}`)?.[name])]).toEqual([
        kommune,
        periode,
        oere,
      ]);
    }
  });

  it('of the parts add up to net operating expenditure, everywhere', () => {
    for (const amounts of ours.values()) {
      const sum = parts.reduce((total, name) => total + (amounts[name] ?? 0n), 0n);
      expect(sum).toBe(amounts.nettodrift);
    }
  });
});
