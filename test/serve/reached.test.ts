import { describe, expect, it } from 'vitest';
import { cubeOf, publishWorld, type RowsWorld } from '../support/rowsWorld.ts';

const shares = ['0', '0.25', '0.5', '0.75', '0.99', '1'];
const nameOf = (share: string) => `andel_${share.replace('.', '_')}`;

const kpi = (share: string) => `kpi: proeve.${nameOf(share)}
version: 1
status: approved
valid_from: "2020"
label: { da: Andel, en: Share }
unit: kr.
decimals: 2
direction: neutral
formula: beloeb
missing: { parts: require_all, operand: require_all }
measures:
  beloeb: { source: oekonomi.bilag, quantile: { of: beloeb, at: "${share}", value: reached }, unit: kr., over_time: pooled }
`;

const vouchers: RowsWorld = {
  'kpi-definitions/sources/bilag.yaml': `source: oekonomi.bilag
label: { da: Bilag, en: Vouchers }
supplier: test
frequency: M
delivery: full
file: { names: ["bilag.csv"], format: csv, header: [MAANED, KOMMUNE, NUMMER, BELOEB] }
columns:
  periode: { type: period, from: MAANED }
  kommune: { type: code, from: KOMMUNE, dimension: kommune }
  nummer: { type: key, from: NUMMER, of: integer }
  beloeb: { type: decimal, from: BELOEB, decimals: 2 }
key: [nummer]
`,
  ...Object.fromEntries(shares.map((share) => [`kpi-definitions/proeve/${nameOf(share)}.yaml`, kpi(share)])),
  'cubes/proeve.yaml': cubeOf(shares.map(nameOf), ['kommune'], 'oekonomi.bilag'),
  'data/deliveries/bilag.csv': `MAANED,KOMMUNE,NUMMER,BELOEB
${Array.from({ length: 41 }, (_, at) => `2026M0${1 + (at % 2)},${['101', '400', '751'][at % 3]},${at},${(at * 37) % 19}.5`).join('\n')}
`,
};

describe('the value at which a share of the rows is reached', () => {
  it('is one of the values, the same as SQL finds', async () => {
    const world = await publishWorld(vouchers);
    expect(world.faults.map(({ message }) => message)).toEqual([]);
    const answer = await world.ask({ kpis: shares.map(nameOf), by: ['kommune'], period: '2026M01..2026M02' });
    const byHand = shares
      .map((share) => `(quantile_disc(BELOEB::decimal(9, 1), ${share}))::varchar`)
      .join(', ');
    expect(answer).toEqual(
      await world.byHand(`select KOMMUNE, ${byHand} from read_csv('bilag.csv', types = {'KOMMUNE': 'VARCHAR'})
        group by 1 order by 1`),
    );
  });
});
