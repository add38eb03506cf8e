import { describe, expect, it } from 'vitest';
import { bundledDelivery, bundledDeliveryNames } from './bundled.ts';

const folketal = bundledDelivery('folketal_2026_kommune.csv');
const regnskab = bundledDelivery('REGK31_2024_udvalgte_funktioner_netto_pr_indb.csv');
const indikatorer = bundledDelivery('kommune_indikatorer_udvalg.csv');

describe('the bundled deliveries', () => {
  it('have a receipt each', () => {
    const files = bundledDeliveryNames();
    const deliveries = files.filter((name) => name.endsWith('.csv'));
    expect(files).toEqual(deliveries.flatMap((name) => [name, `${name}.receipt.yaml`]));
    expect(deliveries).toHaveLength(3);
  });

  it('hold 6,025,511 inhabitants of 98 kommuner', () => {
    expect(folketal).toHaveLength(98);
    expect(folketal.reduce((sum, row) => sum + Number(row.folketal), 0)).toBe(6_025_511);
  });

  it('hold accounts whose mean, weighted by population, is near the published national figure', () => {
    const people = new Map(folketal.map((row) => [row.kommune_kode, Number(row.folketal)]));
    const weighted = (funktion: string) => {
      const rows = regnskab.filter((row) => row.funktion_kode === funktion && row.kommune_kode !== '0');
      const weight = (row: Readonly<Record<string, string>>) => people.get(row.kommune_kode) ?? 0;
      const amount = rows.reduce((sum, row) => sum + Number(row.beloeb_kr_pr_indb) * weight(row), 0);
      return { rows: rows.length, mean: amount / rows.reduce((sum, row) => sum + weight(row), 0) };
    };
    expect(weighted('32201').rows).toBe(98);
    expect(Math.round(weighted('32201').mean)).toBe(6937);
    expect(weighted('32205').mean).toBeCloseTo(648.8, 1);
    expect(weighted('2820').mean).toBeCloseTo(210.4, 1);
    expect([weighted('46281').rows, weighted('53028').rows]).toEqual([83, 77]);
  });

  it('hold six indicators, of which well-being is missing in three kommuner', () => {
    expect(indikatorer).toHaveLength(98);
    const empty = indikatorer.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        value === '' ? [`${row.kommune_navn} ${column}`] : [],
      ),
    );
    expect(empty).toEqual(['København', 'Gentofte', 'Gladsaxe'].map((name) => `${name} elevtrivsel_1_5`));
  });
});
