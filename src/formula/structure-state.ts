import type { Problem, Token } from './token.ts';

export const longestChain = 1000;
export const deepestNesting = 100;

/**
 * What stands between two brackets, or in the whole text. `compared`, `arithmetic` and `listed` (the
 * last operand was a list) say what has been seen since the last `and`, `or` or comma.
 */
export interface Frame {
  readonly kind: 'whole' | 'group' | 'call' | 'list' | 'other';
  readonly open: Token | undefined;
  readonly depth: number;
  operandStart: Token | undefined;
  compared: boolean;
  arithmetic: boolean;
  listed: boolean;
}

export interface State {
  /** By place: one thing at a place, since what follows from it is noise. */
  readonly problems: Map<number, Problem>;
  readonly frames: Frame[];
  frame: Frame;
  before: Token | undefined;
  /** Whether an operand must come next. */
  wanting: boolean;
  /** How many `-` and `not` stand straight before the coming operand. */
  prefixes: number;
  operators: number;
}

export function newState(): State {
  const frame = newFrame('whole', undefined, 0);
  return {
    problems: new Map(),
    frames: [frame],
    frame,
    before: undefined,
    wanting: true,
    prefixes: 0,
    operators: 0,
  };
}

function newFrame(kind: Frame['kind'], open: Token | undefined, depth: number): Frame {
  return { kind, open, depth, operandStart: undefined, compared: false, arithmetic: false, listed: false };
}

export function pushFrame(state: State, kind: Frame['kind'], open: Token): void {
  state.frame = newFrame(kind, open, state.frame.depth + state.prefixes + 1);
  state.frames.push(state.frame);
  state.wanting = true;
  state.prefixes = 0;
}

export function popFrame(state: State): void {
  if (state.frames.length > 1) state.frames.pop();
  state.frame = state.frames.at(-1) ?? state.frame;
}

export function beginOperand(state: State, token: Token): void {
  state.frame.operandStart ??= token;
}

export function endOperand(state: State): void {
  state.wanting = false;
  state.prefixes = 0;
}

/** After a comparison (`compared`), or after `and`, `or` and comma. */
export function nextOperand(state: State, compared: boolean): void {
  Object.assign(state.frame, { compared, arithmetic: false, listed: false, operandStart: undefined });
  state.wanting = true;
}

export function report(
  state: State,
  place: { readonly start: number; readonly end: number },
  code: Problem['code'],
  message: string,
  hint?: string,
): void {
  if (state.problems.has(place.start)) return;
  state.problems.set(place.start, { code, message, hint, start: place.start, end: place.end });
}
