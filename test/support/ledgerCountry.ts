import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCube } from '../../src/build/buildCube.ts';
import { inputsOf } from '../../src/build/inputs.ts';
import { adoptFile } from '../../src/catalog/objects.ts';
import { posixStore } from '../../src/catalog/posixStore.ts';
import type { EditionManifest, Receipt, Snapshot, Table } from '../../src/catalog/types.ts';
import { readDefinitions } from '../../src/definitions/readDefinitions.ts';
import { openDuckDb } from '../../src/engine/duckdb/driver.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { buildLedger } from '../../src/ledger/buildLedger.ts';
import { overlayStore } from '../../src/ledger/overlayStore.ts';
import type { Ledger, LedgerQuestion } from '../../src/ledger/types.ts';
import { buildModel } from '../../src/model/buildModel.ts';
import type { SemanticModel } from '../../src/model/types.ts';
import type { OpenEdition } from '../../src/serve/openEdition.ts';
import { soundValue } from './published.ts';

const parse = await loadParser();

/** One row of one of the two sources; null is a suppressed number. */
export interface CountryRow {
  readonly period: string;
  readonly kommune: string;
  readonly koen: string;
  readonly number: bigint | null;
}

/** What came with one receipt. */
export interface CountryDelivery {
  readonly receipt: number;
  readonly source: 'test.ting' | 'test.folk';
  readonly rows: readonly CountryRow[];
  /** What the contract of its time called the number; that of the country if left out. */
  readonly column?: string;
}

/** All that an edition of a small country stands on. */
export interface Country {
  /** Kommune to region. */
  readonly regions: Readonly<Record<string, string>>;
  /** What each KPI's count of things is multiplied by; its number of the version follows from it. */
  readonly factor: number;
  /** The newest edition of rates, a day, and what 2027 costs more than 2026, in whole pct. */
  readonly prices: { readonly edition: string; readonly rate: number };
  /** In order of receipt; each gives the periods that it holds. */
  readonly deliveries: readonly CountryDelivery[];
  /** KPIs of the cube, all if left out: `antal`, `andel`, `kroner`. */
  readonly kpis?: readonly string[];
  readonly dimensions?: readonly string[];
  /** What the number of things is called in its contract and snapshots; `antal` if left out. */
  readonly column?: string;
  /** What the measure of `antal` is called; `ting` if left out. */
  readonly measure?: string;
}

type Definitions = Omit<Country, 'deliveries'>;

export interface LedgerHarness {
  readonly ledger: (before: Country, after: Country, question?: LedgerQuestion) => Promise<Ledger>;
  readonly close: () => void;
}

