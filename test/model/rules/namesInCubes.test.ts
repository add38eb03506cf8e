import { describe, expect, it } from 'vitest';
import { expectFault } from '../../support/definitions.ts';

const cube = 'cubes/arbejde.yaml';
const dimensions = 'dimensions: [kommune, koen]';
const wait = 'wait_for: [star.ledighed]';
const land = '{ id: ledige_land, kpi: ledige, level: land, against: source_total }';

describe('names in cubes', () => {
  it('are dimensions that there are', () => {
    const { hint } = expectFault(
      'unknown-dimension',
      cube,
      dimensions,
      'dimensions: [⟦komune⟧, koen, kommune]',
    );
    expect(hint).toBe('did you mean "kommune"?');
  });

  it('are sources that there are', () => {
    const { hint } = expectFault('unknown-source', cube, wait, 'wait_for: [⟦star.ledig⟧]');
    expect(hint).toBe('did you mean "star.ledighed"?');
  });

  it('are sources that the cube is made of, or it would wait for ever', () => {
    const { hint } = expectFault(
      'not-in-cube',
      cube,
      'kpis: [ledige, ledige_pr_1000, folketal]\ndimensions: [kommune, koen]\nwait_for: [star.ledighed]',
      'kpis: [ledige]\ndimensions: [kommune, koen]\nwait_for: [⟦dst.folketal⟧]',
    );
    expect(hint).toBe('it is made of star.ledighed');
  });

  it('are levels of the cube', () => {
    const { hint } = expectFault('unknown-level', cube, land, land.replace('level: land', 'level: ⟦lande⟧'));
    expect(hint).toBe('did you mean "land"?');
  });

  it('are KPIs of the cube where figures are reconciled', () => {
    const kpis = 'kpis: [ledige, ledige_pr_1000, folketal]';
    const reconcile = `dimensions: [kommune, koen]\nwait_for: [star.ledighed]\nreconcile:\n  - ${land}`;
    const without = (end: string) =>
      `kpis: [ledige]\ndimensions: [kommune, koen]\nwait_for: [star.ledighed]\nreconcile:\n  - ${end}`;
    for (const end of [
      land.replace('kpi: ledige', 'kpi: ⟦folketal⟧'),
      land.replace('against: source_total', 'against: ⟦befolkning.folketal⟧'),
    ]) {
      expectFault('not-in-cube', cube, `${kpis}\n${reconcile}`, without(end));
    }
  });

  it.each([
    [
      'KPIs',
      '[ledige, ledige_pr_1000, folketal]',
      '[ledige, ledige_pr_1000, folketal, ⟦beskaeftigelse.ledige⟧]',
    ],
    ['dimensions', dimensions, 'dimensions: [kommune, koen, ⟦kommune⟧]'],
    ['sources', wait, 'wait_for: [star.ledighed, ⟦star.ledighed⟧]'],
    ['reconciliations', land, `${land}\n  - ${land.replace('ledige_land', '⟦ledige_land⟧')}`],
  ])('are %s that it names once', (_, before, after) => {
    expectFault('named-twice', cube, before, after);
  });
});
