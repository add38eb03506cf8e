import { assertNever } from '../diagnostics/invariant.ts';
import type { State } from './structure-state.ts';
import {
  beginOperand,
  deepestNesting,
  endOperand,
  type Frame,
  longestChain,
  newState,
  nextOperand,
  popFrame,
  pushFrame,
  report,
} from './structure-state.ts';
import type { Problem, Token } from './token.ts';

/**
 * Says what is wrong with the order of the tokens, before mathjs sees them. mathjs would accept much
 * of it with another meaning: two operands side by side are a product, `x + 1 in [2]` is
 * `x + (1 * in[2])`, `not a == b` is `(not a) == b`. What passes here mathjs accepts, and of the
 * last three only `not` is still to be put right (`lower.ts`).
 */
export function checkStructure(tokens: readonly Token[]): readonly Problem[] {
  const state = newState();
  for (const [index, token] of tokens.entries()) {
    step(state, token, tokens[index + 1]);
    state.before = token;
  }
  finish(state);
  return [...state.problems.values()];
}

function step(state: State, token: Token, next: Token | undefined): void {
  switch (token.kind) {
    case 'name':
    case 'number':
    case 'text':
      operand(state, token);
      break;
    case 'open':
      open(state, token);
      break;
    case 'close':
      close(state, token);
      break;
    case 'comma':
      comma(state, token, next);
      break;
    case 'operator':
      if (token.text === 'not') negation(state, token, next);
      else if (!state.wanting) infix(state, token, next);
      else if (token.text === '-') minus(state, token);
      else noOperand(state, token);
      break;
    default:
      assertNever(token.kind);
  }
}

function finish(state: State): void {
  for (const { open } of state.frames) {
    if (open !== undefined) {
      report(state, open, 'formula-brackets', `The bracket "${open.text}" is never closed.`);
    }
  }
  if (state.problems.size > 0 || !state.wanting || state.before === undefined) return;
  missing(state, state.before, `after "${state.before.text}"`);
}

// --- operands -----------------------------------------------------------------------------------

function operand(state: State, token: Token): void {
  if (!state.wanting && sideBySide(state, token)) {
    nextOperand(state, false);
    return;
  }
  if (state.frame.kind === 'list' && !isListElement(state, token)) {
    const hint = token.kind === 'name' ? `write "${token.text}" in double quotes` : undefined;
    notInList(state, token, hint);
  }
  beginOperand(state, token);
  endOperand(state);
}

/** Texts, numbers, and one minus straight before a number. */
function isListElement(state: State, token: Token): boolean {
  return token.kind === 'number' || (token.kind === 'text' && state.prefixes === 0);
}

/** What people write for the operators that are words. */
const meantWords: ReadonlyMap<string, string> = new Map([
  ['and', 'and'],
  ['og', 'and'],
  ['or', 'or'],
  ['eller', 'or'],
  ['not', 'not'],
  ['ikke', 'not'],
  ['in', 'in'],
]);

/** Two operands without an operator; true if the second is the operator, misspelt (`a AND b`). */
function sideBySide(state: State, token: Token): boolean {
  const { before } = state;
  const code = 'formula-implicit-multiplication';
  const message = `There is no operator between "${before?.text ?? ''}" and "${token.text}".`;
  const here = meantWords.get(token.text.toLowerCase());
  const there = meantWords.get(before?.text.toLowerCase() ?? '');
  if (here === undefined && there !== undefined && before !== undefined) {
    report(state, before, code, message, `write ${there}`);
  } else {
    const product = before?.kind === 'close' || token.kind !== 'name' ? '* for a product' : undefined;
    report(state, token, code, message, `write ${here ?? product ?? `${before?.text} * ${token.text}`}`);
  }
  return here !== undefined;
}

// --- brackets -----------------------------------------------------------------------------------

function open(state: State, token: Token): void {
  const kind = token.text === '(' ? openRound(state, token) : openSquare(state, token);
  beginOperand(state, token);
  if (state.frame.depth + state.prefixes === deepestNesting) tooDeep(state, token);
  pushFrame(state, kind, token);
}

function openRound(state: State, token: Token): Frame['kind'] {
  const { before, frame, wanting } = state;
  if (wanting && before?.text === 'in') {
    const message = 'After "in" stands a list in square brackets.';
    report(state, token, 'formula-in-list', message, 'write in ["1", "2"]');
    return 'other';
  }
  if (frame.kind === 'list') notInList(state, token);
  if (wanting) return 'group';
  if (before?.kind === 'name') {
    if (before.text.includes('.')) dottedCall(state, before);
    return 'call';
  }
  sideBySide(state, token);
  return 'group';
}

function dottedCall(state: State, name: Token): void {
  const message = `"${name.text}" cannot be called, since no function has a dot in its name.`;
  report(state, name, 'formula-call', message);
}

function openSquare(state: State, token: Token): Frame['kind'] {
  const { before, wanting } = state;
  if (wanting && before?.text.toLowerCase() === 'in') return 'list';
  if (wanting) {
    report(state, token, 'formula-list-place', 'A list stands only after "in".', 'write x in ["1", "2"]');
  } else {
    const message = 'Square brackets hold a list, and pick nothing out of a name.';
    report(state, token, 'formula-index', message, 'write x in ["1", "2"] for a list');
  }
  return 'other';
}

function close(state: State, token: Token): void {
  const { frame } = state;
  const pair = `${frame.open?.text ?? ''}${token.text}`;
  const paired = pair === '()' || pair === '[]';
  if (!paired) {
    const what = frame.open === undefined ? 'closes nothing' : `cannot close "${frame.open.text}"`;
    report(state, token, 'formula-brackets', `The bracket "${token.text}" ${what}.`);
  } else if (state.wanting) closeEmpty(state, token);
  popFrame(state);
  if (frame.kind === 'list') state.frame.listed = true;
  endOperand(state);
}

