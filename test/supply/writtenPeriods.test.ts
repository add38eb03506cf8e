import { describe, expect, it } from 'vitest';
import { readPeriod } from '../../src/supply/writtenPeriods.ts';

describe('readPeriod', () => {
  it.each([
    ['2026M07', 'M', '2026M07'],
    ['2026-07', 'M', '2026M07'],
    ['202607', 'M', '2026M07'],
    [' 2026m07 ', 'M', '2026M07'],
    ['2020K1', 'K', '2020K1'],
    ['2020Q4', 'K', '2020K4'],
    ['2026', 'Å', '2026'],
    ['2026', 'Å_Primo', '2026'],
    ['2020-U52', 'U', '2020U52'],
    ['2020W53', 'U', '2020U53'],
    ['2020-02-29', 'D', '2020-02-29'],
    ['20200229', 'D', '2020-02-29'],
  ] as const)('reads %j of frequency %s as %s', (text, frequency, code) => {
    expect(readPeriod(text, frequency)).toBe(code);
  });

  it.each([
    ['2026M13', 'M'],
    ['2026M00', 'M'],
    ['2026', 'M'],
    ['2026K3', 'M'],
    ['2026M07', 'K'],
    ['2020K5', 'K'],
    ['2026M07', 'Å'],
    ['26', 'Å'],
    ['0026', 'Å'],
    ['9999', 'Å'],
    ['2021U53', 'U'],
    ['2021-02-29', 'D'],
    ['juli 2026', 'M'],
    ['', 'M'],
  ] as const)('refuses %j of frequency %s', (text, frequency) => {
    expect(readPeriod(text, frequency)).toBeNull();
  });
});
