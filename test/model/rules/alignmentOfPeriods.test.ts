import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const pr1000 = 'kpi-definitions/beskaeftigelse/ledige_pr_1000.yaml';

describe('alignment of periods', () => {
  it.each(['"⟦2026⟧"'])('to %s asks for a source with one figure a year', (period) => {
    const { message } = expectFault(
      'alignment-impossible',
      ledige,
      'over_time: mean',
      `over_time: mean\n    period: ${period}`,
    );
    expect(message).toContain('frequency M');
  });

  it('to the school start asks for a source with shorter periods than a year', () => {
    const { message } = expectFault(
      'alignment-impossible',
      pr1000,
      'period: Å_Primo',
      'period: ⟦Å_SenSkoleStart⟧',
    );
    expect(message).toContain('1 September');
    expect(
      diagnosticsOf(withChange(ledige, 'over_time: mean', 'over_time: last\n    period: Å_SenSkoleStart')),
    ).toEqual([]);
  });

  it('to 1 January may be of a source with shorter periods', () => {
    expect(
      diagnosticsOf(withChange(ledige, 'over_time: mean', 'over_time: last\n    period: Å_Primo')),
    ).toEqual([]);
  });

  it('may be to a year that stands for all', () => {
    expect(diagnosticsOf(withChange(pr1000, 'period: Å_Primo', 'period: "2026"'))).toEqual([]);
  });
});
