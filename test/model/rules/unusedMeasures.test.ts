import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const other = (name: string) =>
  `  ${name}: { source: dst.folketal, sum: personer, unit: borger, over_time: last }\n`;

describe('measures', () => {
  it('are used by the formula', () => {
    const { severity } = expectFault(
      'unused-measure',
      ledige,
      'measures:\n',
      `measures:\n${other('⟦vægt⟧')}`,
    );
    expect(severity).toBe('warning');
  });

  it('may be used as a weight instead', () => {
    const files = withChange(
      ledige,
      'unit: person\n    over',
      'unit: person\n    over: { kommune: { weighted_by: vægt } }\n    over',
      withChange(ledige, 'measures:\n', `measures:\n${other('vægt')}`),
    );
    expect(diagnosticsOf(files)).toEqual([]);
  });
});