function closeEmpty(state: State, token: Token): void {
  const { frame, before } = state;
  const empty = before === frame.open;
  if (frame.kind === 'other' || (empty && frame.kind === 'call')) return;
  if (empty && frame.kind === 'list') {
    const message = 'The list is empty, so nothing would ever be in it.';
    report(state, { start: before?.start ?? token.start, end: token.end }, 'formula-list-empty', message);
  } else missing(state, token, `before "${token.text}"`);
}

function comma(state: State, token: Token, next: Token | undefined): void {
  const { frame, before } = state;
  if (state.wanting && frame.kind !== 'other') missing(state, token, 'before ","');
  else if (frame.kind === 'whole' || frame.kind === 'group') {
    const decimal = before?.kind === 'number' && next?.kind === 'number';
    const message = 'A comma stands only between the arguments of a function and in a list.';
    const hint = decimal ? `the decimal mark is a dot: write ${before.text}.${next.text}` : undefined;
    report(state, token, 'formula-comma', message, hint);
  }
  nextOperand(state, false);
}

// --- operators ----------------------------------------------------------------------------------

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function infix(state: State, token: Token, next: Token | undefined): void {
  countOperator(state, token);
  if (state.frame.kind === 'list') notInList(state, token);
  if (token.text === 'and' || token.text === 'or') nextOperand(state, false);
  else if (token.text === 'in') membership(state, token, next);
  else if (comparisons.has(token.text)) comparison(state, token);
  else arithmetic(state, token);
}

function noOperand(state: State, token: Token): void {
  const { before } = state;
  if (token.text === '+') {
    const message = 'A plus stands only between two operands.';
    report(state, token, 'formula-plus', message, 'leave it out');
  } else {
    const place = before === undefined ? 'before' : `between "${before.text}" and`;
    missing(state, token, `${place} "${token.text}"`);
  }
}

function countOperator(state: State, token: Token): void {
  state.operators++;
  if (state.operators !== longestChain + 1) return;
  const message = `A formula has at most ${longestChain} operators.`;
  report(state, token, 'formula-too-long', message, 'use in [...] for many comparisons');
}

function prefix(state: State, token: Token): void {
  beginOperand(state, token);
  if (state.frame.depth + state.prefixes === deepestNesting) tooDeep(state, token);
  state.prefixes++;
  state.wanting = true;
}

function minus(state: State, token: Token): void {
  if (state.frame.kind === 'list' && state.prefixes > 0) notInList(state, token);
  prefix(state, token);
  state.frame.arithmetic = true;
}

/** `not` binds looser than a comparison, so it begins what stands between two `and` or `or`. */
function negation(state: State, token: Token, next: Token | undefined): void {
  const { before, frame, wanting } = state;
  const code = 'formula-not-place';
  if (!wanting) {
    const message = `There is no operator between "${before?.text ?? ''}" and "not".`;
    report(state, token, code, message, 'write not x in ["1", "2"], with not first');
  } else if (frame.kind === 'list') {
    notInList(state, token);
  } else if (before?.kind === 'operator' && !['and', 'or', 'not'].includes(before.text)) {
    const message = `"not" cannot stand after "${before.text}".`;
    report(state, token, code, message, 'put round brackets around it: (not x)');
  }
  // `k not in [..]`: said once, and read on as if it were right.
  if (!wanting && next?.text === 'in') return;
  prefix(state, token);
  frame.operandStart = undefined;
}

function comparison(state: State, token: Token): void {
  if (state.frame.compared) chained(state, token);
  nextOperand(state, true);
}

function chained(state: State, token: Token): void {
  const hint = 'write a < b and b < c, or round brackets';
  report(state, token, 'formula-chained-comparison', 'Comparisons cannot be chained.', hint);
}

function arithmetic(state: State, token: Token): void {
  if (state.frame.listed) {
    const message = `A list cannot stand before "${token.text}".`;
    report(state, token, 'formula-in-operand', message, 'put round brackets around x in [...]');
  }
  state.frame.arithmetic = true;
  state.wanting = true;
}

/** mathjs reads `1 in [2]` as a product, so that only one name, call or bracket may stand before `in`. */
function membership(state: State, token: Token, next: Token | undefined): void {
  const { frame, before } = state;
  const literal = before?.kind === 'number' || before?.kind === 'text';
  if (frame.compared) chained(state, token);
  else if (frame.arithmetic || literal) {
    const place = { start: (frame.operandStart ?? before ?? token).start, end: (before ?? token).end };
    const message = 'Before "in" stands one name; anything more needs round brackets.';
    report(state, place, 'formula-in-operand', message, 'write (x + 1) in [2, 3]');
  }
  if (next !== undefined && next.kind !== 'open') {
    const message = 'After "in" stands a list in square brackets.';
    report(state, next, 'formula-in-list', message, `write in [${next.text}]`);
  }
  nextOperand(state, true);
}

// --- what is said in many places ----------------------------------------------------------------

function notInList(state: State, token: Token, hint?: string): void {
  report(state, token, 'formula-list-element', 'A list holds only texts and numbers.', hint);
}

function tooDeep(state: State, token: Token): void {
  const message = `A formula is nested at most ${deepestNesting} deep.`;
  report(state, token, 'formula-too-deep', message, 'make a part of it a KPI of its own');
}

function missing(state: State, token: Token, where: string): void {
  report(state, token, 'formula-operand-missing', `Something is missing ${where}.`);
}
