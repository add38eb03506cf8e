import { describe, expect, it } from 'vitest';
import { expectFault } from '../../support/definitions.ts';

const cube = 'cubes/arbejde.yaml';
const wait = 'wait_for: [star.ledighed]';
const fault = (code: Parameters<typeof expectFault>[0], more: string) =>
  expectFault(code, cube, wait, `${wait}\n${more}`);

describe('gates of cubes', () => {
  it('ask about KPIs that there are', () => {
    const { hint } = fault('unknown-kpi', 'gates:\n  revision: [{ kpi: ⟦ledge⟧ }]');
    expect(hint).toBe('did you mean "ledige"?');
  });

  it('ask about KPIs of the cube', () => {
    expectFault(
      'not-in-cube',
      cube,
      'kpis: [ledige, ledige_pr_1000, folketal]',
      'kpis: [ledige, ledige_pr_1000]\ngates:\n  coverage: [{ kpi: ⟦folketal⟧, at_least: 0.9 }]',
    );
  });

  it('ask by levels of the cube', () => {
    const { hint } = fault('unknown-level', 'gates:\n  coverage: [{ level: ⟦lande⟧ }]');
    expect(hint).toBe('did you mean "land"?');
  });

  it('ask about reconciliations that there are', () => {
    const { hint } = fault('unknown-reconciliation', 'gates:\n  reconciliation: [{ id: ⟦ledige_landet⟧ }]');
    expect(hint).toBe('did you mean "ledige_land"?');
  });

  it('have limits between which something lies', () => {
    const rule = '{ id: ⟦a⟧, kpi: ledige, against: folketal }';
    fault('gate-without-limit', `gates:\n  cross_source: [${rule}]`);
    fault(
      'gate-without-limit',
      'gates:\n  cross_source: [{ id: a, kpi: ledige, against: folketal, at_least: ⟦2⟧, at_most: 1 }]',
    );
  });

  it('ask nothing twice, whatever a KPI is called', () => {
    fault(
      'named-twice',
      'gates:\n  revision: [{ kpi: ledige }, { kpi: ⟦beskaeftigelse.ledige⟧, action: block }]',
    );
    fault('named-twice', 'gates:\n  coverage: [{ level: land }, { level: ⟦land⟧ }]');
  });

  it('know what a finding leads to', () => {
    fault('invalid-value', 'gates:\n  deliveries: { action: ⟦stop⟧ }');
  });
});

describe('a release calendar', () => {
  it('says a date', () => {
    fault('release-without-date', '⟦release⟧: { embargo: true }');
    fault('release-without-date', 'release: { dates: { "2026M07": "2026-08-10" }, months_after: ⟦2⟧ }');
  });

  it('gives dates to periods', () => {
    fault('bad-period', 'release: { dates: { "⟦2026-07⟧": "2026-08-10" } }');
  });
});

describe('preliminary figures', () => {
  it('are of sources that the cube reads', () => {
    const { hint } = fault('unknown-source', 'preliminary: { sources: { ⟦star.ledig⟧: 2 } }');
    expect(hint).toBe('did you mean "star.ledighed"?');
  });
});
