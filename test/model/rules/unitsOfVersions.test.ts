import { describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../../src/definitions/definition.ts';
import { diagnosticsOf, miniText, modelOf, withChange, withFile } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';

/** A second version of the KPI with something in it changed. */
function withSecond(from: string, to: string): readonly DefinitionFile[] {
  const second = miniText(ledige)
    .replace('version: 1', 'version: 2')
    .replace('2021M07', '2027M01')
    .replace(from, to);
  return withChange(
    ledige,
    'valid_from: 2021M07',
    'valid_from: 2021M07\nvalid_to: 2026M12',
    withFile('kpi-definitions/beskaeftigelse/ledige_2.yaml', second),
  );
}

describe('versions of a KPI', () => {
  it('are in one unit, which is told at the older one', () => {
    const found = diagnosticsOf(withSecond('unit: person', 'unit: borger'));
    expect(found.map(({ code, message }) => `${code}: ${message}`)).toContain(
      'unit-mismatch: Version 1 is in person, and version 2 in borger.',
    );
  });

  it('may be in another scale of it', () => {
    const model = modelOf(withSecond('unit: person', 'unit: 1.000 person'));
    expect(model.kpis['beskaeftigelse.ledige']?.unit.text).toBe('1.000 person');
    expect(model.earlier['beskaeftigelse.ledige']?.map(({ until, kpi }) => [until, kpi.unit.text])).toEqual([
      ['2027-01-01', 'person'],
    ]);
  });

  it('have measures of their own, and one place in the model', () => {
    const model = modelOf(withSecond('sum: fuldtidspersoner', 'max: fuldtidspersoner'));
    expect(model.earlier['beskaeftigelse.ledige']?.[0]?.kpi).toMatchObject({
      id: 'beskaeftigelse.ledige',
      version: 1,
      measures: ['beskaeftigelse.ledige@1.ledige'],
    });
    expect(Object.keys(model.kpis).filter((id) => id.includes('@'))).toEqual([]);
  });
});
