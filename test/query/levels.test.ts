import { describe, expect, it } from 'vitest';
import { withChange } from '../support/definitions.ts';
import { bound, expectRefused, scopeOf } from './support.ts';

describe('levels', () => {
  it('are those of time and of the dimensions that the cube keeps, in the order asked for', () => {
    expect(bound({ kpi: 'ledige', by: 'region,maaned,koen', period: '2026K1' }).levels).toEqual([
      { kind: 'member', name: 'region', dimension: 'kommune' },
      { kind: 'time', name: 'maaned' },
      { kind: 'member', name: 'koen', dimension: 'koen' },
    ]);
  });

  it('of one dimension may stand beside each other', () => {
    expect(bound({ kpi: 'ledige', by: 'region,kommune' }).levels).toHaveLength(2);
  });

  it('that nobody knows come with a near name', () => {
    expect(expectRefused('unknown-level', { kpi: 'ledige', by: 'koen,⟦regon⟧' }).hint).toBe(
      'did you mean "region"?',
    );
  });

  it('that the cube does not keep are told of as such', () => {
    const scope = scopeOf(
      withChange('cubes/arbejde.yaml', 'dimensions: [kommune, koen]', 'dimensions: [kommune]'),
    );
    expect(expectRefused('not-in-cube', { kpi: 'ledige', by: '⟦koen⟧' }, scope).hint).toContain('kommune');
  });

  it('are not asked for twice', () => {
    expectRefused('asked-twice', { kpi: 'ledige', by: 'koen,region,⟦koen⟧' });
  });

  it('of time are asked for one at a time', () => {
    expectRefused('asked-twice', { kpi: 'ledige', by: 'maaned,⟦maaned⟧' });
  });

  it('must be in every source that is asked of', () => {
    const found = expectRefused('not-sliceable', { kpi: 'ledige,⟦folketal⟧', by: 'koen', period: '2026' });
    expect(found.message).toBe(
      '"folketal" cannot be cut by koen: its source dst.folketal has no such column.',
    );
    expect(found.hint).toBe('it can be cut by kommune');
  });

  it('must be in every source that a formula stands on', () => {
    expectRefused('not-sliceable', { kpi: 'ledige,⟦ledige_pr_1000⟧', by: 'koen' });
  });

  it('of a filter must be in every source too', () => {
    expectRefused('not-sliceable', { kpi: '⟦folketal⟧', where: 'koen == "1"' });
  });
});
