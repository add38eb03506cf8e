import { hasErrors } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../model/groupBy.ts';
import { type Period, parsePeriod, periodsBetween, type TimeLevel } from '../model/periods.ts';
import type { AnswerRow, Cell } from '../query/answer.ts';
import { type AskContext, finishScopeOf, prepareQuery, runComponents } from '../serve/ask.ts';
import { finishRows } from '../serve/finish.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { AskedColumn } from './columns.ts';
import { type AskedState, mayMove } from './mayMove.ts';
import { type FigureChain, splitFigure } from './split.ts';
import type { Grid, LedgerFigure } from './types.ts';

/** One figure in every state, at the place it is of. */
export interface FigureAt {
  readonly column: AskedColumn;
  readonly grid: Grid;
  readonly period: string;
  readonly members: readonly string[];
  readonly chain: FigureChain;
}

export interface AskedGrid {
  readonly grid: Grid;
  readonly columns: readonly AskedColumn[];
}

/** How the states are asked, and what nobody needs to ask twice. */
export interface FiguresContext {
  readonly ask: AskContext;
  readonly hierarchy: string;
  /** KPIs whose definitions are not the same in all states; null: nobody knows, so all. */
  readonly redefined: ReadonlySet<string> | null;
}

/**
 * The figures of some columns at one grid that are not the same in both editions, and what they are in every
 * state between. All states are asked for components; only rows of which some differ are finished.
 */
export async function movedFigures(
  { grid, columns }: AskedGrid,
  states: readonly OpenEdition[],
  context: FiguresContext,
): Promise<readonly FigureAt[]> {
  const [from, to] = [states[0], states.at(-1)];
  if (!from || !to) return [];
  const found: FigureAt[] = [];
  const together = groupBy(columns, (column) =>
    JSON.stringify([
      askedPeriod(column, grid, from, to),
      context.redefined === null || column.kpis.some((kpi) => context.redefined?.has(kpi)),
    ]),
  );
  for (const [key, own] of together) {
    const [period, redefined] = JSON.parse(key) as [string, boolean];
    if (period === '') continue;
    const question: GridQuestion = { grid, period, hierarchy: context.hierarchy, redefined };
    found.push(...(await movedTogether(own, states, question, context.ask)));
  }
  return found;
}

interface GridQuestion {
  readonly grid: Grid;
  readonly period: string;
  readonly hierarchy: string;
  /** Whether some state has other definitions of the columns than another. */
  readonly redefined: boolean;
}

/** All columns in one question; each by itself where some edition refuses one of them. */
async function movedTogether(
  columns: readonly AskedColumn[],
  states: readonly OpenEdition[],
  question: GridQuestion,
  context: AskContext,
): Promise<readonly FigureAt[]> {
  const asked = await askStates(columns, states, question, context);
  const isRefused = asked.some((state) => state === 'refused');
  if (isRefused && columns.length > 1) {
    const found: FigureAt[] = [];
    for (const column of columns) found.push(...(await movedTogether([column], states, question, context)));
    return found;
  }
  // What neither edition answers is no figure of this grid.
  if (isRefused && isNothing(asked[0]) && isNothing(asked.at(-1))) return [];
  const answered = asked.filter((state): state is AskedState => typeof state === 'object');
  const whole = answered.length === asked.length && !question.redefined;
  const wanted = mayMove(answered, whole);
  const figures = asked.map((state): StateFigures => {
    if (typeof state === 'string') return state;
    const scope = finishScopeOf(state.state, state.prepared);
    const rows = finishRows(state.prepared.bound, state.components, { ...scope, wanted });
    return new Map(rows.map((row) => [placeOf(row), row.cells]));
  });
  const names = states.map((state) => namesIn(columns, state, states));
  return columns.flatMap((column, at) => {
    const chains = figures.map((state, number) =>
      sayOf(state, names[number]?.[at] ?? null, names[number] ?? []),
    );
    const places = new Set([...placesOf(figures[0]), ...placesOf(figures.at(-1))]);
    return [...places].flatMap((place): FigureAt[] => {
      const ends = [chains[0]?.(place), chains.at(-1)?.(place)];
      if (!splitFigure(ends)) return [];
      const [period = '', ...members] = JSON.parse(place) as string[];
      return [{ column, grid: question.grid, period, members, chain: chains.map((say) => say(place)) }];
    });
  });
}

