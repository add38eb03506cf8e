import type { DefinitionFile } from '../../src/definitions/definition.ts';

const members = (rows: readonly string[]): string => rows.map((row) => `  - ${row}\n`).join('');
const label = (text: string): string => `label: { da: "${text}", en: "${text}" }`;
const member = (code: string, parent?: string): string =>
  `{ code: "${code}", ${label(code)}${parent === undefined ? '' : `, parents: { ${parent} }`} }`;

export const accountCodes = {
  funktion: [
    '02201',
    '02205',
    '02519',
    '02820',
    '32201',
    '53228',
    '53230',
    '62571',
    '65272',
    '76280',
    '75877',
  ],
  dranst: ['1', '2', '3', '4', '7'],
  gruppering: ['001', '002', '005', '999'],
  art: ['10', '22', '49', '52', '72', '79', '86'],
} as const;

const hovedkonti = [...new Set(accountCodes.funktion.map((code) => code.slice(0, 1)))].sort();
const hovedarter = [...new Set(accountCodes.art.map((code) => code.slice(0, 1)))].sort();

const classification = (id: string, rows: readonly string[]): string =>
  `classification: ${id}\n${label(id)}\nmembers:\n${members(rows)}`;
const dimension = (id: string, levels: readonly string[]): string =>
  `dimension: ${id}\n${label(id)}\nhierarchies:\n  ${id}: [${levels.join(', ')}]\n`;

/** A small chart of accounts, three kommuner, postings by month, and no selection yet. */
export const accountWorkspace: readonly DefinitionFile[] = Object.entries({
  'data/classifications/kommune.yaml': classification('kommune', [
    member('101'),
    member('751'),
    member('851'),
  ]),
  'data/classifications/funktion.yaml': classification(
    'funktion',
    accountCodes.funktion.map((code) => member(code, `hovedkonto: "${code.slice(0, 1)}"`)),
  ),
  'data/classifications/hovedkonto.yaml': classification(
    'hovedkonto',
    hovedkonti.map((code) => member(code)),
  ),
  'data/classifications/dranst.yaml': classification(
    'dranst',
    accountCodes.dranst.map((code) => member(code)),
  ),
  'data/classifications/gruppering.yaml': classification(
    'gruppering',
    accountCodes.gruppering.map((code) => member(code)),
  ),
  'data/classifications/art.yaml': classification(
    'art',
    accountCodes.art.map((code) => member(code, `hovedart: "${code.slice(0, 1)}"`)),
  ),
  'data/classifications/hovedart.yaml': classification(
    'hovedart',
    hovedarter.map((code) => member(code)),
  ),
  'kpi-definitions/dimensions/kommune.yaml': dimension('kommune', ['kommune']),
  'kpi-definitions/dimensions/funktion.yaml': dimension('funktion', ['funktion', 'hovedkonto']),
  'kpi-definitions/dimensions/dranst.yaml': dimension('dranst', ['dranst']),
  'kpi-definitions/dimensions/gruppering.yaml': dimension('gruppering', ['gruppering']),
  'kpi-definitions/dimensions/art.yaml': dimension('art', ['art', 'hovedart']),
  'kpi-definitions/sources/oekonomi.posteringer.yaml': `source: oekonomi.posteringer
${label('Posteringer')}
supplier: Test
frequency: M
delivery: periods
file: { names: ["posteringer_*.csv"], format: csv, header: [K, P, F, D, G, A, B] }
columns:
  kommune: { type: code, from: K, dimension: kommune, expect: all }
  periode: { type: period, from: P }
  funktion: { type: code, from: F, dimension: funktion, unknown: uoplyst }
  dranst: { type: code, from: D, dimension: dranst }
  gruppering: { type: code, from: G, dimension: gruppering, unknown: uoplyst }
  art: { type: code, from: A, dimension: art }
  beloeb: { type: decimal, from: B, decimals: 2 }
key: [kommune, periode, funktion, dranst, gruppering, art]
`,
}).map(([file, text]) => ({ file, text }));

/** A selection as a definition; `body` is what stands below its label. */
export const selectionFile = (id: string, body: string): DefinitionFile => ({
  file: `kpi-definitions/selections/${id}.yaml`,
  text: `selection: ${id}\n${label(id)}\n${body}\n`,
});

export const partitionFile = (id: string, body: string): DefinitionFile => ({
  file: `kpi-definitions/partitions/${id}.yaml`,
  text: `partition: ${id}\n${label(id)}\n${body}\n`,
});

/** A KPI that adds up the amounts of a selection. */
export const accountsKpi = (name: string, selection: string, more = ''): DefinitionFile => ({
  file: `kpi-definitions/oekonomi/${name}.yaml`,
  text: `kpi: oekonomi.${name}
version: 1
status: draft
valid_from: "2016"
${label(name)}
unit: kr.
decimals: 2
direction: neutral
formula: beloeb
missing: { parts: as_zero, operand: require_all }
measures:
  beloeb: { source: oekonomi.posteringer, sum: beloeb, accounts: ${selection}, unit: kr., over_time: sum${more} }
`,
});
