import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type OpenCube, type Outside, publish, type QueryService, toPlain } from '../../src/index.ts';
import type { Answer } from '../../src/query/answer.ts';
import { soundValue } from '../support/published.ts';
import { outsideOf } from '../support/workspace.ts';

const label = 'label: { da: Prøve, en: Trial }';

const sourceOf = (name: string) => `source: proeve.${name}
${label}
supplier: Made up
frequency: M
delivery: full
file: { names: ["${name}*.csv"], format: csv, header: [K, P, A] }
columns:
  kommune: { type: code, from: K, dimension: kommune, expect: all }
  periode: { type: period, from: P }
  antal: { type: integer, from: A }
key: [periode, kommune]
`;

const kpiOf = (name: string) => `kpi: proeve.${name}
version: 1
status: draft
valid_from: 2026M01
${label}
unit: person
decimals: 0
direction: neutral
formula: alle
missing: { parts: require_all, operand: require_all }
measures:
  alle: { source: proeve.${name}, sum: antal, unit: person, over_time: sum }
`;

const definitions: Readonly<Record<string, string>> = {
  'data/classifications/kommune.yaml': `classification: kommune
${label}
source: Made up
members: [{ code: "101", ${label} }, { code: "751", ${label} }]
`,
  'kpi-definitions/dimensions/kommune.yaml': `dimension: kommune
${label}
hierarchies: { kommune: [kommune] }
`,
  'kpi-definitions/sources/ledige.yaml': sourceOf('ledige'),
  'kpi-definitions/sources/borgere.yaml': sourceOf('borgere'),
  'kpi-definitions/proeve/ledige.yaml': kpiOf('ledige'),
  'kpi-definitions/proeve/borgere.yaml': kpiOf('borgere'),
  'cubes/proeve.yaml': `cube: proeve
${label}
kpis: [ledige, borgere]
dimensions: [kommune]
wait_for: [proeve.ledige]
`,
};

/** A workspace in which unemployed and citizens of two kommuner are delivered, and published, month by month. */
export interface ServiceWorld {
  readonly root: string;
  readonly outside: (time?: string) => Outside;
  /** Publishes an edition in which the unemployed of January are so many in each kommune; gives its id. */
  readonly publishWith: (ledige: number) => Promise<string>;
  readonly close: () => void;
}

export function serviceWorld(): ServiceWorld {
  const root = mkdtempSync(join(tmpdir(), 'flis-service-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(definitions)) write(path, text);
  const deliver = (name: string, edition: number, figure: number) => {
    const file = `data/deliveries/${name}_${edition}.csv`;
    write(file, `K,P,A\n101,2026M01,${figure}\n751,2026M01,${figure}\n`);
    const received = `2026-02-0${edition}T05:00:00Z`;
    write(`${file}.receipt.yaml`, `received: "${received}"\nsender: test\n`);
  };
  const outside = (time = '2026-03-01T08:00:00Z') => outsideOf(root, time);
  let edition = 0;
  return {
    root,
    outside,
    publishWith: async (ledige) => {
      edition += 1;
      if (edition === 1) deliver('borgere', edition, 1000);
      deliver('ledige', edition, ledige);
      const { cubes } = soundValue(
        await publish(outside(), { cubes: [], period: null, dryRun: false, gates: false }),
      );
      const id = cubes[0]?.current;
      if (!id) throw new Error('an edition was published');
      return id;
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

export async function opened(
  service: QueryService,
  options?: Parameters<QueryService['open']>[1],
): Promise<OpenCube> {
  return soundValue(await service.open('proeve', options));
}

/** The figures of an answer in the order of its rows. */
export const figuresOf = ({ rows }: Answer): string[] =>
  rows.flatMap(({ cells }) => cells.map(({ value, status }) => (value ? toPlain(value, 6) : status)));
