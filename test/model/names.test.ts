import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, miniText, withChange, withFile } from '../support/definitions.ts';

const cube = 'cubes/arbejde.yaml';
const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';
const ledighed = 'kpi-definitions/sources/star.ledighed.yaml';
const kommune = 'kpi-definitions/dimensions/kommune.yaml';

/** What every object of JavaScript has without anybody having defined it. */
const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', '__defineGetter__'];

describe.each(inherited)('a name that every object has, %s,', (name) => {
  const bad = `⟦${name}⟧`;

  it.each([
    ['unknown-measure', pr1000, 'formula: ledige / folketal', `formula: ledige / folketal * ${bad}`],
    ['unknown-unit', pr1000, 'unit: person/1000 borger', `unit: ⟦person/1000 ${name}⟧`],
    ['unknown-unit', ledige, '    unit: person', `    unit: ${bad}`],
    ['unknown-source', ledige, 'source: star.ledighed', `source: ${bad}`],
    ['unknown-column', ledige, 'sum: fuldtidspersoner', `sum: ${bad}`],
    ['unknown-column', ledige, 'sum: fuldtidspersoner', `sum: fuldtidspersoner\n    where: ${bad} == "1"`],
    [
      'unknown-measure',
      ledige,
      'over_time: mean',
      `over_time: mean\n    over: { kommune: { weighted_by: ${bad} } }`,
    ],
    ['unknown-column', ledighed, 'Ydelse != "I alt"', `${bad} != "I alt"`],
    ['unknown-dimension', ledighed, 'dimension: koen', `dimension: ${bad}`],
    ['unknown-level', ledighed, 'levels: [kommune, land]', `levels: [kommune, land, ${bad}]`],
    ['unknown-column', ledighed, 'koen, ydelse]', `koen, ydelse, ${bad}]`],
    ['unknown-level', kommune, 'region, land]', `region, land, ${bad}]`],
    ['unknown-kpi', cube, '[ledige,', `[ledige, ${bad},`],
    ['unknown-dimension', cube, '[kommune, koen]', `[kommune, koen, ${bad}]`],
    ['unknown-source', cube, '[star.ledighed]', `[star.ledighed, ${bad}]`],
    ['unknown-level', cube, 'level: land', `level: ${bad}`],
    ['unknown-kpi', cube, 'kpi: ledige,', `kpi: ${bad},`],
    ['unknown-kpi', cube, 'against: source_total', `against: ${bad}`],
    ['unknown-kpi', ledige, 'decimals: 0', `successor: ${bad}\ndecimals: 0`],
    ['unknown-code', 'data/classifications/kommune.yaml', '{ landsdel: "09" }', `{ landsdel: "${bad}" }`],
  ] as const)('is %s in %s where %j would stand', (code, file, before, after) => {
    expectFault(code, file, before, after);
  });
});

describe.each(inherited.filter((name) => name !== '__proto__'))(
  'a key that every object has, %s,',
  (name) => {
    it('is no dimension, and no level of a parent', () => {
      const over = `over_time: mean\n    over: { ⟦${name}⟧: none }`;
      expectFault('unknown-dimension', ledige, 'over_time: mean', over);
      const parents = `{ landsdel: "09", ⟦${name}⟧: "1" }`;
      expectFault('unknown-level', 'data/classifications/kommune.yaml', '{ landsdel: "09" }', parents);
    });

    it('may be the name of a measure or a column like any other', () => {
      const named = miniText(ledige)
        .replace('formula: ledige', `formula: ${name}`)
        .replace('  ledige:', `  ${name}:`);
      expect(diagnosticsOf(withFile(ledige, named))).toEqual([]);
      const column = withChange(
        ledighed,
        '  koen: {',
        `  ${name}: {`,
        withChange(ledighed, 'koen, ydelse]', `${name}, ydelse]`),
      );
      expect(diagnosticsOf(column)).toEqual([]);
    });
  },
);
