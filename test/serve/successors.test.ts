import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPlain } from '../../src/model/rational.ts';
import type { Answer } from '../../src/query/answer.ts';
import { lawHarness } from '../laws/support.ts';
import type { World, WorldMember, WorldQuestion, WorldRow } from '../support/world.ts';

const harness = lawHarness({ before: beforeAll, after: afterAll });

const row = (period: string, code: string, antal: bigint): WorldRow => ({
  period,
  codes: { kommune: { level: 'kommune', code } },
  slags: 'x',
  values: { antal },
});

const west = { region: [{ code: '081' }] };
const east = {
  region: [
    { code: '082', to: '2026-12-31' },
    { code: '083', from: '2027-01-01' },
  ],
};

/** A place that was merged in 2003, renamed in 2006, split in 2007, and got another region in 2027. */
const kommuner: WorldMember[] = [
  { code: '401', to: '2002-12-31', parents: east, successors: { to: [{ code: '400' }] } },
  { code: '403', to: '2002-12-31', parents: west, successors: { to: [{ code: '400' }] } },
  { code: '400', from: '2003-01-01', to: '2005-12-31', parents: east, successors: { to: [{ code: '410' }] } },
  {
    code: '410',
    from: '2006-01-01',
    to: '2006-12-31',
    parents: east,
    successors: {
      to: [
        { code: '420', weight: '1/3' },
        { code: '430', weight: '2/3' },
      ],
    },
  },
  { code: '420', from: '2007-01-01', parents: east },
  { code: '430', from: '2007-01-01', parents: west },
  { code: '500', parents: west },
];

function worldOf(members: readonly WorldMember[], rows: readonly WorldRow[]): World {
  return {
    classifications: [
      { id: 'kommune', members },
      {
        id: 'region',
        members: ['081', '082', '083'].map((code) => ({ code, parents: { land: [{ code: '000' }] } })),
      },
      { id: 'land', members: [{ code: '000' }] },
    ],
    dimensions: [{ id: 'kommune', hierarchies: { geografi: ['kommune', 'region', 'land'] } }],
    sources: [
      {
        id: 'test.aar',
        frequency: 'Å',
        codes: [{ dimension: 'kommune', levels: ['kommune'], expect: 'all' }],
        numbers: [{ name: 'antal', decimals: 0 }],
        rows,
      },
    ],
    kpis: ['sum', 'min'].map((aggregate) => ({
      name: `antal_${aggregate}`,
      unit: 'person',
      formula: { kind: 'measure', name: 'antal' },
      measures: [
        {
          name: 'antal',
          source: 'test.aar',
          aggregate: aggregate as 'sum' | 'min',
          column: 'antal',
          unit: 'person',
          overTime: 'sum',
        },
      ],
      missing: { parts: 'require_all', operand: 'require_all' },
    })),
    cube: { dimensions: ['kommune'], waitFor: 'test.aar' },
  };
}

const rows = [
  row('2002', '401', 10n),
  row('2002', '403', 20n),
  row('2002', '500', 5n),
  row('2003', '400', 33n),
  row('2003', '500', 5n),
  row('2006', '410', 40n),
  row('2006', '500', 6n),
  row('2027', '420', 14n),
  row('2027', '430', 29n),
  row('2027', '500', 7n),
];

/** `codes value flags [delivered of expected]`, a line a row. */
function lines({ rows: all }: Answer): string[] {
  return all.map(({ members, cells: [cell] }) => {
    const value = cell?.value ? toPlain(cell.value, 6) : cell?.status;
    return `${members.join(' ')}: ${[value, ...(cell?.flags ?? [])].join(' ')} [${cell?.coverage.delivered} of ${cell?.coverage.expected}]`;
  });
}

async function asked(world: World, question: Partial<WorldQuestion>): Promise<string[]> {
  const built = await harness().build(world);
  const { value, diagnostics } = await built.ask({
    kpis: ['antal_sum'],
    by: ['kommune'],
    where: [],
    period: '2002',
    hierarchy: 'as-is',
    ...question,
  });
  return value ? lines(value) : diagnostics.map(({ code }) => code);
}

