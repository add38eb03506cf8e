import { describe, expect, it } from 'vitest';
import { onlyMember, sliceOf } from '../../src/query/slice.ts';
import { miniWorkspace, withChange } from '../support/definitions.ts';
import { bound, scopeOf } from './support.ts';

const scope = scopeOf();
const leaves = (where: string) =>
  sliceOf(scope.model, 'kommune', bound({ kpi: 'ledige', where }, scope).filters).map(
    ({ leaf, validFrom }) => `${leaf} ${validFrom.slice(0, 4)}`,
  );
const only = (where: string, files = miniWorkspace) => {
  const own = scopeOf(files);
  return onlyMember(own.model, 'kommune', bound({ kpi: 'ledige', where }, own).filters);
};

describe('sliceOf', () => {
  it('gives the stretches of time in which members lie where the filter says', () => {
    expect(leaves('region == "086"')).toEqual(['101 2027', '400 2027', '411 2027']);
    expect(leaves('kommune in ["751", "851"]')).toEqual(['751 0001', '851 0001']);
  });

  it('has the unknown member among those that are not something', () => {
    expect(leaves('region == "uoplyst"')).toEqual(['uoplyst 0001']);
    expect(leaves('not (kommune in ["101", "400", "411"]) and region != "082"')).toEqual([
      '851 0001',
      'uoplyst 0001',
    ]);
  });
});

describe('onlyMember', () => {
  it('is the one member that a filter lets through', () => {
    expect(only('kommune == "101"')).toBe('101');
    expect(only('region == "082"')).toBe('751');
    expect(only('kommune == "uoplyst"')).toBe('uoplyst');
  });

  it('is none where the filter lets several through, at whatever time', () => {
    expect(only('region == "084"')).toBeNull();
    expect(only('kommune != "101"')).toBeNull();
  });

  it('counts a member that has ended as unknown above its own level', () => {
    const ended = withChange(
      'data/classifications/kommune.yaml',
      'en: Aarhus }, ',
      'en: Aarhus }, valid_to: 2026-03-31, ',
    );
    expect(only('region == "uoplyst"')).toBe('uoplyst');
    expect(only('region == "uoplyst"', [...ended])).toBeNull();
    expect(only('kommune == "uoplyst"', [...ended])).toBe('uoplyst');
  });
});
