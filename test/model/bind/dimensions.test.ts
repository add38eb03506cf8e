import { describe, expect, it } from 'vitest';
import { modelOf } from '../../support/definitions.ts';

describe('a dimension', () => {
  it('has its finest level, and every level once', () => {
    expect(modelOf().dimensions.kommune).toEqual({
      id: 'kommune',
      label: { da: 'Kommune', en: 'Municipality' },
      leaf: 'kommune',
      levels: ['kommune', 'landsdel', 'region', 'land'],
      hierarchies: { geografi: ['kommune', 'landsdel', 'region', 'land'] },
    });
  });
});
