import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { miniWorkspace } from './definitions.ts';

/** Whoever has a service in a month. */
export interface ServiceRow {
  readonly kommune: string;
  readonly maaned: string;
  readonly koen: string;
  readonly person: string;
  readonly art: string;
}

const source = `source: test.ydelser
label: { da: Ydelser, en: Services }
supplier: test
frequency: M
delivery: periods
file: { names: ["ydelser*.csv"], format: csv, header: [kommune, maaned, koen, person, art, loebenummer] }
columns:
  kommune: { type: code, from: kommune, dimension: kommune }
  maaned: { type: period, from: maaned }
  koen: { type: code, from: koen, dimension: koen }
  person: { type: key, from: person, of: text, personal: true, empty: none }
  art: { type: text, from: art }
  loebenummer: { type: integer, from: loebenummer }
key: [kommune, maaned, koen, loebenummer]
`;

/** Measures that count once, each by its name. */
export const countedOnce: Readonly<Record<string, string>> = {
  personer: 'distinct: person, over_time: pooled',
  personer_snit: 'distinct: person, over_time: mean',
  hjulpne: 'distinct: person, where: art == "hjaelp", over_time: pooled',
  par: 'distinct: [person, koen], over_time: pooled',
};

const kpi = (name: string, yaml: string): DefinitionFile => ({
  file: `kpi-definitions/test/${name}.yaml`,
  text: `kpi: test.${name}
version: 1
status: draft
valid_from: "2020"
label: { da: ${name} (da), en: ${name} }
unit: person
decimals: 2
direction: neutral
formula: ${name}
missing: { parts: skip, coverage: 0, operand: require_all }
measures:
  ${name}: { source: test.ydelser, unit: person, ${yaml} }
`,
});

/** A workspace whose measures count people once. */
export const peopleFiles: readonly DefinitionFile[] = [
  ...miniWorkspace.filter(({ file }) => /classifications|dimensions/.test(file)),
  { file: 'kpi-definitions/sources/test.ydelser.yaml', text: source },
  ...Object.entries(countedOnce).map(([name, yaml]) => kpi(name, yaml)),
  {
    file: 'cubes/test.yaml',
    text: `cube: test\nlabel: { da: Test, en: Test }\nkpis: [${Object.keys(countedOnce).join(', ')}]\ndimensions: [kommune, koen]\nwait_for: [test.ydelser]\n`,
  },
];

export function servicesCsv(rows: readonly ServiceRow[]): string {
  const lines = rows.map(({ kommune, maaned, koen, person, art }, number) =>
    [kommune, maaned, koen, person, art, number].join(','),
  );
  return ['kommune,maaned,koen,person,art,loebenummer', ...lines, ''].join('\n');
}