/** A DuckDB and a store for a whole test file. */
export async function openLedgerHarness(): Promise<LedgerHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'flis-ledger-test-'));
  const engine = await openDuckDb({
    folders: [],
    writable: [folder],
    temporaryFolder: join(folder, 'temporary'),
    threads: 1,
    memoryLimit: '500MB',
  });
  const processes = { own: process.pid, isAlive: () => true, now: () => new Date('2026-11-23') };
  const store = posixStore(join(folder, 'store'), 'store', processes);
  const above = posixStore(join(folder, 'above'), 'above', processes);
  const verified = new Set<string>();
  const build = { engine, snapshotStore: store, editionStore: store, verified, builder: 'test' };

  const snapshotOf = async (delivery: CountryDelivery, number: number, column: string): Promise<Snapshot> => {
    const file = await store.withTemporary('.parquet', async (path) => {
      await engine.writeTable(tableOf(delivery, column), path);
      return adoptFile(store, path);
    });
    const periods = [...new Set(delivery.rows.map(({ period }) => period))].sort();
    return {
      format: 1,
      source: delivery.source,
      number,
      receipt: delivery.receipt,
      received: `2026-01-01T00:00:${String(delivery.receipt).padStart(2, '0')}.000Z`,
      contract: '',
      synthetic: false,
      periods: periods.map((period) => ({
        period,
        rows: delivery.rows.filter((row) => row.period === period).length,
      })),
      rows: delivery.rows.length,
      file,
      content: '',
      refused: 0,
      quarantine: null,
      checks: [],
    };
  };

  const snapshotsOf = async ({ deliveries, column = 'antal' }: Country): Promise<Map<string, Snapshot[]>> => {
    const found = new Map<string, Snapshot[]>();
    for (const delivery of deliveries) {
      const own = found.get(delivery.source) ?? [];
      const named = delivery.source === 'test.ting' ? (delivery.column ?? column) : 'antal';
      found.set(delivery.source, [...own, await snapshotOf(delivery, own.length + 1, named)]);
    }
    return found;
  };

  const publish = async (country: Country, number: number): Promise<OpenEdition> => {
    const model = modelOf(country);
    const cube = model.cubes.proeve;
    if (!cube) throw new Error('the country has its cube');
    const snapshots = await snapshotsOf(country);
    const inputs = inputsOf(model, cube, snapshots);
    const version = soundValue(await buildCube(model, cube, inputs, snapshots, null, build));
    const held =
      snapshots.get('test.ting')?.flatMap(({ periods }) => periods.map(({ period }) => period)) ?? [];
    const manifest: EditionManifest = {
      format: 2,
      cube: cube.id,
      number,
      id: `proeve-${number}`,
      previous: null,
      publishedAt: '2026-01-01T00:00:00.000Z',
      period: held.sort().at(-1) ?? '2026M01',
      inputHash: '',
      builder: 'test',
      engine: engine.version,
      synthetic: false,
      inputs,
      ...version,
      reconciliations: [],
    };
    return { manifest, model, cube };
  };

  return {
    ledger: async (before, after, question = {}) => {
      const stores = {
        snapshotStore: overlayStore(above, store),
        editionStore: overlayStore(above, store),
        verified,
      };
      const [from, to] = [await publish(before, 1), await publish(after, 2)];
      // Snapshots are never gone: all that either edition was made of lies there.
      const last = before.deliveries.length > after.deliveries.length ? before : after;
      const ledger = await buildLedger(from, to, question, {
        snapshots: await snapshotsOf(last),
        receipts: last.deliveries.map(receiptOf),
        build: { ...build, ...stores },
        ask: { stores, engine: async () => engine, parse: null },
        progress: () => undefined,
      });
      return soundValue(ledger);
    },
    close: () => {
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const receiptOf = ({ receipt }: CountryDelivery): Receipt => ({
  format: 1,
  number: receipt,
  file: `delivery-${receipt}.csv`,
  sha256: '',
  size: 0,
  received: `2026-01-01T00:00:${String(receipt).padStart(2, '0')}.000Z`,
  sender: 'test',
  synthetic: false,
  previous: null,
  verdict: 'accepted',
  rules: '',
  sources: [],
  snapshots: [],
  messages: [],
});

function tableOf({ rows }: CountryDelivery, column: string): Table {
  const text = (name: string, of: (row: CountryRow) => string | null) =>
    ({ name, type: 'text', values: rows.map(of) }) as const;
  return {
    rows: rows.length,
    columns: [
      text('kommune', ({ kommune }) => kommune),
      text('maaned', ({ period }) => period),
      text('koen', ({ koen }) => koen),
      { name: column, type: 'integer', values: rows.map(({ number }) => number) },
      text(`${column}_status`, ({ number }) => (number === null ? 'suppressed' : null)),
      { name: '_row', type: 'integer', values: rows.map((_, at) => at + 2) },
    ],
  };
}

// --- definitions -----------------------------------------------------------------------------------

const models = new Map<string, SemanticModel>();

/** Definitions with few choices, so that hundreds of countries share a handful of models. */
function modelOf({ deliveries: _deliveries, ...definitions }: Country): SemanticModel {
  const key = JSON.stringify(definitions);
  const known = models.get(key);
  if (known) return known;
  const files = Object.entries(definitionsOf(definitions)).map(([file, record]) => ({
    file,
    text: JSON.stringify(record),
  }));
  const model = soundValue(buildModel(readDefinitions(files), parse));
  models.set(key, model);
  return model;
}

function definitionsOf({
  regions,
  factor,
  prices,
  kpis = ['antal', 'andel', 'kroner'],
  dimensions = ['kommune', 'koen'],
  column = 'antal',
  measure = 'ting',
}: Definitions): Record<string, object> {
  const label = (text: string) => ({ label: { da: text, en: text } });
  const source = (id: string, number: string) => ({
    source: id,
    ...label(id),
    supplier: 'test',
    frequency: 'M',
    delivery: 'periods',
    file: { names: [`${id}_*.csv`], format: 'csv', header: ['kommune', 'maaned', 'koen', 'antal'] },
    columns: {
      kommune: { type: 'code', from: 'kommune', dimension: 'kommune' },
      maaned: { type: 'period', from: 'maaned' },
      koen: { type: 'code', from: 'koen', dimension: 'koen' },
      [number]: { type: 'integer', from: 'antal', empty: [{ means: 'suppressed' }] },
    },
    key: ['kommune', 'maaned', 'koen'],
  });
  const kpi = (name: string, unit: string, formula: string, missing: object, measures: object) => ({
    kpi: `test.${name}`,
    version: factor,
    status: 'draft',
    valid_from: '2020',
    ...label(name),
    unit,
    decimals: 1,
    direction: 'neutral',
    formula,
    missing,
    measures,
  });
  const ting = { source: 'test.ting', sum: column, unit: 'person', over_time: 'sum' };
  const folk = { source: 'test.folk', sum: 'antal', unit: 'borger', over_time: 'sum' };
  const kroner = { source: 'test.ting', sum: column, unit: 'kr.', over_time: 'sum' };
  const requireAll = { parts: 'require_all', operand: 'require_all' };
  const members = (codes: readonly string[], parent?: (code: string) => object) => ({
    members: codes.map((code) => ({ code, ...label(code), ...(parent ? { parents: parent(code) } : {}) })),
  });
  const kommuner = Object.keys(regions);
  return {
    'data/classifications/kommune.yaml': {
      classification: 'kommune',
      ...label('kommune'),
      ...members(kommuner, (code) => ({ region: regions[code] })),
    },
    'data/classifications/region.yaml': {
      classification: 'region',
      ...label('region'),
      ...members(['081', '082'], () => ({ land: '000' })),
    },
    'data/classifications/land.yaml': { classification: 'land', ...label('land'), ...members(['000']) },
    'data/classifications/koen.yaml': { classification: 'koen', ...label('koen'), ...members(['1', '2']) },
    'kpi-definitions/dimensions/kommune.yaml': {
      dimension: 'kommune',
      ...label('kommune'),
      hierarchies: { geografi: ['kommune', 'region', 'land'] },
    },
    'kpi-definitions/dimensions/koen.yaml': {
      dimension: 'koen',
      ...label('koen'),
      hierarchies: { koen: ['koen'] },
    },
    'kpi-definitions/prices/pl.yaml': {
      prices: 'pl',
      ...label('pl'),
      types: { drift: { da: 'drift', en: 'running' } },
      editions: [
        {
          edition: prices.edition,
          published: prices.edition,
          rates: {
            drift: {
              2025: { rate: 2, made_up: true },
              2026: { rate: 3, made_up: true },
              2027: { rate: prices.rate, made_up: true },
            },
          },
        },
      ],
    },
    'kpi-definitions/sources/test.ting.yaml': source('test.ting', column),
    'kpi-definitions/sources/test.folk.yaml': source('test.folk', 'antal'),
    'kpi-definitions/test/antal.yaml': kpi(
      'antal',
      'person',
      factor === 1 ? measure : `${measure} * ${factor}`,
      requireAll,
      { [measure]: ting },
    ),
    'kpi-definitions/test/andel.yaml': kpi('andel', 'person/borger', `ting * ${factor} / folk`, requireAll, {
      ting,
      folk,
    }),
    'kpi-definitions/test/kroner.yaml': {
      ...kpi('kroner', 'kr.', 'in_prices_of(kroner, 2027)', requireAll, { kroner }),
      version: 1,
      prices: { index: 'pl', type: 'drift' },
    },
    'cubes/proeve.yaml': {
      cube: 'proeve',
      ...label('proeve'),
      kpis,
      dimensions,
      wait_for: ['test.ting'],
    },
  };
}
