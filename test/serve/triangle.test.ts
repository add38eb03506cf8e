import { describe, expect, it } from 'vitest';
import { parseDecimal, toPlain } from '../../src/model/rational.ts';
import type { Status } from '../../src/model/status.ts';
import type { Answer, Cell } from '../../src/query/answer.ts';
import { isRevised, movesOf, revisionOf, triangleOf } from '../../src/serve/triangle.ts';

const coverage = { expected: 1, delivered: 1, suppressed: 0, notApplicable: 0, absent: 0 };

/** A number is a figure, a word a status, null nothing. */
const cellOf = (said: number | Status): Cell =>
  typeof said === 'number'
    ? { status: 'ok', value: parseDecimal(String(said)), flags: [], coverage }
    : { status: said, value: null, flags: [], coverage };

const rowOf = (...said: readonly (number | Status | null)[]) => ({
  members: ['2026M01'],
  cells: said.map((each) => (each === null ? null : cellOf(each))),
});

const text = (value: ReturnType<typeof movesOf>[number]) => (value === null ? null : toPlain(value, 2));

describe('a row of a revision triangle', () => {
  it.each([
    [
      [10, 12, 12],
      [null, '2', '0'],
    ],
    [
      ['not_delivered', 10, 9],
      [null, null, '-1'],
    ],
    // What was said before the gap is what the next figure is held against.
    [
      [10, 'suppressed', 11],
      [null, null, '1'],
    ],
    [
      [10, null, 11],
      [null, null, '1'],
    ],
  ] as const)('%j moves by %j', (said, moves) => {
    expect(movesOf(rowOf(...said)).map(text)).toEqual(moves);
  });

  it.each([
    [[10, 12, 11], '1'],
    [['not_delivered', 12, 11], '-1'],
    [['not_delivered', 'not_delivered', 11], null],
    [[10, 12, null], null],
    [[10, 12, 'suppressed'], null],
    [[10], null],
  ] as const)('%j is revised by %j in all', (said, difference) => {
    expect(text(revisionOf(rowOf(...said))?.difference ?? null)).toBe(difference);
  });

  it.each([
    [[10, 10, 10], false],
    [[10, 11, 10], true],
    [['not_delivered', 10, 10], false],
    [[10, 'suppressed'], true],
    [['suppressed', 10], true],
    [[10, null], false],
    [['not_delivered', null], false],
  ] as const)('%j is revised: %j', (said, revised) => {
    expect(isRevised(rowOf(...said))).toBe(revised);
  });
});

describe('triangleOf', () => {
  const answer = (rows: Readonly<Record<string, number>>): Answer => ({
    cube: 'k',
    cubeLabel: { da: 'K', en: 'K' },
    edition: {
      id: '2026M01-1-aaaaaaaa',
      number: 1,
      publishedAt: '2026-02-01T00:00:00.000Z',
      synthetic: false,
    },
    hierarchy: { mode: 'as-is', date: null },
    period: '2026M01',
    levels: [
      {
        name: 'kommune',
        label: { da: 'Kommune', en: 'Municipality' },
        members: Object.fromEntries(
          Object.keys(rows).map((code) => [code, { da: `n${code}`, en: `n${code}` }]),
        ),
      },
    ],
    columns: [
      {
        name: 'x',
        kind: 'kpi',
        id: 't.x',
        version: 1,
        label: { da: 'X', en: 'X' },
        unit: 'person',
        decimals: 0,
      },
    ],
    rows: Object.entries(rows).map(([code, said]) => ({ members: [code], cells: [cellOf(said)] })),
    total: null,
    notes: [],
    route: { kind: 'cells', reasons: [] },
  });
  const edition = (number: number) => ({
    id: `2026M0${number}-1-aaaaaaaa`,
    number,
    publishedAt: `2026-0${number}-01T00:00:00.000Z`,
    synthetic: false,
  });

  it('sets what every edition has side by side, in the order of codes, and names what any of them names', () => {
    const [first, last] = [answer({ '851': 1, uoplyst: 4 }), answer({ '851': 2, '101': 3 })];
    const triangle = triangleOf(last, [
      { ...edition(1), answer: first, reason: null },
      { ...edition(2), answer: null, reason: 'There is no KPI named "x".' },
      { ...edition(3), answer: last, reason: null },
    ]);
    const told = triangle?.rows.map(({ members, cells }) => [
      ...members,
      ...cells.map((cell) => (cell?.value ? toPlain(cell.value, 0) : null)),
    ]);
    expect(told).toEqual([
      ['101', null, null, '3'],
      ['851', '1', null, '2'],
      ['uoplyst', '4', null, null],
    ]);
    expect(Object.keys(triangle?.levels[0]?.members ?? {}).sort()).toEqual(['101', '851', 'uoplyst']);
    expect(triangle?.editions.map(({ reason }) => reason)).toEqual([
      null,
      'There is no KPI named "x".',
      null,
    ]);
  });
});
