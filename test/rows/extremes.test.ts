import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cubeOf, kpiOf, publishWorld } from '../support/rowsWorld.ts';

const contract = `source: bank.saldi
label: { da: Saldi, en: Balances }
supplier: test
frequency: M
delivery: full
file: { names: ["saldi_*.csv"], format: csv, header: [maaned, kommune, konto, dato, saldo, slags] }
columns:
  maaned: { type: period, from: maaned }
  kommune: { type: code, from: kommune, dimension: kommune }
  konto: { type: key, from: konto, of: integer }
  dato: { type: date, from: dato }
  saldo: { type: integer, from: saldo, empty: not_applicable }
  slags: { type: text, from: slags }
key: [maaned, konto, dato, slags]
`;

const measures = {
  sidste: 'last: { of: saldo, by: dato, per: [konto] }',
  foerste: 'first: { of: saldo, by: dato, per: [konto] }',
  samlet: 'last: { of: saldo, by: dato, per: [] }',
  sidste_x: `last: { of: saldo, by: dato, per: [konto] }, where: 'slags == "x"'`,
};

interface Balance {
  readonly maaned: string;
  readonly kommune: string;
  readonly konto: number;
  readonly day: number;
  readonly saldo: number | null;
  readonly slags: string;
}

const balance: fc.Arbitrary<Balance> = fc.record({
  maaned: fc.constantFrom('2026M01', '2026M02'),
  kommune: fc.constantFrom('101', '751'),
  konto: fc.integer({ min: 1, max: 4 }),
  day: fc.integer({ min: 1, max: 6 }),
  saldo: fc.option(fc.integer({ min: -50, max: 50 }), { freq: 8 }),
  slags: fc.constantFrom('x', 'y'),
});
const keyOf = ({ maaned, konto, day, slags }: Balance) => `${maaned} ${konto} ${day} ${slags}`;
const dateOf = ({ maaned, day }: Balance) => `2026-${maaned.slice(5)}-0${day}`;

describe('a first and a last', () => {
  it('add the rows that are earliest or latest, all of them where several are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(balance, { selector: keyOf, minLength: 6, maxLength: 24 }),
        async (rows) => {
          const lines = rows.map((row) =>
            [row.maaned, row.kommune, row.konto, dateOf(row), row.saldo ?? '', row.slags].join(','),
          );
          const world = await publishWorld({
            'kpi-definitions/sources/saldi.yaml': contract,
            'data/deliveries/saldi_2026.csv': `maaned,kommune,konto,dato,saldo,slags\n${lines.join('\n')}\n`,
            ...Object.fromEntries(
              Object.entries(measures).map(([name, measure]) => [
                `kpi-definitions/side/${name}.yaml`,
                kpiOf(name, `source: bank.saldi, ${measure}`),
              ]),
            ),
            'cubes/proeve.yaml': cubeOf(Object.keys(measures), ['kommune'], 'bank.saldi'),
          });
          expect(world.faults.map(({ message }) => message)).toEqual([]);
          for (const name of Object.keys(measures)) {
            const answer = await world.ask({
              kpis: [name],
              by: ['kommune', 'maaned'],
              period: '2026M01..2026M02',
            });
            const said = answer.filter((line) => !/not_/.test(line));
            expect([name, said]).toEqual([name, byHand(rows, name)]);
          }
        },
      ),
      { numRuns: 6 },
    );
  });
});

/** Row by row: whether any other of the same lot is nearer to the end that is meant. */
function byHand(all: readonly Balance[], name: string): string[] {
  const rows = name === 'sidste_x' ? all.filter(({ slags }) => slags === 'x') : all;
  const isNearer = (one: Balance, other: Balance) =>
    name === 'foerste' ? one.day < other.day : one.day > other.day;
  const sums = new Map<string, number>();
  for (const row of rows) {
    const lot = rows.filter(
      (other) => other.maaned === row.maaned && (name === 'samlet' || other.konto === row.konto),
    );
    if (lot.some((other) => isNearer(other, row)) || row.saldo === null) continue;
    const key = `${row.kommune} ${row.maaned}`;
    sums.set(key, (sums.get(key) ?? 0) + row.saldo);
  }
  return [...sums].map(([key, sum]) => `${key} ${sum}`).sort();
}
