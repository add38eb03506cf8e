import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { skippingOf } from '../../src/model/skipping.ts';
import { miniWorkspace, modelOf } from '../support/definitions.ts';

const source = (silence: string) => `source: test.haendelser
label: { da: Hændelser, en: Events }
supplier: test
frequency: M
delivery: full
${silence}
file: { names: ["haendelser.csv"], format: csv, header: [kommune, hjem, maaned, koen, person] }
columns:
  kommune: { type: code, from: kommune, dimension: kommune, role: ejer, expect: all }
  hjem: { type: code, from: hjem, dimension: kommune, role: hjem, empty: uoplyst }
  maaned: { type: period, from: maaned }
  koen: { type: code, from: koen, dimension: koen }
  person: { type: key, from: person, of: integer, personal: true }
key: [maaned, person]
`;
const zero = 'absence: zero\ndelivered_by: kommune';
const rows = 'source: test.haendelser, role: ejer, count: rows, unit: person, over_time: last';
const persons = 'source: test.haendelser, role: ejer, distinct: person, unit: person, over_time: last';

/** How a formula over the measures a and b leaves out parts. */
function kindOf(a: string, b: string, formula = 'a / b', silence = zero): string {
  const missing = 'missing: { parts: require_all, operand: require_all }';
  const kpi: DefinitionFile = {
    file: 'kpi-definitions/test/kpi.yaml',
    text: `kpi: test.kpi
version: 1
status: draft
valid_from: "2020"
label: { da: Prøve, en: Trial }
unit: andel
decimals: 2
direction: neutral
formula: ${formula}
${missing}
measures:
  a: { ${a} }
  b: { ${b} }
`,
  };
  const files = miniWorkspace.filter(({ file }) => /classifications|dimensions/.test(file));
  const model = modelOf([
    ...files,
    { file: 'kpi-definitions/sources/test.yaml', text: source(silence) },
    kpi,
  ]);
  const bound = model.kpis['test.kpi'];
  if (!bound) throw new Error('there is no such KPI');
  return skippingOf(model, bound.expression).kind;
}

describe('leaving out parts of a formula of several operands', () => {
  it('is the same in all operands of one delivery whose silence is zero, whether they add or not', () => {
    expect(kindOf(rows, rows)).toBe('alike');
    expect(kindOf(persons, rows)).toBe('alike');
    expect(kindOf(persons, rows, 'a / total(b, koen)')).toBe('alike');
  });

  it.each([
    ['another role', rows, rows.replace('ejer', 'hjem')],
    ['other periods', rows, rows.replace('last', 'sum')],
  ])('is matched part by part where an operand is of %s', (_, a, b) => {
    expect(kindOf(a, b)).toBe('matched');
  });

  it('is matched where a row that has not come is missing', () => {
    expect(kindOf(rows, rows, 'a / b', '')).toBe('matched');
  });

  it('is refused where neither can be', () => {
    expect(kindOf(persons, rows.replace('last', 'sum'))).toBe('refused');
    expect(kindOf(rows, rows, 'a / total(b, kommune)')).toBe('refused');
  });
});
