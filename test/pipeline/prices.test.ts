import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { toPlain } from '../../src/model/rational.ts';
import { explain, publish, query } from '../../src/pipeline.ts';
import { accountWorkspace } from '../support/accounts.ts';
import { outsideOf } from '../support/workspace.ts';

const label = 'label: { da: Prøve, en: Trial }';
const kpi = (name: string, formula: string, edition = ''): DefinitionFile => ({
  file: `kpi-definitions/oekonomi/${name}.yaml`,
  text: `kpi: oekonomi.${name}
version: 1
status: draft
valid_from: "2020"
${label}
unit: kr.
decimals: 2
direction: neutral
formula: ${formula}
missing: { parts: require_all, operand: require_all }
prices: { index: pl, type: service${edition} }
measures:
  beloeb: { source: oekonomi.posteringer, sum: beloeb, unit: kr., over_time: sum }
  antal: { source: oekonomi.posteringer, count: rows, unit: person, over_time: sum }
`,
});

const files: readonly DefinitionFile[] = [
  ...accountWorkspace.map(({ file, text }) => ({ file, text: text.replace(', expect: all', '') })),
  {
    file: 'kpi-definitions/prices/pl.yaml',
    text: `prices: pl
${label}
types: { service: { da: Service, en: Service } }
editions:
  - edition: gammel
    published: 2024-06-30
    source: KL
    rates: { service: { "2024": { rate: 3 }, "2025": { rate: 2 } } }
  - edition: ny
    published: 2025-06-30
    rates: { service: { "2024": { rate: 4, made_up: true }, "2025": { rate: 2.8, correction: 0.2, source: Staten } } }
`,
  },
  kpi('fast', 'in_prices_of(beloeb, 2025)'),
  kpi('fast_gammel', 'in_prices_of(beloeb, 2025)', ', edition: gammel'),
  kpi('fast_tilbage', 'in_prices_of(beloeb, 2023)'),
  kpi('pr_post', 'in_prices_of(beloeb / antal, 2025) * antal'),
  kpi('rullende', 'in_prices_of(rolling(beloeb, 2), 2025)'),
  kpi('loebende', 'beloeb'),
  {
    file: 'cubes/proeve.yaml',
    text: `cube: proeve
${label}
kpis: [fast, fast_gammel, fast_tilbage, pr_post, rullende, loebende]
dimensions: [kommune]
wait_for: [oekonomi.posteringer]
`,
  },
];

const postings = `K,P,F,D,G,A,B
101,2022M12,02201,1,001,10,1.00
101,2023M12,02201,1,001,10,1000.00
101,2024M06,02201,1,001,10,500.00
101,2024M12,02201,1,001,10,500.00
101,2025M01,02201,1,001,10,200.01
751,2025M01,32201,1,001,10,-50.00
`;

let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'flis-prices-'));
  const sidecar = 'received: "2026-02-01T00:00:00Z"\n';
  const written = [
    ...files.map(({ file, text }) => [file, text] as const),
    ['data/deliveries/posteringer_1.csv', postings] as const,
    ['data/deliveries/posteringer_1.csv.receipt.yaml', sidecar] as const,
  ];
  for (const [file, text] of written) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const { diagnostics } = await publish(outsideOf(root), { cubes: [], period: null, dryRun: false });
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual(
    [],
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const answer = async (kpis: readonly string[], period: string, by: readonly string[] = []) => {
  const { value, diagnostics } = await query(outsideOf(root), { cube: 'proeve', kpis, by, period }, null);
  return { value, said: diagnostics.map(({ code, message }) => [code, message]) };
};
const figures = async (kpis: readonly string[], period: string, by: readonly string[] = []) => {
  const { value, said } = await answer(kpis, period, by);
  if (!value) throw new Error(JSON.stringify(said));
  return value.rows.map(({ members, cells }) =>
    [...members, ...cells.map((cell) => (cell.value ? toPlain(cell.value, 18) : cell.status))].join(' '),
  );
};

describe('figures in the prices of a year', () => {
  it('multiply the amounts of each year by the rate upon the correction', async () => {
    // By hand: 1000 * 1.002 * 1.028, and 1000 * 1.04 * 1.002 * 1.028.
    expect(await figures(['fast', 'loebende'], '2024')).toEqual(['1030.056 1000']);
    expect(await figures(['fast', 'loebende'], '2023')).toEqual(['1071.25824 1000']);
    expect(await figures(['fast', 'loebende'], '2025')).toEqual(['150.01 150.01']);
  });

  it('take each year of a longer period by itself, before they are added', async () => {
    // By hand: 1000 * 1.04 * 1.030056 + 1000 * 1.030056 + 150.01.
    expect(await figures(['fast', 'loebende'], '2023M12..2025M01')).toEqual(['2251.32424 2150.01']);
  });

  it('take the windows of functions over time apart at the turn of the year', async () => {
    // By hand: 500 * 1.030056 + 150.01.
    expect(await figures(['rullende'], '2025M01')).toEqual(['665.038']);
  });

  it('are of each member, and add up', async () => {
    expect(await figures(['fast'], '2023M12..2025M01', ['kommune'])).toEqual(['101 2301.32424', '751 -50']);
  });

  it('go back in time by division, exactly', async () => {
    expect(await figures(['fast_tilbage'], '2024')).toEqual(['961.538461538461538462']);
  });

  it('leave alone what is no amount, and divide last', async () => {
    expect(await figures(['pr_post'], '2023M12..2025M01')).toEqual(['2251.32424']);
  });

  it('are by the newest edition unless one is named, and say by which', async () => {
    expect(await figures(['fast', 'fast_gammel'], '2024')).toEqual(['1030.056 1020']);
    const { value } = await answer(['fast', 'fast_gammel', 'loebende'], '2023');
    expect(value?.notes.filter(({ kind }) => kind === 'prices').map(({ text }) => text)).toEqual([
      {
        da: 'fast: 2025-priser efter pl, udgave ny, service; satser i den er opdigtede.',
        en: 'fast: prices of 2025 by pl, edition ny, service; rates in it are made up.',
      },
      {
        da: 'fast_gammel: 2025-priser efter pl, udgave gammel, service.',
        en: 'fast_gammel: prices of 2025 by pl, edition gammel, service.',
      },
    ]);
  });

  it('are refused where a rate is missing', async () => {
    const { said } = await answer(['fast'], '2022');
    expect(said).toEqual([
      [
        'rate-missing',
        '"fast" cannot be given in prices of 2025: edition ny of pl has no rate of service for 2023.',
      ],
    ]);
  });

  it('are explained with the factor of each year', async () => {
    const question = {
      cube: 'proeve',
      kpi: 'fast',
      where: null,
      period: '2023M12..2025M01',
      hierarchy: null,
      edition: null,
    };
    const { value } = await explain(outsideOf(root), question);
    expect(value?.plan).toContain(
      '  Multiply amounts to the prices of 2025 by pl, edition ny, type service: 2023 x 1.07125824, 2024 x 1.030056, 2025 x 1.',
    );
  });
});
