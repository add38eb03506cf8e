import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const kommune = 'data/classifications/kommune.yaml';
const aarhus = 'Aarhus }, parents: { landsdel: "09" } }';
const ended = 'Aarhus }, parents: { landsdel: "09" }, valid_to: 2026-01-31';
const basis = 'basis: { da: Folketal, en: Population }';

describe('successors of members', () => {
  it('are one member, several with weights, or none where something broke off', () => {
    for (const successors of [
      '"851"',
      '{ to: [{ code: "851" }] }',
      `{ to: [{ code: "851", weight: "1/3" }, { code: "101", weight: "2/3" }], ${basis} }`,
      `{ to: [{ code: "851", weight: "0.25" }, { code: "101", weight: "0.75" }], ${basis} }`,
      '{ kind: broken }',
    ]) {
      expect(diagnosticsOf(withChange(kommune, aarhus, `${ended}, successors: ${successors} }`))).toEqual([]);
    }
  });

  it('come after a last day', () => {
    expectFault(
      'successor-without-end',
      kommune,
      aarhus,
      'Aarhus }, parents: { landsdel: "09" }, ⟦successors⟧: "851" }',
    );
  });

  it('are members that hold on the day after', () => {
    const { hint } = expectFault('unknown-code', kommune, aarhus, `${ended}, successors: "⟦852⟧" }`);
    expect(hint).toBe('did you mean "851"?');
    expectFault(
      'successor-not-valid',
      kommune,
      aarhus,
      `${ended}, successors: { to: [{ code: "⟦900⟧" }] } }\n  - { code: "900", label: { da: Ny, en: New }, valid_from: 2026-03-01, parents: { landsdel: "09" } }`,
    );
  });

  it('are named once each', () => {
    expectFault(
      'named-twice',
      kommune,
      aarhus,
      `${ended}, successors: { to: [{ code: "851", weight: "1/2" }, { code: "⟦851⟧", weight: "1/2" }], ${basis} } }`,
    );
  });

  it('have weights that make 1', () => {
    expectFault(
      'weights-not-one',
      kommune,
      aarhus,
      `${ended}, ⟦successors⟧: { to: [{ code: "851", weight: "1/3" }, { code: "101", weight: "0.6" }], ${basis} } }`,
    );
  });

  it('say what weights are made of', () => {
    expectFault(
      'split-without-basis',
      kommune,
      aarhus,
      `${ended}, ⟦successors⟧: { to: [{ code: "851", weight: "1/3" }, { code: "101", weight: "2/3" }] } }`,
    );
  });

  it('are left out only where something broke off', () => {
    expectFault('successors-missing', kommune, aarhus, `${ended}, ⟦successors⟧: { kind: mapped } }`);
  });
});
