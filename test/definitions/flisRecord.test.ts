import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FlisRecord,
  flisFields,
  flisRecordOf,
  withFlisRecord,
} from '../../src/definitions/flisRecord.ts';
import { printFlisCsv, printFlisJson, readFlisRecords } from '../../src/definitions/flisRecordText.ts';
import { readDefinition } from '../../src/definitions/readDefinition.ts';
import type { KpiRecord } from '../../src/definitions/schema.ts';
import { writeKpi } from '../../src/definitions/writeKpi.ts';
import { flisRecordFixtures } from '../support/flisRecords.ts';

const bare: KpiRecord = {
  kpi: 'skole.proeve',
  version: 1,
  status: 'draft',
  valid_from: '2026',
  label: { da: 'En titel', en: 'A title' },
  unit: 'pct.',
  decimals: 1,
  direction: 'neutral',
  formula: 'a / b',
  missing: { parts: 'require_all', operand: 'require_all' },
};

/** What a record is after it went into a YAML file and out of it again. */
function throughYaml(record: FlisRecord): FlisRecord {
  const label = { ...bare.label, da: record['Nøgletals titel'] ?? bare.label.da };
  const text = writeKpi(withFlisRecord({ ...bare, label }, record));
  const { value, diagnostics } = readDefinition({ file: 'kpi-definitions/skole/proeve.yaml', text });
  expect(diagnostics).toEqual([]);
  if (value?.kind !== 'kpi') throw new Error(text);
  return flisRecordOf(value.record);
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'æøå ÆØÅ',
    'en "linje"\nog én til\r\nog "en" til\n',
    ' foran og bag ',
    "'enkelt'",
    '- punkt: {a}',
    '%TAG & *alias #',
    '0101',
    'true',
    '',
    'a;b,c',
    '\t',
  ),
);
const title = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.constantFrom('Andel "sen" skolestart', 'null', '8'),
);
const others = fc.dictionary(
  fc
    .string({ minLength: 1, unit: 'grapheme' })
    .filter((name) => !flisFields.includes(name) && name !== '__proto__'),
  text,
  { maxKeys: 3 },
);
const records: fc.Arbitrary<FlisRecord> = fc
  .tuple(
    title,
    fc.record(Object.fromEntries(flisFields.map((name) => [name, text])), { requiredKeys: [] }),
    others,
  )
  .map(([named, fields, more]) => ({ ...more, ...fields, 'Nøgletals titel': named }));

describe('a FLIS record', () => {
  it('comes through YAML as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(throughYaml(record)).toEqual(record);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['JSON', printFlisJson],
    ['CSV', printFlisCsv],
  ])('comes through %s as it was, empty fields and missing ones told apart', (_format, print) => {
    fc.assert(
      fc.property(fc.array(records, { minLength: 1, maxLength: 3 }), (list) => {
        const { value } = readFlisRecords('records', print(list));
        expect(value).toEqual(list);
      }),
      { numRuns: 300 },
    );
  });

  it.each(flisRecordFixtures.map((record) => [record.NøgletalID ?? '', record] as const))(
    '%s comes through all of them',
    (_id, record) => {
      expect(throughYaml(record)).toEqual(record);
      for (const print of [printFlisCsv, printFlisJson])
        expect(readFlisRecords('record', print([record])).value).toEqual([record]);
    },
  );

  it('says nothing twice: the title is the Danish label, the definition ours where they agree', () => {
    const record = { 'Nøgletals titel': 'En titel', Definition: 'Sådan.', Visningstype: 'Procent' };
    const kpi = withFlisRecord({ ...bare, definition: { da: 'Sådan.', en: 'So.' } }, record);
    expect(kpi.flis_record).toEqual({ visningstype: 'Procent' });
    expect(flisRecordOf(kpi)).toEqual(record);
  });

  it('is made of a KPI that never was one, of what it says itself', () => {
    expect(flisRecordOf({ ...bare, flis_id: '569' })).toEqual({
      NøgletalID: '569',
      'Nøgletals titel': 'En titel',
    });
  });
});

describe('a file of records', () => {
  it.each([
    ['a list of numbers', '[1, 2]'],
    ['broken JSON', '{"a": '],
    ['a number in a field', '{"NøgletalID": 569}'],
    ['an empty list', '[]'],
    ['nothing', ''],
    ['a header alone', 'NøgletalID,Definition\n'],
    ['a record that is too short', 'a,b\n1\n'],
    ['quotes that do not pair up', 'a,b\n"1,2\n'],
    ['something behind quotes', 'a,b\n"1"2,3\n'],
    ['a column twice', 'a,a\n1,2\n'],
  ])('that is %s is refused', (_what, content) => {
    const { value, diagnostics } = readFlisRecords('f', content);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(['bad-record']);
  });

  it('may come from a Danish spreadsheet', () => {
    expect(readFlisRecords('f', '\ufeffNøgletalID;Definition\r\n569;"a; b"\r\n').value).toEqual([
      { NøgletalID: '569', Definition: 'a; b' },
    ]);
  });
});
