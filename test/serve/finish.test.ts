import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPlain } from '../../src/model/rational.ts';
import type { AnswerRow } from '../../src/query/answer.ts';
import type { Request } from '../../src/query/request.ts';
import { type CubeHarness, openHarness } from '../support/cubeHarness.ts';
import type { World, WorldQuestion } from '../support/world.ts';
import { alleLedige, exampleWorld, ledig } from './example.ts';

let harness: CubeHarness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

const asked: WorldQuestion = { kpis: ['ledige'], by: [], where: [], period: '2026M01', hierarchy: 'as-is' };

/** Rows as people would write them down: codes, then a figure or why there is none. */
const written = (rows: readonly AnswerRow[]) =>
  rows.map(({ members, cells }) =>
    [...members, ...cells.map(({ status, value }) => (value ? toPlain(value, 2) : status))].join(' '),
  );

async function rowsOf(
  world: World,
  question: Partial<WorldQuestion>,
  more: Partial<Request> = {},
): Promise<string[]> {
  const built = await harness.build(world);
  const { value, diagnostics } = await built.ask({ ...asked, ...question }, more);
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return written(value.rows);
}

describe('rows of an answer', () => {
  it('are every member that the source expects, delivered or not, and no other that holds nothing', async () => {
    const lacking = exampleWorld({ ledige: alleLedige.filter(({ codes }) => codes.kommune?.code !== '259') });
    expect(await rowsOf(lacking, { by: ['kommune'] })).toEqual([
      '101 21',
      '259 not_delivered',
      '751 61',
      '851 81',
    ]);
  });

  it('are members that nobody expects, where they hold something', async () => {
    const more = exampleWorld({
      ledige: [
        ...alleLedige,
        ledig('2026M01', '411', '1', 2n),
        ledig('2026M01', 'uoplyst', '2', 'suppressed'),
      ],
    });
    expect(await rowsOf(more, { by: ['kommune'] })).toEqual([
      '101 21',
      '259 41',
      '411 2',
      '751 61',
      '851 81',
      'uoplyst suppressed',
    ]);
  });

  it('leave out members of which the rows say nothing', async () => {
    const empty = exampleWorld({ ledige: [...alleLedige, ledig('2026M01', '411', '1', 'not_delivered')] });
    expect(await rowsOf(empty, { by: ['kommune'] })).not.toContain('411 not_delivered');
  });

  it('are one, though nothing came at all', async () => {
    expect(await rowsOf(exampleWorld(), { period: '2026M04' })).toEqual(['not_delivered']);
    expect(await rowsOf(exampleWorld(), { by: ['land'], period: '2026M04' })).toEqual(['000 not_delivered']);
  });

  it('of a column that takes what came are the members met in some period', async () => {
    const women = exampleWorld({
      ledige: alleLedige.filter(({ period, codes }) => period !== '2026M02' || codes.koen?.code === '2'),
    });
    expect(await rowsOf(women, { by: ['koen', 'maaned'], period: '2026M01..2026M02' })).toEqual([
      '1 2026M01 100',
      '1 2026M02 not_delivered',
      '2 2026M01 104',
      '2 2026M02 108',
    ]);
  });

  it('of two levels of one dimension are the pairs that there are', async () => {
    expect(await rowsOf(exampleWorld(), { by: ['region', 'kommune'] })).toEqual([
      '081 851 81',
      '082 751 61',
      '084 101 21',
      '085 259 41',
    ]);
  });

  it('lie in the structure of the day that is asked for', async () => {
    expect(await rowsOf(exampleWorld(), { by: ['region'], hierarchy: '2027-01-01' })).toEqual([
      '081 81',
      '082 61',
      '086 62',
    ]);
  });

  it('come in the order of the levels and of the codes, uoplyst last', async () => {
    const more = exampleWorld({ ledige: [...alleLedige, ledig('2026M01', 'uoplyst', '1', 1n)] });
    const rows = await rowsOf(more, { by: ['maaned', 'region'], period: '2026M01..2026M02' });
    expect(rows.map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
      '2026M01 081',
      '2026M01 082',
      '2026M01 084',
      '2026M01 085',
      '2026M01 uoplyst',
      '2026M02 081',
      '2026M02 082',
      '2026M02 084',
      '2026M02 085',
    ]);
  });

  it('come in the order of a figure, those without a number last both ways', async () => {
    const lacking = exampleWorld({ ledige: alleLedige.filter(({ codes }) => codes.kommune?.code !== '101') });
    expect(await rowsOf(lacking, { by: ['kommune'] }, { order: 'ledige' })).toEqual([
      '259 41',
      '751 61',
      '851 81',
      '101 not_delivered',
    ]);
    expect(await rowsOf(lacking, { by: ['kommune'] }, { order: '-ledige' })).toEqual([
      '851 81',
      '751 61',
      '259 41',
      '101 not_delivered',
    ]);
  });

  it('are the greatest few of the first figure, or the first few of the order asked for', async () => {
    expect(await rowsOf(exampleWorld(), { by: ['kommune'] }, { top: 2 })).toEqual(['851 81', '751 61']);
    expect(await rowsOf(exampleWorld(), { by: ['kommune'] }, { top: 2, order: 'ledige' })).toEqual([
      '101 21',
      '259 41',
    ]);
    expect(await rowsOf(exampleWorld(), { by: ['kommune'] }, { top: 9 })).toHaveLength(4);
  });

  it('with equal figures keep the order of the codes', async () => {
    const equal = exampleWorld({
      ledige: ['751', '101', '851', '259'].map((area) => ledig('2026M01', area, '1', 5n)),
    });
    expect(await rowsOf(equal, { by: ['kommune'] }, { order: '-ledige' })).toEqual([
      '101 5',
      '259 5',
      '751 5',
      '851 5',
    ]);
  });
});

describe('two columns in one row', () => {
  it('have each their own rule for what is missing, though they stand on one measure', async () => {
    const lacking = exampleWorld({
      ledige: alleLedige.filter(({ codes }) => codes.kommune?.code !== '259'),
      kpis: exampleWorld().kpis.flatMap((kpi) =>
        kpi.name === 'ledige'
          ? [
              kpi,
              { ...kpi, name: 'kendte', missing: { parts: 'skip', coverage: 0.5, operand: 'require_all' } },
            ]
          : [kpi],
      ),
    });
    expect(await rowsOf(lacking, { kpis: ['ledige', 'kendte', 'andel'] })).toEqual([
      'below_coverage 163 below_coverage',
    ]);
    expect(await rowsOf(lacking, { kpis: ['kendte', 'ledige'] })).toEqual(['163 below_coverage']);
  });

  it("show the source's own total beside what adds, and refuse it where there is none", async () => {
    const totals = exampleWorld({
      ledige: [...alleLedige, ledig('2026M01', '000', '1', 95n), ledig('2026M01', '000', '2', 99n)],
    });
    expect(await rowsOf(totals, { kpis: ['ledige', 'personer'], by: ['land'] })).toEqual(['000 204 194']);
    expect(await rowsOf(totals, { kpis: ['ledige', 'personer'], by: ['land', 'koen'] })).toEqual([
      '000 1 100 95',
      '000 2 104 99',
    ]);
    await expect(rowsOf(totals, { kpis: ['ledige', 'personer'], by: ['region'] })).rejects.toThrow(
      'does not add over kommune',
    );
  });
});
