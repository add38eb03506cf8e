import { describe, expect, it } from 'vitest';
import { diagnosticsOf, expectFault, withChange } from '../../support/definitions.ts';

const folketal = 'kpi-definitions/sources/dst.folketal.yaml';
const ledighed = 'kpi-definitions/sources/star.ledighed.yaml';

describe('columns of sources', () => {
  it('come from columns of the file', () => {
    const { hint } = expectFault('unknown-column', folketal, 'from: PERSONER', 'from: ⟦PERSONR⟧');
    expect(hint).toBe('did you mean "PERSONER"?');
  });

  it('have the mark of made-up figures in a column of the file', () => {
    expectFault(
      'unknown-column',
      folketal,
      '  format: csv',
      '  format: csv\n  synthetic: { column: ⟦KOMUNE⟧, contains: syntetisk }',
    );
  });

  it('have dimensions that there are', () => {
    const { hint } = expectFault('unknown-dimension', ledighed, 'dimension: koen', 'dimension: ⟦kon⟧');
    expect(hint).toBe('did you mean "koen"?');
  });

  it('have levels of their dimension', () => {
    expectFault('unknown-level', ledighed, 'levels: [kommune, land]', 'levels: [kommune, ⟦koen⟧]');
  });

  it('begin with the finest level, by which all others are told apart', () => {
    const { hint } = expectFault(
      'finest-level',
      ledighed,
      'levels: [kommune, land]',
      'levels: [⟦landsdel⟧, land]',
    );
    expect(hint).toBe('write levels: [kommune, …]');
  });

  it('expect members that there are', () => {
    const { hint } = expectFault('unknown-code', folketal, 'expect: all', 'expect: ["101", "⟦0400⟧"]');
    expect(hint).toBe('did you mean "400"?');
  });

  it('say by whom a period is delivered where absence is zero', () => {
    const zero = (text: string) => `⟦absence⟧: zero\n${text}key: [`.replace('⟦absence⟧', 'absence');
    expect(diagnosticsOf(withChange(folketal, 'key: [', zero('delivered_by: kommune\n')))).toEqual([]);
    expectFault('delivered-by', folketal, 'key: [', 'absence: ⟦zero⟧\nkey: [');
    expectFault('delivered-by', folketal, 'key: [', zero('delivered_by: ⟦aar⟧\n'));
    expectFault('unknown-column', folketal, 'key: [', zero('delivered_by: ⟦komune⟧\n'));
    expectFault('delivered-by', folketal, 'key: [', 'delivered_by: ⟦kommune⟧\nkey: [');
  });

  it('hold one period', () => {
    expectFault(
      'period-column',
      folketal,
      'columns:\n  kommune',
      '⟦columns⟧:\n  igen: { type: period, from: AAR }\n  kommune',
    );
    const message = 'A period column has either "from" or "constant".';
    expect(
      expectFault('period-column', folketal, 'aar: { type: period, from: AAR }', '⟦aar⟧: { type: period }')
        .message,
    ).toBe(message);
    expectFault('period-column', folketal, 'aar: { type: period', '⟦aar⟧: { type: period, constant: "2026"');
  });

  it('have a constant period of the frequency of their source', () => {
    const { hint } = expectFault(
      'bad-period',
      folketal,
      'aar: { type: period, from: AAR }',
      'aar: { type: period, constant: "⟦2026M01⟧" }',
    );
    expect(hint).toBe('write it like 2026');
  });

  it('are named in the key', () => {
    expectFault('unknown-column', folketal, 'key: [kommune, aar]', 'key: [kommune, ⟦år⟧]');
  });
});
