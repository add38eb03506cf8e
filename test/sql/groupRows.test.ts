import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expression } from '../../src/formula/expression.ts';
import type { CellState, CellsPlan } from '../../src/plan/plan.ts';
import { groupRows } from '../../src/sql/groupRows.ts';
import { cellKeys, cellsFrom } from '../../src/sql/lowerCells.ts';
import {
  ascending,
  column,
  integer,
  integerType,
  nothing,
  output,
  query,
  select,
  text,
  textType,
  values,
} from '../../src/sql/make.ts';
import type { SqlSelect } from '../../src/sql/tree.ts';
import { type Desk, openDesk, plainTable } from '../engine/support.ts';

const span = { file: 'x.yaml', start: 0, end: 1 };
const isCode = (name: string, ...codes: readonly string[]): Expression => ({
  kind: 'in',
  negated: false,
  operand: { kind: 'name', name, span },
  list: codes.map((value) => ({ kind: 'text', value, span })),
  span,
});
const state = (name: string, parts: Partial<CellState>): CellState => ({
  state: name,
  aggregate: 'count',
  column: null,
  key: [],
  decimals: 0,
  where: null,
  ...parts,
});
const planOf = (states: readonly CellState[]): CellsPlan => ({
  source: 'x',
  rows: null,
  periodColumn: 'maaned',
  dimensions: [{ column: 'koen', dimension: 'koen', leaf: 'koen', leveled: false }],
  dropped: [],
  coarse: ['koen', 'type'],
  states,
});

const everyKind = planOf([
  state('alle', {}),
  state('kvinder', { where: isCode('koen', '2') }),
  state('hjemme', { where: isCode('type', 'a', 'b') }),
  state('timer', { aggregate: 'sum', column: 'timer' }),
  state('timer_hjemme', { aggregate: 'sum', column: 'timer', where: isCode('type', 'a') }),
  state('timer_ude', { aggregate: 'sum', column: 'timer', where: isCode('type', 'a'), negated: true }),
  state('mindst', { aggregate: 'min', column: 'timer', where: isCode('type', 'b') }),
  state('mest', { aggregate: 'max', column: 'timer', where: isCode('koen', '1') }),
  state('spredt', { aggregate: 'variance', column: 'timer', where: isCode('type', 'a', 'c') }),
  state('personer', { aggregate: 'distinct', key: ['person'], where: isCode('type', 'a') }),
  state('af_person', { where: isCode('person', '1', '3') }),
]);

const rows = [
  ['2026M01', '1', 'a', '1', 10, null],
  ['2026M01', '1', 'a', '2', 7, null],
  ['2026M01', '1', 'b', '3', 3, null],
  ['2026M01', '2', 'c', null, null, 'suppressed'],
  ['2026M01', '2', 'a', null, null, 'not_applicable'],
  ['2026M02', '2', 'b', '1', 4, null],
  ['2026M02', '2', 'c', '3', -4, null],
  ['2026M03', '1', 'a', '1', 1, null],
] as const;
const names = ['maaned', 'koen', 'type', 'person', 'timer', 'timer_status'];
const step = {
  name: 'rows',
  query: select({
    select: names.map((name) => output(column('given', name), name)),
    from: values(
      names.map((name) => ({ name, type: name === 'timer' ? integerType : textType })),
      rows.map((row) =>
        row.map((value) =>
          value === null ? nothing : typeof value === 'number' ? integer(value) : text(value),
        ),
      ),
    ),
    alias: 'given',
  }),
};

describe('rows grouped by what conditions ask', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.leave());

  const run = async (plan: CellsPlan, body: SqlSelect, steps: Parameters<typeof query>[1] = []) => {
    const orderBy = cellKeys(plan).map((name) => ascending(column(null, name)));
    return plainTable(await desk.engine.query(query({ ...body, orderBy }, [step, ...steps])));
  };

  it.each([
    ['of every kind', everyKind, null],
    ['of some periods', everyKind, ['2026M01']],
    [
      'that ask the columns that cells are of only',
      planOf(everyKind.states.filter(({ state: name }) => ['alle', 'kvinder', 'mest'].includes(name))),
      null,
    ],
  ])('give the cells that rows give: states %s', async (_, plan, periods) => {
    const groups = groupRows(plan, 'rows', periods);
    if (!groups) throw new Error('these states share something');
    const ofGroups = await run(plan, groups.cells, groups.steps);
    expect(ofGroups).toEqual(await run(plan, cellsFrom(plan, 'rows', periods)));
    expect(ofGroups.rows.length).toBeGreaterThan(1);
  });

  it('are not made where no state asks and none shares', () => {
    expect(
      groupRows(
        planOf([state('alle', {}), state('timer', { aggregate: 'sum', column: 'timer' })]),
        'rows',
        null,
      ),
    ).toBeNull();
    expect(
      groupRows(planOf([state('af_person', { where: isCode('person', '1') })]), 'rows', null),
    ).toBeNull();
  });
});
