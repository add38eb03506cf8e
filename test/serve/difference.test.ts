import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPlain } from '../../src/model/rational.ts';
import { countDifferences, type DifferentCell, differentCells } from '../../src/serve/difference.ts';
import { type CubeHarness, openHarness } from '../support/cubeHarness.ts';
import type { WorldRow } from '../support/world.ts';
import { alleLedige, exampleWorld, ledig } from './example.ts';

let harness: CubeHarness;
beforeAll(async () => {
  harness = await openHarness();
});
afterAll(() => harness.close());

async function between(
  before: readonly WorldRow[],
  after: readonly WorldRow[],
): Promise<readonly DifferentCell[]> {
  const [one, other] = [
    await harness.build(exampleWorld({ ledige: before })),
    await harness.build(exampleWorld({ ledige: after })),
  ];
  const { value } = await differentCells(one.edition, other.edition, other.context);
  if (!value) throw new Error('no differences were made out');
  return value;
}

const told = (cells: readonly DifferentCell[]) =>
  cells.map(({ measure, kind, members, period, before, after, windowMoved }) => {
    const said = [before, after].map((each) =>
      each === null ? 'nothing' : each.value === null ? each.status : toPlain(each.value, 0),
    );
    return `${measure} ${Object.values(members).join('/')} ${period} ${kind}: ${said.join(' -> ')}${windowMoved ? ', window moved' : ''}`;
  });

/** Rows with one exchanged, or taken away. */
const changed = (
  rows: readonly WorldRow[],
  area: string,
  koen: string,
  period: string,
  to: WorldRow | null,
): WorldRow[] =>
  rows.flatMap((row) =>
    row.period === period && row.codes.kommune?.code === area && row.codes.koen?.code === koen
      ? to
        ? [to]
        : []
      : [row],
  );

describe('cells that differ between two editions', () => {
  it('are none where nothing has changed, whatever the order of the rows', async () => {
    expect(await between(alleLedige, [...alleLedige].reverse())).toEqual([]);
  });

  it('are told with what was said before and what is said now', async () => {
    const revised = changed(alleLedige, '101', '1', '2026M02', ledig('2026M02', '101', '1', 99n));
    expect(told(await between(alleLedige, revised))).toEqual([
      'ledige 101/1 2026M02 changed: 11 -> 99',
      'personer 101/1 2026M02 changed: 11 -> 99',
    ]);
  });

  it('change by their status too', async () => {
    const hidden = changed(alleLedige, '101', '1', '2026M02', ledig('2026M02', '101', '1', 'suppressed'));
    expect(told(await between(alleLedige, hidden))[0]).toBe('ledige 101/1 2026M02 changed: 11 -> suppressed');
    expect(told(await between(hidden, alleLedige))[0]).toBe('ledige 101/1 2026M02 changed: suppressed -> 11');
  });

  it('come and go with their rows', async () => {
    const without = changed(alleLedige, '851', '2', '2026M03', null);
    expect(told(await between(alleLedige, without))[0]).toBe('ledige 851/2 2026M03 removed: 43 -> nothing');
    expect(told(await between(without, alleLedige))[0]).toBe('ledige 851/2 2026M03 added: nothing -> 43');
  });

  it('of a month that one edition does not hold are the window that moved', async () => {
    const earlier = alleLedige.filter(({ period }) => period !== '2026M03');
    const later = alleLedige.filter(({ period }) => period !== '2026M01');
    const cells = await between(earlier, later);
    expect(new Set(cells.map(({ kind, period, windowMoved }) => `${kind} ${period} ${windowMoved}`))).toEqual(
      new Set(['removed 2026M01 true', 'added 2026M03 true']),
    );
  });

  it("of the source's own total stand at its level, and the unknown by itself", async () => {
    const more = [...alleLedige, ledig('2026M01', '000', '1', 95n), ledig('2026M01', 'uoplyst', '1', 3n)];
    const cells = await between(alleLedige, more);
    expect(told(cells).filter((each) => each.startsWith('ledige'))).toEqual([
      'ledige uoplyst/1 2026M01 added: nothing -> 3',
      'ledige 000/1 2026M01 added: nothing -> 95',
    ]);
    expect(cells.find(({ members }) => members.land === '000')).toBeDefined();
  });

  it('are counted by measure and level, the months of a moved window named', async () => {
    const later = [
      ...changed(alleLedige, '101', '1', '2026M02', ledig('2026M02', '101', '1', 99n)),
      ledig('2026M04', '101', '1', 1n),
      ledig('2026M04', 'uoplyst', '1', 1n),
    ];
    const counts = countDifferences(await between(alleLedige, later)).filter(
      ({ measure }) => measure === 'ledige',
    );
    expect(counts).toEqual([
      {
        measure: 'ledige',
        level: 'kommune x koen',
        changed: 1,
        added: 1,
        removed: 0,
        addedPeriods: ['2026M04'],
        removedPeriods: [],
      },
      {
        measure: 'ledige',
        level: 'uoplyst',
        changed: 0,
        added: 1,
        removed: 0,
        addedPeriods: ['2026M04'],
        removedPeriods: [],
      },
    ]);
  });
});
