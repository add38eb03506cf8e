import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, miniText, withChange, withFile } from '../../support/definitions.ts';

const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const from = 'valid_from: 2021M07';
/** The second version of a KPI, in a file of its own. */
const second = miniText(ledige).replace('version: 1', 'version: 2');
const newer = 'kpi-definitions/beskaeftigelse/ledige_2.yaml';

describe('validity of KPIs', () => {
  it('is from a period', () => {
    const { hint } = expectFault('bad-period', ledige, from, 'valid_from: ⟦2021-07⟧');
    expect(hint).toBe('write it like 2026M07, 2026K3 or "2026"');
    expectFault('bad-period', ledige, from, `${from}\nvalid_to: ⟦2021M13⟧`);
    expectFault('bad-period', ledige, from, `${from}\nbreaks: [{ from: ⟦juli⟧, label: { da: A, en: A } }]`);
  });

  it('ends no earlier than it begins', () => {
    expectFault('empty-validity', ledige, from, `${from}\nvalid_to: ⟦2021M06⟧`);
    expect(diagnosticsOf(withChange(ledige, from, `${from}\nvalid_to: "2021"`))).toEqual([]);
  });

  it('is followed by a KPI that there is', () => {
    const { hint } = expectFault('unknown-kpi', ledige, from, `${from}\nsuccessor: ⟦beskaeftigelse.ledig⟧`);
    expect(hint).toBe('did you mean "beskaeftigelse.ledige"?');
  });

  it('is of one version at a time', () => {
    const { hint } = expectFault(
      'overlapping-validity',
      newer,
      from,
      'valid_from: ⟦2027M01⟧',
      withFile(newer, second),
    );
    expect(hint).toBe('give version 1 a valid_to before 2027M01');
  });

  it('may go on in another version', () => {
    const files = withChange(
      ledige,
      from,
      `${from}\nvalid_to: 2026M12`,
      withFile(newer, second.replace('2021M07', '2027M01')),
    );
    expect(diagnosticsOf(files)).toEqual([]);
  });
});