/** `absent`: the cube of that state has none of the columns. */
type StateFigures = ReadonlyMap<string, readonly Cell[]> | 'refused' | 'absent';

const isNothing = (asked: AskedState | 'refused' | 'absent' | undefined): boolean =>
  typeof asked !== 'object';

const placesOf = (figures: StateFigures | undefined): Iterable<string> =>
  typeof figures === 'object' ? figures.keys() : [];

/** What one column says in one state; undefined where it is refused there, null where there is no such figure. */
function sayOf(
  state: StateFigures,
  name: string | null,
  names: readonly (string | null)[],
): (place: string) => LedgerFigure | null | undefined {
  if (name === null || state === 'absent') return () => null;
  if (state === 'refused') return () => undefined;
  const at = names.filter((each) => each !== null).indexOf(name);
  return (place) => {
    const cell = state.get(place)?.[at];
    return cell ? { status: cell.status, value: cell.value } : absent;
  };
}

/** A row that is not there says that nothing was delivered. */
const absent: LedgerFigure = { status: 'not_delivered', value: null };

/** What each column is called in a state: its cube tells whether it has the later definitions. */
const namesIn = (
  columns: readonly AskedColumn[],
  { cube }: OpenEdition,
  states: readonly OpenEdition[],
): readonly (string | null)[] =>
  columns.map(({ before, after }) => (cube === states.at(-1)?.cube ? after : before));

async function askStates(
  columns: readonly AskedColumn[],
  states: readonly OpenEdition[],
  { grid, period, hierarchy }: GridQuestion,
  context: AskContext,
): Promise<readonly (AskedState | 'refused' | 'absent')[]> {
  const asked: (AskedState | 'refused' | 'absent')[] = [];
  for (const state of states) {
    const kpis = namesIn(columns, state, states).flatMap((name) => (name === null ? [] : [name]));
    if (kpis.length === 0) {
      asked.push('absent');
      continue;
    }
    const request = { cube: state.cube.id, kpis, by: [...grid.levels, grid.time], period, hierarchy };
    const prepared = await prepareQuery(state, request, context);
    if (!prepared.value || hasErrors(prepared.diagnostics)) asked.push('refused');
    else {
      const components = await runComponents(prepared.value, context);
      asked.push({ state, prepared: prepared.value, components });
    }
  }
  return asked;
}

/** Time is asked last. */
const placeOf = ({ members }: AnswerRow): string =>
  JSON.stringify([members.at(-1) ?? '', ...members.slice(0, -1)]);

/** All that either edition holds of the column's own periods; empty where that is nothing. */
function askedPeriod(column: AskedColumn, { time }: Grid, from: OpenEdition, to: OpenEdition): string {
  const held = [from, to].flatMap(({ manifest }) =>
    manifest.tables.flatMap(({ source, periods }) => (column.periodSources.includes(source) ? periods : [])),
  );
  const periods = [...new Set(held)].flatMap((code): Period[] => {
    const period = parsePeriod(code);
    return period ? [period] : [];
  });
  if (periods.length === 0) return '';
  const first = Math.min(...periods.map(({ firstDay }) => firstDay));
  const last = Math.max(...periods.map(({ lastDay }) => lastDay));
  const asked = periodsBetween(first, last, time as TimeLevel);
  const [start, end] = [asked[0]?.code ?? '', asked.at(-1)?.code ?? ''];
  return start === end ? start : `${start}..${end}`;
}
