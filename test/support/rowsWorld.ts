import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBDecimalValue, DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { toPlain } from '../../src/model/rational.ts';
import { publish, query } from '../../src/pipeline.ts';
import type { Request } from '../../src/query/request.ts';
import { miniText } from './definitions.ts';
import { outsideOf } from './workspace.ts';

/** Definitions and deliveries by path; code lists and dimensions of the mini workspace are there already. */
export type RowsWorld = Readonly<Record<string, string>>;

const shared = [
  'data/classifications/kommune.yaml',
  'data/classifications/landsdel.yaml',
  'data/classifications/region.yaml',
  'data/classifications/land.yaml',
  'data/classifications/koen.yaml',
  'kpi-definitions/dimensions/kommune.yaml',
  'kpi-definitions/dimensions/koen.yaml',
];

export interface PublishedWorld {
  readonly root: string;
  /** What stopped it. */
  readonly faults: readonly Diagnostic[];
  /** Cells as lines `members value`, or a status where there is no value; by cells and by base rows alike. */
  readonly ask: (request: Omit<Request, 'cube'> & { readonly cube?: string }) => Promise<string[]>;
  /** Lines of a statement written by hand; `FILE.csv` in quotes stands for a delivery. */
  readonly byHand: (sql: string) => Promise<string[]>;
}

/** Writes a world to a folder of its own and publishes it; the folder goes when the test ends. */
export async function publishWorld(world: RowsWorld): Promise<PublishedWorld> {
  const root = mkdtempSync(join(tmpdir(), 'flis-rows-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const files = { ...Object.fromEntries(shared.map((file) => [file, miniText(file)])), ...world };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const outside = outsideOf(root);
  const published = await publish(outside, { cubes: [], period: null, dryRun: false });
  const askBy = async (request: Request): Promise<string[]> => {
    const answer = await query(outside, request, null);
    if (!answer.value) throw new Error(answer.diagnostics.map(({ message }) => message).join('\n'));
    return answer.value.rows.map(({ members, cells }) =>
      [...members, ...cells.map(({ value, status }) => (value ? toPlain(value, 6) : status))].join(' '),
    );
  };
  return {
    root,
    faults: published.diagnostics.filter(({ severity }) => severity === 'error'),
    ask: async (asked) => {
      const request: Request = { cube: 'proeve', ...asked };
      const cells = await askBy({ ...request, route: 'cells' });
      expect(await askBy({ ...request, route: 'base' })).toEqual(cells);
      return cells;
    },
    byHand: async (sql) => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      try {
        const text = sql.replaceAll(
          /'([\w-]+\.csv)'/g,
          (_, file) => `'${join(root, 'data/deliveries', file)}'`,
        );
        const rows = (await connection.runAndReadAll(text)).getRows();
        return rows.map((row) => row.map(plain).join(' '));
      } finally {
        connection.closeSync();
      }
    },
  };
}

function plain(value: unknown): string {
  if (value instanceof DuckDBDecimalValue) return value.toString().replace(/\.?0+$/, '');
  return String(value);
}

/** A KPI of one measure, as short as it can be written. */
export function kpiOf(name: string, measure: string, more = ''): string {
  return `kpi: proeve.${name}
version: 1
status: approved
valid_from: "2020"
label: { da: ${name}, en: ${name} }
unit: person
decimals: 0
direction: neutral
formula: tal
missing: { parts: require_all, operand: require_all }
measures:
  tal: { ${measure}, unit: person, over_time: sum }
${more}`;
}

export function cubeOf(kpis: readonly string[], dimensions: readonly string[], waitFor: string): string {
  return `cube: proeve
label: { da: Prøve, en: Trial }
kpis: [${kpis.join(', ')}]
dimensions: [${dimensions.join(', ')}]
wait_for: [${waitFor}]
`;
}