describe('a place that was merged, renamed, split and moved', () => {
  const world = worldOf(kommuner, rows);

  it('is what it was, as it was', async () => {
    expect(await asked(world, { hierarchy: 'as-was' })).toEqual([
      '401: 10 [1 of 1]',
      '403: 20 [1 of 1]',
      '500: 5 [1 of 1]',
    ]);
    expect(await asked(world, { hierarchy: 'as-was', by: ['region'] })).toEqual([
      '081: 25 [2 of 2]',
      '082: 10 [1 of 1]',
    ]);
  });

  it('goes on through every change up to the day asked for', async () => {
    expect(await asked(world, { hierarchy: '2004-01-01' })).toEqual(['400: 30 [2 of 2]', '500: 5 [1 of 1]']);
    expect(await asked(world, { hierarchy: '2006-06-01' })).toEqual(['410: 30 [2 of 2]', '500: 5 [1 of 1]']);
    expect(await asked(world, {})).toEqual([
      '420: 10 imputed [2 of 2]',
      '430: 20 imputed [2 of 2]',
      '500: 5 [1 of 1]',
    ]);
    expect(await asked(world, { by: ['region'] })).toEqual([
      '081: 25 imputed [3 of 3]',
      '083: 10 imputed [2 of 2]',
    ]);
  });

  it('is whole where its parts are together', async () => {
    expect(await asked(world, { by: ['land'] })).toEqual(['000: 35 [3 of 3]']);
    expect(await asked(world, { by: [], period: '2003' })).toEqual([': 38 [2 of 2]']);
  });

  it('has a third that is exactly a third', async () => {
    expect(await asked(world, { period: '2006' })).toEqual([
      '420: 13.333333 imputed [1 of 1]',
      '430: 26.666667 imputed [1 of 1]',
      '500: 6 [1 of 1]',
    ]);
    expect(
      await asked(world, {
        period: '2006',
        where: [{ level: 'kommune', is: 'in', codes: ['420', '430'] }],
        by: [],
      }),
    ).toEqual([': 40 [1 of 1]']);
  });

  it('gives the least of the merged, and refuses to cut a least figure in two', async () => {
    expect(await asked(world, { kpis: ['antal_min'], hierarchy: '2004-01-01' })).toEqual([
      '400: 10 [2 of 2]',
      '500: 5 [1 of 1]',
    ]);
    expect(await asked(world, { kpis: ['antal_min'] })).toEqual(['does-not-map']);
    expect(await asked(world, { kpis: ['antal_min'], by: ['land'] })).toEqual(['000: 5 [3 of 3]']);
  });
});

describe('a member that broke off', () => {
  const broken = (successors: NonNullable<WorldMember['successors']>): WorldMember[] => [
    { code: '532', to: '2017-12-31', parents: west, successors: { kind: 'broken', ...successors } },
    { code: '530', from: '2018-01-01', parents: west },
    { code: '538', from: '2018-01-01', parents: { region: [{ code: '082' }] } },
  ];
  const figures = [row('2017', '532', 9n), row('2018', '530', 4n), row('2018', '538', 6n)];

  it('stays what it was below the parents it had, and says so', async () => {
    const world = worldOf(broken({}), figures);
    expect(await asked(world, { period: '2017' })).toEqual(['532: 9 break [1 of 1]']);
    expect(await asked(world, { period: '2017', by: ['region'] })).toEqual(['081: 9 [1 of 1]']);
    expect(await asked(world, { period: '2017', hierarchy: 'as-was' })).toEqual(['532: 9 [1 of 1]']);
  });

  it('or goes where the chart sends it, with the flag', async () => {
    const world = worldOf(broken({ to: [{ code: '538' }] }), figures);
    expect(await asked(world, { period: '2017' })).toEqual(['538: 9 break [1 of 1]']);
    expect(await asked(world, { period: '2017', by: ['region'] })).toEqual(['082: 9 break [1 of 1]']);
    expect(await asked(world, { period: '2017', by: ['land'] })).toEqual(['000: 9 [1 of 1]']);
    expect(await asked(world, { period: '2018' })).toEqual(['530: 4 [1 of 1]', '538: 6 [1 of 1]']);
  });

  it('is told of in a note where both sides of the day are seen', async () => {
    const built = await harness().build(worldOf(broken({}), figures));
    const notes = async (period: string) =>
      (
        await built.ask({
          kpis: ['antal_sum'],
          by: ['aar', 'kommune'],
          where: [],
          period,
          hierarchy: 'as-is',
        })
      ).value?.notes.map(({ kind, text }) => `${kind}: ${text.en}`);
    expect(await notes('2017..2018')).toEqual([
      'break: Break in series from 2018-01-01: the classification was changed',
    ]);
    expect(await notes('2018')).toEqual([]);
  });
});
