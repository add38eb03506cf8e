import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type StructureRow, structureOf } from '../../src/model/structure.ts';
import { bundledModel } from './bundled.ts';

const { value: model } = await bundledModel();
const dimension = model?.dimensions.kommune;
const structure = model && dimension ? structureOf(model, dimension) : [];

/** Whether a row is about figures of a day in the structure of that day. */
const isOf = ({ validFrom, validTo, mapping }: StructureRow, day: string): boolean =>
  validFrom <= day &&
  day <= validTo &&
  (mapping?.figuresFrom ?? '') <= day &&
  day <= (mapping?.figuresTo ?? '9999-12-31');

/** Expected kommuner per member of a level on a day. */
function counts(level: string, day: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const row of structure) {
    if (!row.expected || !isOf(row, day)) continue;
    const member = row.levels[level] ?? '';
    found[member] = (found[member] ?? 0) + 1;
  }
  return found;
}

const regionOf = (code: string, day: string) =>
  structure.find((row) => row.leaf === code && isOf(row, day))?.levels.region;

describe('the bundled classification of kommuner', () => {
  it('has 98 kommuner in five regions until the end of 2026', () => {
    expect(counts('land', '2026-12-31')).toEqual({ '000': 98 });
    expect(counts('region', '2026-12-31')).toEqual({ '081': 11, '082': 19, '083': 22, '084': 29, '085': 17 });
  });

  it('has Region Østdanmark with 46 of them from 2027', () => {
    expect(counts('region', '2027-01-01')).toEqual({ '081': 11, '082': 19, '083': 22, '086': 46 });
    expect(regionOf('400', '2026-12-31')).toBe('084');
    expect(regionOf('400', '2027-01-01')).toBe('086');
    const oestdanmark = model?.classifications.region?.members.find(({ code }) => code === '086');
    expect(oestdanmark?.provisional).toBe(true);
  });

  it('has eleven landsdele and five kommunegrupper', () => {
    expect(counts('landsdel', '2026-06-30')).toEqual({
      '01': 4,
      '02': 13,
      '03': 11,
      '04': 1,
      '05': 5,
      '06': 12,
      '07': 10,
      '08': 12,
      '09': 11,
      '10': 8,
      '11': 11,
    });
    expect(counts('kommunegruppe', '2026-06-30')).toEqual({ 1: 24, 2: 3, 3: 16, 4: 24, 5: 31 });
  });

  it('knows Christiansø as a place that nobody waits for, in no kommunegruppe', () => {
    const christiansoe = structure.find((row) => row.leaf === '411' && isOf(row, '2020-01-01'));
    expect(christiansoe?.expected).toBe(false);
    expect(christiansoe?.levels).toMatchObject({ landsdel: '04', region: '084', kommunegruppe: 'uoplyst' });
  });

  it('has Bornholm since 2003 and Ærø since 2006, of seven that came together', () => {
    const became = (code: string, of: string, on: string) =>
      structure
        .filter(({ leaf, validFrom, validTo, mapping }) => {
          const isFigure = (mapping?.figuresFrom ?? '') <= of && of <= (mapping?.figuresTo ?? '');
          return leaf === code && validFrom <= on && on <= validTo && isFigure;
        })
        .map(({ levels }) => `${levels.kommune} ${levels.landsdel}`);
    for (const code of ['401', '403', '405', '407', '409']) {
      expect(became(code, '2002-12-31', '2002-12-31')).toEqual([`${code} uoplyst`]);
      expect(became(code, '2002-12-31', '2026-07-31')).toEqual(['400 04']);
    }
    for (const code of ['443', '493']) {
      expect(became(code, '2005-12-31', '2005-12-31')).toEqual([`${code} uoplyst`]);
      expect(became(code, '2005-12-31', '2026-07-31')).toEqual(['492 07']);
    }
    expect(became('400', '2026-07-31', '2026-07-31')).toEqual(['400 04']);
  });

  it('has ten like each, by kommunegruppe and nearness of population', () => {
    const text = readFileSync(
      new URL('../../data/deliveries/folketal_2026_kommune.csv', import.meta.url),
      'utf8',
    );
    const [header = '', ...lines] = text
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/);
    const [code, people] = ['kommune_kode', 'folketal'].map((name) => header.split(',').indexOf(name));
    const population = new Map(
      lines
        .map((line) => line.split(','))
        .map((fields) => [(fields[code ?? 0] ?? '').slice(-3), Number(fields[people ?? 0])]),
    );
    const groupOf = (kommune: string) =>
      structure.find((row) => row.leaf === kommune && isOf(row, '2026-01-01'))?.levels.kommunegruppe;
    for (const group of model?.classifications.sammenligningsgruppe?.members ?? []) {
      const distance = (kommune: string) =>
        Math.abs((population.get(kommune) ?? 0) - (population.get(group.code) ?? 0)) +
        (groupOf(kommune) === groupOf(group.code) ? 0 : 10_000_000);
      const others = [...population.keys()].filter((kommune) => kommune !== group.code).sort();
      const ten = others.sort((a, b) => distance(a) - distance(b)).slice(0, 10);
      expect(group.of?.[0]?.members).toEqual(ten.sort());
    }
    expect(model?.classifications.sammenligningsgruppe?.members).toHaveLength(98);
  });
});
