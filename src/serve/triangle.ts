import { compareCodes } from '../model/codeOrder.ts';
import { compare, type Rational, subtract } from '../model/rational.ts';
import type { Answer, AnswerColumn, AnswerLevel, Cell } from '../query/answer.ts';

/** How the figures of a KPI moved from edition to edition: one question, asked of each of them. */
export interface Triangle {
  readonly cube: string;
  readonly cubeLabel: Answer['cubeLabel'];
  /** As the newest edition has it. */
  readonly column: AnswerColumn;
  readonly levels: readonly AnswerLevel[];
  readonly hierarchy: Answer['hierarchy'];
  /** Oldest first. */
  readonly editions: readonly TriangleEdition[];
  /** Place by place, and of each place period by period. */
  readonly rows: readonly TriangleRow[];
}

export interface TriangleEdition {
  readonly id: string;
  readonly number: number;
  readonly publishedAt: string;
  readonly synthetic: boolean;
  /** Why it cannot answer, where it cannot: it has no such KPI. */
  readonly reason: string | null;
}

export interface TriangleRow {
  /** One code per level. */
  readonly members: readonly string[];
  /** One per edition; null where the edition has no such row. */
  readonly cells: readonly (Cell | null)[];
}

/** What an edition said, or why it said nothing. */
export type AskedEdition = Omit<TriangleEdition, 'reason'> &
  ({ readonly answer: Answer; readonly reason: null } | { readonly answer: null; readonly reason: string });

/** Answers of one KPI set side by side; at least the last of the editions, which are oldest first, has one. */
export function triangleOf(newest: Answer, asked: readonly AskedEdition[]): Triangle | null {
  const [column] = newest.columns;
  if (!column) return null;
  const rows = new Map<string, { readonly members: readonly string[]; readonly cells: (Cell | null)[] }>();
  for (const [position, { answer }] of asked.entries()) {
    for (const { members, cells } of answer?.rows ?? []) {
      const key = members.join('\u0000');
      const row = rows.get(key) ?? { members, cells: asked.map(() => null) };
      row.cells[position] = cells[0] ?? null;
      rows.set(key, row);
    }
  }
  const answers = asked.flatMap(({ answer }) => answer ?? []);
  return {
    cube: newest.cube,
    cubeLabel: newest.cubeLabel,
    column,
    levels: newest.levels.map((level, at) => ({
      ...level,
      members: Object.assign({}, ...answers.map(({ levels }) => levels[at]?.members)),
    })),
    hierarchy: newest.hierarchy,
    editions: asked.map(({ answer: _answer, ...edition }) => edition),
    rows: [...rows.values()].sort((one, other) => compareMembers(one.members, other.members)),
  };
}

function compareMembers(one: readonly string[], other: readonly string[]): number {
  for (const [at, code] of one.entries()) {
    const order = compareCodes(code, other[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** Where a cell stands to the last figure before it in its row; null where there is none, or no figure here. */
export function movesOf({ cells }: TriangleRow): readonly (Rational | null)[] {
  let before: Rational | null = null;
  return cells.map((cell) => {
    const value = cell?.value ?? null;
    const move = value && before ? subtract(value, before) : null;
    before = value ?? before;
    return move;
  });
}

/** From the first figure that a row had to what the newest edition says; null where either is missing. */
export interface Revision {
  readonly first: Rational;
  readonly last: Rational;
  readonly difference: Rational;
}

export function revisionOf({ cells }: TriangleRow): Revision | null {
  const at = cells.findIndex((cell) => cell?.value);
  const [first, last] = [cells[at]?.value, cells.at(-1)?.value];
  return first && last && at < cells.length - 1 ? { first, last, difference: subtract(last, first) } : null;
}

/** True where two editions say different things of a row that both have; that it came at all is no revision. */
export function isRevised({ cells }: TriangleRow): boolean {
  const came = cells.findIndex((cell) => cell !== null && cell.status !== 'not_delivered');
  const held = came < 0 ? [] : cells.slice(came).flatMap((cell) => cell ?? []);
  return held.some((cell, at) => {
    const before = held[at - 1];
    return before !== undefined && !sameFigure(before, cell);
  });
}

const sameFigure = (a: Cell, b: Cell): boolean =>
  a.status === b.status && (a.value && b.value ? compare(a.value, b.value) === 0 : a.value === b.value);
