import { expect } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { readDefinitions } from '../../src/definitions/readDefinitions.ts';
import type { Checked, Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { buildModel } from '../../src/model/buildModel.ts';
import type { SemanticModel } from '../../src/model/types.ts';
import { expectDiagnostic, type Marked, marked } from './marked.ts';

const parse = await loadParser();

/**
 * A whole small workspace that compiles without a word: five kommuner up to the country with the
 * change of 2027, sex, a monthly source that brings its own total, the yearly population, and a cube.
 */
export const miniWorkspace: readonly DefinitionFile[] = Object.entries({
  'data/classifications/kommune.yaml': `classification: kommune
label: { da: Kommune, en: Municipality }
code_length: 3
members:
  - { code: "101", label: { da: København, en: Copenhagen }, parents: { landsdel: "01" }, aliases: ["Kobenhavn"] }
  - { code: "400", label: { da: Bornholm, en: Bornholm }, parents: { landsdel: "04" } }
  - { code: "411", label: { da: Christiansø, en: Christiansø }, parents: { landsdel: "04" }, expected: false }
  - { code: "751", label: { da: Aarhus, en: Aarhus }, parents: { landsdel: "09" } }
  - { code: "851", label: { da: Aalborg, en: Aalborg }, parents: { landsdel: "11" } }
`,
  'data/classifications/landsdel.yaml': `classification: landsdel
label: { da: Landsdel, en: Province }
members:
  - code: "01"
    label: { da: Byen København, en: City of Copenhagen }
    parents: { region: [{ code: "084", valid_to: 2026-12-31 }, { code: "086", valid_from: 2027-01-01 }] }
  - code: "04"
    label: { da: Bornholm, en: Bornholm }
    parents: { region: [{ code: "084", valid_to: 2026-12-31 }, { code: "086", valid_from: 2027-01-01 }] }
  - { code: "09", label: { da: Østjylland, en: East Jutland }, parents: { region: "082" } }
  - { code: "11", label: { da: Nordjylland, en: North Jutland }, parents: { region: "081" } }
`,
  'data/classifications/region.yaml': `classification: region
label: { da: Region, en: Region }
members:
  - { code: "081", label: { da: Nordjylland, en: North }, parents: { land: "000" }, aliases: ["1081"] }
  - { code: "082", label: { da: Midtjylland, en: Central }, parents: { land: "000" } }
  - { code: "084", label: { da: Hovedstaden, en: Capital }, parents: { land: "000" }, valid_to: 2026-12-31 }
  - { code: "086", label: { da: Østdanmark, en: Eastern }, parents: { land: "000" }, valid_from: 2027-01-01 }
`,
  'data/classifications/land.yaml': `classification: land
label: { da: Hele landet, en: All Denmark }
members:
  - { code: "000", label: { da: Hele landet, en: All Denmark } }
`,
  'data/classifications/koen.yaml': `classification: koen
label: { da: Køn, en: Sex }
members:
  - { code: "1", label: { da: Mænd, en: Men } }
  - { code: "2", label: { da: Kvinder, en: Women } }
`,
  'kpi-definitions/dimensions/kommune.yaml': `dimension: kommune
label: { da: Kommune, en: Municipality }
hierarchies:
  geografi: [kommune, landsdel, region, land]
`,
  'kpi-definitions/dimensions/koen.yaml': `dimension: koen
label: { da: Køn, en: Sex }
hierarchies:
  koen: [koen]
`,
  'kpi-definitions/sources/star.ledighed.yaml': `source: star.ledighed
label: { da: Ledighed, en: Unemployment }
supplier: STAR
frequency: M
delivery: full
file:
  names: ["ledighed_*.csv"]
  format: csv
  header: [Omraade, Maaned, Koen, Ydelse, Personer]
  rows: Ydelse != "I alt"
columns:
  kommune: { type: code, from: Omraade, dimension: kommune, levels: [kommune, land], empty: uoplyst, expect: all }
  maaned: { type: period, from: Maaned }
  koen: { type: code, from: Koen, dimension: koen }
  ydelse: { type: text, from: Ydelse, values: ["dagpenge", "kontanthjælp"] }
  fuldtidspersoner:
    type: decimal
    from: Personer
    decimals: 1
    empty: [{ when: ydelse == "dagpenge", means: suppressed }, { means: not_applicable }]
key: [kommune, maaned, koen, ydelse]
`,
  'kpi-definitions/sources/dst.folketal.yaml': `source: dst.folketal
label: { da: Folketal, en: Population }
supplier: DST
frequency: Å_Primo
delivery: periods
file:
  names: ["folketal_*.csv"]
  format: csv
  header: [KOMMUNE, AAR, PERSONER]
columns:
  kommune: { type: code, from: KOMMUNE, dimension: kommune, expect: all }
  aar: { type: period, from: AAR }
  personer: { type: integer, from: PERSONER, min: 0 }
key: [kommune, aar]
`,
  'kpi-definitions/befolkning/folketal.yaml': `kpi: befolkning.folketal
version: 1
status: approved
valid_from: "2020"
label: { da: Folketal, en: Population }
unit: borger
decimals: 0
direction: neutral
formula: folketal
missing: { parts: skip, coverage: 0.95, operand: require_all }
measures:
  folketal:
    source: dst.folketal
    sum: personer
    unit: borger
    over_time: last
`,
  'kpi-definitions/beskaeftigelse/ledige.yaml': `kpi: beskaeftigelse.ledige
version: 1
status: approved
valid_from: 2021M07
label: { da: Ledige, en: Unemployed }
unit: person
decimals: 0
direction: lower_is_better
formula: ledige
missing: { parts: require_all, operand: require_all }
measures:
  ledige:
    source: star.ledighed
    sum: fuldtidspersoner
    unit: person
    over_time: mean
`,
  'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml': `kpi: beskaeftigelse.ledige_pr_1000
version: 1
status: approved
valid_from: 2021M07
label: { da: Ledige pr. 1.000, en: "Unemployed per 1,000" }
unit: person/1000 borger
decimals: 1
direction: lower_is_better
formula: ledige / folketal
missing: { parts: require_all, operand: require_all }
measures:
  folketal:
    source: dst.folketal
    sum: personer
    unit: borger
    period: Å_Primo
    over_time: last
`,
  'cubes/arbejde.yaml': `cube: arbejde
label: { da: Arbejde, en: Work }
kpis: [ledige, ledige_pr_1000, folketal]
dimensions: [kommune, koen]
wait_for: [star.ledighed]
reconcile:
  - { id: ledige_land, kpi: ledige, level: land, against: source_total }
`,
}).map(([file, text]) => ({ file, text }));

/** The text of a file of the mini workspace. */
export function miniText(file: string): string {
  const found = miniWorkspace.find((one) => one.file === file);
  if (found === undefined) throw new Error(`the mini workspace has no ${file}`);
  return found.text;
}

/** A workspace with a file more, or with this text instead of the one it has. */
export function withFile(
  file: string,
  text: string,
  files: readonly DefinitionFile[] = miniWorkspace,
): readonly DefinitionFile[] {
  return [...files.filter((one) => one.file !== file), { file, text }];
}

/** A workspace of which one file has `before` exchanged for `after`. */
export function withChange(
  file: string,
  before: string,
  after: string,
  files: readonly DefinitionFile[] = miniWorkspace,
): readonly DefinitionFile[] {
  const text = files.find((one) => one.file === file)?.text ?? '';
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`"${before}" stands ${parts.length - 1} times in ${file}`);
  return withFile(file, parts.join(after), files);
}

