import { describe, expect, it } from 'vitest';
import { printFormula } from '../../src/formula/print.ts';
import { bind, bound, expectRefused } from './support.ts';

const filters = (where: string) =>
  bound({ kpi: 'ledige', where }).filters.map(({ dimension, condition, levels }) => [
    dimension,
    printFormula(condition),
    levels,
  ]);

describe('filters', () => {
  it('are cut at "and", each about one dimension', () => {
    expect(filters('region == "082" and koen in ["1","2"]')).toEqual([
      ['kommune', 'region == "082"', ['region']],
      ['koen', 'koen in ["1", "2"]', ['koen']],
    ]);
  });

  it('may name several levels of one dimension', () => {
    expect(filters('region == "082" or kommune == "101"')).toEqual([
      ['kommune', 'region == "082" or kommune == "101"', ['region', 'kommune']],
    ]);
  });

  it('take uoplyst as a code of every level', () => {
    expect(filters('not (region == "uoplyst")')).toHaveLength(1);
  });

  it('write ranges over codes out, in the order that codes have', () => {
    expect(filters('kommune >= "751"')).toEqual([['kommune', 'kommune in ["751", "851"]', ['kommune']]]);
  });

  it('do not mix dimensions in one condition', () => {
    const found = expectRefused('filter-mixes-dimensions', {
      kpi: 'ledige',
      where: 'region == "082" and (⟦kommune == "101" or koen == "1"⟧)',
    });
    expect(found.message).toBe('One condition is about kommune and koen.');
  });

  it('are about a level', () => {
    expectRefused('filter-mixes-dimensions', { kpi: 'ledige', where: '⟦"a" == "a"⟧' });
  });

  it('do not name time', () => {
    expect(
      expectRefused('time-in-filter', { kpi: 'ledige', where: 'koen == "1" and ⟦maaned⟧ == "2026M07"' }).hint,
    ).toContain('--period');
  });

  it('name levels that there are', () => {
    expect(expectRefused('unknown-level', { kpi: 'ledige', where: '⟦komune⟧ == "101"' }).hint).toBe(
      'did you mean "kommune"?',
    );
  });

  it.each([
    ['kommune == ⟦"102"⟧', 'did you mean "101"?'],
    ['koen != ⟦"3"⟧', undefined],
    ['⟦"080"⟧ == region', 'did you mean "081"?'],
    ['not (region in ["081", ⟦"1082"⟧])', 'did you mean "082"?'],
  ])('name codes that there are: %s', (where, hint) => {
    expect(expectRefused('unknown-code', { kpi: 'ledige', where }).hint).toBe(hint);
  });

  it('take codes as deliveries do: with a zero more, or by another name', () => {
    expect(filters('kommune == "0101"')).toEqual([['kommune', 'kommune == "101"', ['kommune']]]);
    expect(filters('region in ["1081"]')).toEqual([['kommune', 'region in ["081"]', ['region']]]);
  });

  it('compare codes with text', () => {
    expect(expectRefused('type-mismatch', { kpi: 'ledige', where: 'kommune == ⟦101⟧' }).hint).toBe(
      'codes are text: write "101"',
    );
  });

  it('are conditions', () => {
    expectRefused('type-mismatch', { kpi: 'ledige', where: '⟦kommune⟧' });
  });

  it('that are no formula are told of where they stop being one', () => {
    const { value, diagnostics } = bind({ kpi: 'ledige', where: 'kommune = "101"' });
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ span: { file: '--where', start: 8, end: 9 } }]);
  });
});
