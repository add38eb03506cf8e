import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const cube = 'cubes/arbejde.yaml';
const ledige = 'kpi-definitions/beskaeftigelse/ledige.yaml';
const notAdding = withChange(ledige, 'over_time: mean', 'over_time: mean\n    over: { koen: none }');

describe('the grain of a cube', () => {
  it('keeps what its KPIs do not add over', () => {
    const kpis = 'kpis: [ledige, ledige_pr_1000, folketal]\ndimensions: [kommune, koen]';
    const { message, hint } = expectFault(
      'grain-cannot-answer',
      cube,
      kpis,
      'kpis: [⟦ledige⟧, folketal]\ndimensions: [kommune]',
      notAdding,
    );
    expect(message).toBe(
      '"beskaeftigelse.ledige" does not add over "koen", and this cube does not keep that dimension.',
    );
    expect(hint).toBe("add koen to the cube's dimensions");
  });

  it('keeps what other KPIs that they are made of do not add over', () => {
    const kpis = 'kpis: [ledige, ledige_pr_1000, folketal]\ndimensions: [kommune, koen]';
    expectFault(
      'grain-cannot-answer',
      cube,
      `${kpis}\nwait_for: [star.ledighed]\nreconcile:\n  - { id: ledige_land, kpi: ledige, level: land, against: source_total }`,
      'kpis: [⟦ledige_pr_1000⟧, folketal]\ndimensions: [kommune]\nwait_for: [star.ledighed]',
      notAdding,
    );
  });

  it('keeps what a complete delivery holds certain members of, or gaps could not be told', () => {
    const contract = 'kpi-definitions/sources/star.ledighed.yaml';
    const expecting = withChange(contract, 'dimension: koen }', 'dimension: koen, expect: all }');
    const { message } = expectFault(
      'grain-cannot-answer',
      cube,
      'kpis: [ledige, ledige_pr_1000, folketal]\ndimensions: [kommune, koen]',
      'kpis: [⟦ledige⟧, folketal]\ndimensions: [kommune]',
      expecting,
    );
    expect(message).toBe(
      '"beskaeftigelse.ledige" reads star.ledighed, which expects members of "koen"; without that dimension this cube could not tell which are missing.',
    );
  });

  it('may leave out what is added', () => {
    expect(diagnosticsOf(withChange(cube, '[kommune, koen]', '[kommune]'))).toEqual([]);
    expect(diagnosticsOf(notAdding)).toEqual([]);
  });
});
