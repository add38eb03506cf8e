import { compare, isZero, type Rational, subtract } from '../model/rational.ts';
import type { Entry, LedgerFigure, Part } from './types.ts';

/**
 * One figure as it stands in each state, from the first edition to the second. Null: there is no such
 * figure. Undefined: nobody can say what it would be in that state.
 */
export type FigureChain = readonly (LedgerFigure | null | undefined)[];

/** A part of a movement over one step, or over several that cannot be told apart for this figure. */
export interface SplitPart {
  /** Steps first to last, both within; step 0 leads from state 0 to state 1. */
  readonly first: number;
  readonly last: number;
  readonly value: Rational;
}

export interface SplitFigure {
  readonly change: Entry['change'];
  readonly parts: readonly SplitPart[];
  /** The steps that made the status what it is; null where the figure moved from number to number. */
  readonly status: { readonly first: number; readonly last: number } | null;
}

/**
 * The difference between the ends, step by step. It telescopes, so the parts add up exactly. A state in which
 * the figure is no number parts nothing: the steps around it are one. Null where the ends say the same.
 */
export function splitFigure(chain: FigureChain): SplitFigure | null {
  const [before, after] = [chain[0] ?? null, chain.at(-1) ?? null];
  const [then, now] = [before?.value ?? null, after?.value ?? null];
  if (then !== null && now !== null) {
    if (compare(then, now) === 0) return null;
    return { change: 'moved', parts: partsOf(chain), status: null };
  }
  const isNumber = (figure: LedgerFigure | null) => (figure?.value ?? null) !== null;
  if (then !== null) return came(chain, 'gone', (figure) => !isNumber(figure));
  if (now !== null) return came(chain, 'new', isNumber);
  if (before === null || after === null || before.status === after.status) return null;
  return came(chain, 'status', (figure) => figure !== null && figure.status === after.status);
}

/** The same of a cell, which comes and goes even where it holds no number. */
export function splitCell(chain: FigureChain): SplitFigure | null {
  const [before, after] = [chain[0] ?? null, chain.at(-1) ?? null];
  if (before === null && after !== null) return came(chain, 'new', (cell) => cell !== null);
  if (after === null && before !== null) return came(chain, 'gone', (cell) => cell === null);
  return splitFigure(chain);
}

function partsOf(chain: FigureChain): SplitPart[] {
  const parts: SplitPart[] = [];
  let at = 0;
  let last = chain[0]?.value ?? null;
  for (const [state, figure] of chain.entries()) {
    const value = figure?.value ?? null;
    if (state === 0 || value === null || last === null) continue;
    const moved = subtract(value, last);
    if (!isZero(moved)) parts.push({ first: at, last: state - 1, value: moved });
    at = state;
    last = value;
  }
  return parts;
}

/** The step after which it stays what it became; with the steps before it that nobody can tell apart from it. */
function came(
  chain: FigureChain,
  change: SplitFigure['change'],
  holds: (figure: LedgerFigure | null) => boolean,
): SplitFigure {
  let state = chain.length - 1;
  while (state > 1) {
    const before = chain[state - 1];
    if (before !== undefined && !holds(before)) break;
    state -= 1;
  }
  const first = state - 1;
  let last = first;
  while (last < chain.length - 2 && chain[last + 1] === undefined) last += 1;
  return { change, parts: [], status: { first, last } };
}

/** Parts of a movement and what the same steps are called: where they are several, one name for all of them. */
export function namedParts(
  parts: readonly SplitPart[],
  causeOf: (first: number, last: number) => number,
  sum: (a: Rational, b: Rational) => Rational,
): Part[] {
  const byCause = new Map<number, Rational>();
  for (const { first, last, value } of parts) {
    const cause = causeOf(first, last);
    const known = byCause.get(cause);
    byCause.set(cause, known ? sum(known, value) : value);
  }
  return [...byCause].flatMap(([cause, value]) => (isZero(value) ? [] : [{ cause, value }]));
}
