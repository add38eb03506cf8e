import { describe, expect, it } from 'vitest';
import { modelOf, withChange } from '../../support/definitions.ts';

describe('a classification', () => {
  it('has open ends written out, and parents in order of date', () => {
    const file = 'data/classifications/landsdel.yaml';
    const written =
      'Bornholm }\n    parents: { region: [{ code: "084", valid_to: 2026-12-31 }, { code: "086", valid_from: 2027-01-01 }] }';
    const reversed =
      'Bornholm }\n    parents: { region: [{ code: "086", valid_from: 2027-01-01 }, { code: "084", valid_to: 2026-12-31 }] }';
    const { landsdel } = modelOf(withChange(file, written, reversed)).classifications;
    expect(landsdel?.members.find(({ code }) => code === '04')).toEqual({
      code: '04',
      label: { da: 'Bornholm', en: 'Bornholm' },
      validFrom: '0001-01-01',
      validTo: '9999-12-31',
      parents: {
        region: [
          { code: '084', validFrom: '0001-01-01', validTo: '2026-12-31' },
          { code: '086', validFrom: '2027-01-01', validTo: '9999-12-31' },
        ],
      },
      aliases: [],
      expected: true,
      provisional: false,
    });
    expect(landsdel).toEqual(modelOf().classifications.landsdel);
  });

  it('has its members in the order of their codes, however they are written', () => {
    const file = 'data/classifications/koen.yaml';
    const label = '{ da: A, en: A }';
    const more = ['"10"', '"9"', '"x"', '"081"']
      .map((code) => `  - { code: ${code}, label: ${label} }\n`)
      .join('');
    const { koen } = modelOf(withChange(file, 'members:\n', `members:\n${more}`)).classifications;
    expect(koen?.members.map(({ code }) => code)).toEqual(['1', '2', '9', '10', '081', 'x']);
  });
});
