import { describe, expect, it } from 'vitest';
import { accountsKpi, accountWorkspace, selectionFile } from '../../support/accounts.ts';
import { diagnosticsOf, expectFault, modelOf } from '../../support/definitions.ts';

const prices = {
  file: 'kpi-definitions/prices/pl.yaml',
  text: `prices: pl
label: { da: PL, en: PL }
types: { service: { da: Service, en: Service } }
editions:
  - { edition: a, published: 2024-06-30, source: KL, rates: { service: { "2025": { rate: 2 } } } }
  - { edition: b, published: 2025-06-30, source: KL, rates: { service: { "2025": { rate: 3 } } } }
`,
};
const plain = accountsKpi('drift', 't.drift');
const kpi = {
  file: plain.file,
  text: plain.text
    .replace('formula: beloeb', 'formula: in_prices_of(beloeb, 2025)')
    .replace('measures:', 'prices: { index: pl, type: service }\nmeasures:'),
};
const files = [
  ...accountWorkspace,
  selectionFile('t.drift', 'rules: [{ codes: { dranst: "1" } }]'),
  prices,
  kpi,
];
const faultIn = (code: Parameters<typeof expectFault>[0], before: string, after: string) =>
  expectFault(code, kpi.file, before, after, files);

describe('prices of a KPI', () => {
  it('are those of the newest edition, by its name', () => {
    expect(modelOf(files).kpis['oekonomi.drift']?.expression).toEqual({
      kind: 'in_prices',
      year: '2025',
      prices: { index: 'pl', type: 'service', edition: 'b' },
      operand: { kind: 'measure', measure: 'oekonomi.drift.beloeb' },
    });
  });

  it('are named where a formula reads them', () => {
    const text = kpi.text.replace('prices: { index: pl, type: service }\n', '');
    const found = diagnosticsOf(files.map((one) => (one === kpi ? { ...kpi, text } : one)));
    expect(found.map(({ code }) => code)).toEqual(['prices-not-named']);
  });

  it('are there, with the type and the edition', () => {
    expect(faultIn('unknown-prices', 'index: pl', 'index: ⟦pi⟧').hint).toBe('there are pl');
    expect(faultIn('unknown-price-type', 'type: service', 'type: ⟦servise⟧').hint).toBe(
      'did you mean "service"?',
    );
    faultIn('unknown-price-edition', 'type: service', 'type: service, edition: ⟦c⟧');
  });

  it.each([
    ['in_prices_of(in_prices_of(beloeb, 2025), 2024)', 'sum: beloeb, accounts: t.drift, unit: kr.'],
    ['in_prices_of(beloeb, 2025)', 'count: rows, accounts: t.drift, unit: person'],
    ['in_prices_of(beloeb, 2025)', 'max: beloeb, accounts: t.drift, unit: kr.'],
  ])('are of amounts that add, once: %s of %s', (formula, measure) => {
    const text = kpi.text
      .replace('in_prices_of(beloeb, 2025)', formula)
      .replace('sum: beloeb, accounts: t.drift, unit: kr.', measure)
      .replace('\nunit: kr.', measure.includes('person') ? '\nunit: person' : '\nunit: kr.');
    const found = diagnosticsOf(files.map((one) => (one === kpi ? { ...kpi, text } : one)));
    expect(found.map(({ code }) => code)).toContain('nothing-priced');
  });

  it('are of a year', () => {
    faultIn('bad-argument', 'in_prices_of(beloeb, 2025)', 'in_prices_of(beloeb, ⟦25⟧)');
  });
});
