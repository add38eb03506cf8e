import { badNumber, refusedSigns, refusedWords, strangeCharacter } from './refused.ts';
import { readTextLiteral } from './text-literal.ts';
import type { Problem, Refusal, Scan, Token } from './token.ts';

// A part of what mathjs takes for letters: ASCII and the accented Latin letters, without its × and ÷.
const letter = 'A-Za-z_\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02AF';
const whiteSpace = /\s+/y;
const word = new RegExp(`[${letter}][${letter}0-9]*(?:\\.[${letter}][${letter}0-9]*)*`, 'y');
const numberLike = new RegExp(`\\.?[0-9][${letter}0-9.]*`, 'y');
const goodNumber = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
// No sign is longer than three, see `readSign`.
const sign = /[-+*/<>=!&|^~?:;%.]{1,3}|[()[\]{},]/y;
const operators = new Set(['+', '-', '*', '/', '==', '!=', '<', '<=', '>', '>=']);
const colonSigns: ReadonlySet<string> = new Set(['formula-conditional', 'formula-object']);
const operatorWords = new Set(['and', 'or', 'not', 'in']);
const brackets: Readonly<Record<string, Token['kind']>> = {
  '(': 'open',
  '[': 'open',
  ')': 'close',
  ']': 'close',
  ',': 'comma',
};

/**
 * Cuts a formula into tokens with their places. mathjs tells no places, so these are the only ones;
 * and mathjs sees nothing but these tokens, so what is refused here never reaches it.
 */
export function scan(text: string): Scan {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  let at = 0;
  while (at < text.length) {
    const piece = readPiece(text, at);
    if (piece.refusal !== undefined) problems.push({ ...piece.refusal, start: at, end: piece.end });
    else if (piece.kind !== undefined) {
      const own = text.slice(at, piece.end);
      tokens.push({ kind: piece.kind, text: own, value: piece.value ?? own, start: at, end: piece.end });
    }
    at = piece.end;
  }
  return { tokens, problems: withoutConsequences(problems) };
}

/** The ":" of `a ? b : c` and `{a: 1}` is said with the sign that it belongs to. */
function withoutConsequences(problems: readonly Problem[]): readonly Problem[] {
  const owner = problems.findIndex(({ code }) => colonSigns.has(code));
  if (owner < 0) return problems;
  return problems.filter(({ code }, index) => index < owner || code !== 'formula-range');
}

/** A token (`kind`), something that may not stand there (`refusal`), or white space (neither). */
interface Piece {
  readonly end: number;
  readonly kind?: Token['kind'];
  readonly value?: string;
  readonly refusal?: Refusal;
}

function readPiece(text: string, at: number): Piece {
  const space = match(whiteSpace, text, at);
  if (space !== undefined) return { end: at + space.length };
  const first = text.charAt(at);
  if (first === '"' || first === "'") return readTextLiteral(text, at);
  const number = match(numberLike, text, at);
  if (number !== undefined) return readNumber(number, at);
  const name = match(word, text, at);
  if (name !== undefined) return readWord(name, at);
  const signs = match(sign, text, at);
  if (signs !== undefined) return readSign(signs, at);
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { end: at + character.length, refusal: strangeCharacter(character) };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readNumber(number: string, at: number): Piece {
  const end = at + number.length;
  const refusal = badNumber(number, goodNumber.test(number));
  return refusal === undefined ? { end, kind: 'number' } : { end, refusal };
}

function readWord(name: string, at: number): Piece {
  const end = at + name.length;
  if (operatorWords.has(name)) return { end, kind: 'operator' };
  const [head = name] = name.split('.');
  const refusal = refusedWords.get(head);
  return refusal === undefined ? { end, kind: 'name' } : { end, refusal };
}

/** Of signs in a row the longest known beginning: `==-` is `==` and then a minus. */
function readSign(signs: string, at: number): Piece {
  for (let length = signs.length; length > 0; length--) {
    const head = signs.slice(0, length);
    const end = at + length;
    const refusal = refusedSigns.get(head);
    if (refusal !== undefined) return { end, refusal };
    if (operators.has(head)) return { end, kind: 'operator' };
    const bracket = brackets[head];
    if (bracket !== undefined) return { end, kind: bracket };
  }
  return { end: at + 1, refusal: strangeCharacter(signs.charAt(0)) };
}
