import { describe, expect, it } from 'vitest';
import { miniText, modelOf, withChange, withFile } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';

describe('versions of a KPI', () => {
  it.each(['a', 'z'])('are the newest one in the model, whatever its file is called (%s)', (name) => {
    const second = miniText(ledige)
      .replace('version: 1', 'version: 2')
      .replace('2021M07', '2027M01')
      .replace('sum: fuldtidspersoner', 'max: fuldtidspersoner');
    const files = withChange(
      ledige,
      'valid_from: 2021M07',
      'valid_from: 2021M07\nvalid_to: 2026M12',
      withFile(`kpi-definitions/beskaeftigelse/${name}.yaml`, second),
    );
    const model = modelOf(files);
    expect(model.kpis['beskaeftigelse.ledige']).toMatchObject({ version: 2, validFrom: '2027M01' });
    expect(model.measures['beskaeftigelse.ledige.ledige']?.aggregate).toBe('max');
  });
});
