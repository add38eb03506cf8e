import { describe, expect, it } from 'vitest';
import { printFormula } from '../../../src/formula/print.ts';
import { accountsKpi, accountWorkspace, selectionFile } from '../../support/accounts.ts';
import { diagnosticsOf, expectFault, modelOf, withChange } from '../../support/definitions.ts';

const drift = selectionFile(
  't.drift',
  'sign: -1\nrules: [{ codes: { dranst: ["1", "2"], funktion: ["0.22.*", "3.*..6.*"] } }]',
);
const kpi = accountsKpi('drift', 't.drift');
const files = [...accountWorkspace, drift, kpi];
const measure = (changed = files) => modelOf(changed).measures['oekonomi.drift.beloeb'];

describe('accounts of a measure', () => {
  it('are a condition on its rows', () => {
    const { where, accounts } = measure() ?? {};
    expect(where && printFormula(where)).toBe(
      'dranst in ["1", "2"] and (funktion >= "32201" and funktion <= "65272" or funktion in ["02201", "02205"])',
    );
    expect(accounts).toEqual({
      selection: 't.drift',
      side: 'net',
      sign: -1,
      validFrom: '0001',
      validTo: '9999',
    });
  });

  it('stand beside its own condition', () => {
    const changed = withChange(
      kpi.file,
      'accounts: t.drift',
      'where: \'art != "10"\', accounts: drift',
      files,
    );
    const { where } = measure(changed as typeof files) ?? {};
    expect(where && printFormula(where)).toMatch(/^art != "10" and \(dranst in/);
  });

  it('are a condition on the period where the list changes', () => {
    const lists =
      'lists: [{ valid_to: "2017", rules: [{ codes: { dranst: "1" } }] }, { valid_from: "2018", rules: [{ codes: { dranst: "2" } }] }]';
    const changed = files.map((one) =>
      one === drift ? { ...one, text: one.text.replace(/rules:.*/, lists) } : one,
    );
    const { where } = measure(changed) ?? {};
    expect(where && printFormula(where)).toBe(
      'periode < "2018" and dranst == "1" or periode >= "2018" and dranst == "2"',
    );
  });

  it('are a selection that is there', () => {
    expect(expectFault('unknown-selection', kpi.file, 't.drift', '⟦t.drfit⟧', files).hint).toBe(
      'did you mean "t.drift"?',
    );
  });

  it('are columns of the source', () => {
    const source = 'kpi-definitions/sources/oekonomi.posteringer.yaml';
    const without = withChange(
      source,
      'funktion: { type: code, from: F, dimension: funktion, unknown: uoplyst }',
      'funktion: { type: text, from: F }',
      files,
    );
    expect(diagnosticsOf(without).map(({ code, message }) => [code, message])).toEqual([
      ['accounts-column', '"t.drift" selects by funktion, and "oekonomi.posteringer" has no such column.'],
    ]);
  });

  it('turn around nothing that has no amount', () => {
    expectFault(
      'sign-without-amount',
      kpi.file,
      'sum: beloeb, accounts: t.drift, unit: kr.',
      'count: rows, accounts: ⟦t.drift⟧, unit: kr.',
      files,
    );
  });

  it.each([
    ['valid_from: "2018"', '"t.drift" has no list before 2018.'],
    ['valid_to: "2025"', '"t.drift" has no list after 2025.'],
  ])('have a list for all years of the KPI: %s', (years, end) => {
    const changed = files.map((one) =>
      one === drift
        ? { ...one, text: one.text.replace(/rules: (.*)/, `lists: [{ ${years}, rules: $1 }]`) }
        : one,
    );
    const found = diagnosticsOf(changed);
    expect(found.map(({ code }) => code)).toEqual(['selection-gap']);
    expect(found[0]?.message.endsWith(end)).toBe(true);
  });
});
