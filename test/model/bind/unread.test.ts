import { describe, expect, it } from 'vitest';
import { diagnosticsOf, withChange } from '../../support/definitions.ts';

describe('a definition that cannot be read', () => {
  it.each([
    ['a KPI', 'kpi-definitions/beskaeftigelse/ledige.yaml', 'decimals: 0', 'decimal: 0'],
    ['a KPI that is no YAML', 'kpi-definitions/beskaeftigelse/ledige.yaml', 'decimals: 0', 'decimals: ['],
    ['a source', 'kpi-definitions/sources/star.ledighed.yaml', 'delivery: full', 'delivery: fuld'],
    ['a dimension', 'kpi-definitions/dimensions/koen.yaml', 'label: {', 'labels: {'],
    ['a classification', 'data/classifications/koen.yaml', '{ code: "1",', '{ code: 1,'],
    ['a level in the middle', 'data/classifications/landsdel.yaml', 'members:', 'medlemmer:'],
  ])('is told of where it stands, and nowhere else: %s', (_, file, before, after) => {
    const found = diagnosticsOf(withChange(file, before, after));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ span }) => span?.file))).toEqual(new Set([file]));
  });

  it('does not hide another fault beside it', () => {
    const cube = withChange('cubes/arbejde.yaml', '[ledige,', '[ledge,');
    const found = diagnosticsOf(
      withChange('kpi-definitions/beskaeftigelse/ledige.yaml', 'decimals: 0', '', cube),
    );
    expect(found.map(({ code }) => code)).toEqual(['missing-key', 'unknown-kpi']);
  });
});