/** Files to a model, as the product goes: a model only where nothing is wrong. */
export function modelled(files: readonly DefinitionFile[]): Checked<SemanticModel> {
  return buildModel(readDefinitions(files), parse);
}

export function diagnosticsOf(files: readonly DefinitionFile[]): readonly Diagnostic[] {
  return modelled(files).diagnostics;
}

/** The model of files that nothing is wrong with. */
export function modelOf(files: readonly DefinitionFile[] = miniWorkspace): SemanticModel {
  const { value, diagnostics } = modelled(files);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

/**
 * Exchanges a text in the mini workspace for one with a ⟦bad place⟧, and asserts that this is told of
 * there, with this code, and nothing else is said. `files` holds what else the fault needs.
 */
export function expectFault(
  code: Diagnostic['code'],
  file: string,
  before: string,
  after: string,
  files: readonly DefinitionFile[] = miniWorkspace,
): Diagnostic {
  const changed = withChange(file, before, after, files);
  const place = markedIn(changed, file);
  const found = diagnosticsOf(withFile(file, place.text, changed));
  const one = expectDiagnostic(found, code, place);
  expect(one.span?.file).toBe(file);
  expect(found.map(({ message }) => message)).toEqual([one.message]);
  return one;
}

function markedIn(files: readonly DefinitionFile[], file: string): Marked {
  return marked(files.find((one) => one.file === file)?.text ?? '');
}
