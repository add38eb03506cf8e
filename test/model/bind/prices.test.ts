import { describe, expect, it } from 'vitest';
import { expectFault, miniWorkspace, modelOf } from '../../support/definitions.ts';

const file = 'kpi-definitions/prices/pl.yaml';
const files = [
  ...miniWorkspace,
  {
    file,
    text: `prices: pl
label: { da: PL, en: PL }
types: { service: { da: Service, en: Service }, anlaeg: { da: Anlæg, en: Investment } }
editions:
  - edition: ny
    published: 2025-06-30
    source: KL
    rates: { service: { "2024": { rate: 3.7 }, "2025": { rate: 2.8, correction: 0.2 } } }
  - edition: gammel
    published: 2024-06-30
    rates: { anlaeg: { "2025": { rate: 1, made_up: true } } }
`,
  },
];
const faultIn = (code: Parameters<typeof expectFault>[0], before: string, after: string) =>
  expectFault(code, file, before, after, files);

describe('prices', () => {
  it('are bound with their editions in order, rates as they were written', () => {
    expect(modelOf(files).prices.pl?.editions).toEqual([
      {
        id: 'gammel',
        published: '2024-06-30',
        rates: { anlaeg: { '2025': { rate: '1', correction: '0', madeUp: true } } },
      },
      {
        id: 'ny',
        published: '2025-06-30',
        rates: {
          service: {
            '2024': { rate: '3.7', correction: '0', madeUp: false },
            '2025': { rate: '2.8', correction: '0.2', madeUp: false },
          },
        },
      },
    ]);
  });

  it('have a rate for every year between the first and the last', () => {
    faultIn('prices-gap', '"2024": { rate: 3.7 }, "2025"', '"2023": { rate: 3.7 }, "⟦2025⟧"');
  });

  it('have rates of types that they name', () => {
    expect(faultIn('unknown-price-type', 'rates: { service:', 'rates: { ⟦servise⟧:').hint).toBe(
      'did you mean "service"?',
    );
  });

  it('have editions of different names', () => {
    faultIn('named-twice', 'edition: gammel', 'edition: ⟦ny⟧');
  });

  it('say of every rate where it comes from, or that it is made up', () => {
    faultIn('rate-without-source', '{ "2025": { rate: 1, made_up: true } }', '{ "⟦2025⟧": { rate: 1 } }');
  });

  it.each(['-100', '1e-7', '0.1234567'])('have rates that can be kept exactly, and not %s', (text) => {
    faultIn('rate-not-exact', 'rate: 3.7', `rate: ⟦${text}⟧`);
  });
});
