import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceFactor } from '../../../src/model/prices/factor.ts';
import type { PriceEdition, PriceRate } from '../../../src/model/prices/types.ts';
import { multiply, one, toPlain } from '../../../src/model/rational.ts';

const rate = (percent: string, correction = '0', madeUp = false): PriceRate => ({
  rate: percent,
  correction,
  madeUp,
});
const edition = (rates: Readonly<Record<string, PriceRate>>): PriceEdition => ({
  id: '2025-06',
  published: '2025-06-30',
  rates: { service: rates },
});

const plain = (from: number, to: number, of: PriceEdition): string | undefined => {
  const found = priceFactor(of, 'service', from, to);
  return 'missing' in found ? `no ${found.missing}` : toPlain(found.factor, 18);
};

describe('the factor from one price year to another', () => {
  const general = edition({ '2025': rate('2.8', '0.2') });

  it('is the rate upon the correction of the level: published as 3.0, and exactly 3.0056 pct.', () => {
    expect(plain(2024, 2025, general)).toBe('1.030056');
  });

  it('is the product of all years between', () => {
    const three = edition({ '2023': rate('3.9', '1.1'), '2024': rate('3.7'), '2025': rate('-0.5') });
    // By hand: 1.039 * 1.011 = 1.050429; * 1.037 = 1.089294873; * 0.995.
    expect(plain(2022, 2025, three)).toBe('1.083848398635');
    expect(plain(2023, 2024, three)).toBe('1.037');
  });

  it('is one in its own year, and needs no rate there', () => {
    expect(plain(1999, 1999, general)).toBe('1');
  });

  it('is one divided by the way there on the way back, exactly', () => {
    const back = priceFactor(general, 'service', 2025, 2024);
    expect(back).toMatchObject({ factor: { numerator: 125000n, denominator: 128757n } });
  });

  it('says which rate is missing', () => {
    expect(plain(2022, 2025, general)).toBe('no 2023');
    expect(plain(2025, 2023, general)).toBe('no 2024');
    expect(priceFactor(general, 'anlaeg', 2024, 2025)).toEqual({ missing: '2025' });
  });

  it('says whether a rate in it is made up', () => {
    const mixed = edition({ '2024': rate('1', '0', true), '2025': rate('1') });
    expect(priceFactor(mixed, 'service', 2023, 2025)).toMatchObject({ madeUp: true });
    expect(priceFactor(mixed, 'service', 2024, 2025)).toMatchObject({ madeUp: false });
  });

  it('goes by way of any year between', () => {
    const years = Array.from({ length: 10 }, (_, at) => String(2016 + at));
    const percent = fc.integer({ min: -9_000, max: 20_000 }).map((thousandths) => String(thousandths / 1000));
    const rates = fc
      .array(fc.tuple(percent, percent), { minLength: 10, maxLength: 10 })
      .map((all) =>
        edition(Object.fromEntries(years.map((year, at) => [year, rate(...(all[at] ?? ['0', '0']))]))),
      );
    const year = fc.integer({ min: 2015, max: 2025 });
    fc.assert(
      fc.property(rates, year, year, year, (of, a, b, c) => {
        const factor = (from: number, to: number) => {
          const found = priceFactor(of, 'service', from, to);
          return 'missing' in found ? one : found.factor;
        };
        expect(multiply(factor(a, b), factor(b, c))).toEqual(factor(a, c));
      }),
    );
  });
});
