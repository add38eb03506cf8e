import { describe, expect, it } from 'vitest';
import { bound, expectRefused, scopeOf, useOf } from './support.ts';

const dates = (hierarchy: string | undefined, kpi = 'ledige', period = '2026K1') => {
  const query = bound({ kpi, period, ...(hierarchy === undefined ? {} : { hierarchy }) });
  return query.measures.map(({ pairs }) => pairs.map(({ structureDate }) => structureDate));
};

describe('hierarchy', () => {
  it('is that of the last day of the newest period, if nothing is said', () => {
    expect(bound({ kpi: 'ledige' }).hierarchy).toEqual({ mode: 'as-is', date: '2026-07-31' });
    expect(dates(undefined)).toEqual([['2026-07-31', '2026-07-31', '2026-07-31']]);
    expect(dates('as-is')).toEqual(dates(undefined));
  });

  it('as it was is that of the last day of each source period', () => {
    expect(bound({ kpi: 'ledige', hierarchy: 'as-was' }).hierarchy).toEqual({ mode: 'as-was', date: null });
    expect(dates('as-was')).toEqual([['2026-01-31', '2026-02-28', '2026-03-31']]);
  });

  it('as it was is that of 1 January for what is counted on that day', () => {
    expect(dates('as-was', 'folketal', '2026')).toEqual([['2026-01-01']]);
  });

  it('as it was puts a population in the structure of the figure that it stands under', () => {
    const query = bound({ kpi: 'ledige_pr_1000', period: '2026M03', hierarchy: 'as-was' });
    expect(useOf(query, 'folketal').pairs).toMatchObject([{ source: '2026', structureDate: '2026-03-31' }]);
    expect(useOf(query, 'ledige').pairs).toMatchObject([{ source: '2026M03', structureDate: '2026-03-31' }]);
  });

  it('of a date is that of the date, for every period', () => {
    expect(dates('2027-01-01')).toEqual([['2027-01-01', '2027-01-01', '2027-01-01']]);
  });

  it.each(['⟦as_was⟧', '⟦2027⟧', '⟦2027-02-30⟧', '⟦⟧'])('is nothing else: %s', (hierarchy) => {
    expectRefused('bad-hierarchy', { kpi: 'ledige', hierarchy });
  });

  it('that is nearly one is told of', () => {
    expect(expectRefused('bad-hierarchy', { kpi: 'ledige', hierarchy: '⟦as_was⟧' }).hint).toBe(
      'did you mean "as-was"?',
    );
  });

  it('stands on the period of the source that the cube waits for, whatever else is newer', () => {
    const scope = scopeOf(undefined, { 'star.ledighed': ['2026M07'], 'dst.folketal': ['2026', '2027'] });
    expect(bound({ kpi: 'folketal', period: '2027' }, scope).hierarchy.date).toBe('2026-07-31');
  });
});
