import type { Refusal } from './token.ts';

interface TextPiece {
  readonly end: number;
  readonly kind?: 'text';
  readonly value?: string;
  readonly refusal?: Refusal;
}

// The escapes of JSON, which are those of mathjs too.
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const inside = /(?:[^"\\\r\n]|\\[^\r\n])*/y;
const escapeSequence = /\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g;

/** Reads the text literal that begins at `at`, up to its closing quote or the end of the line. */
export function readTextLiteral(text: string, at: number): TextPiece {
  if (text.charAt(at) === "'") return readSingleQuoted(text, at);
  inside.lastIndex = at + 1;
  const body = inside.exec(text)?.[0] ?? '';
  const end = at + 1 + body.length;
  if (text.charAt(end) !== '"') return { end, refusal: unclosed };
  const bad = [...body.matchAll(escapeSequence)].find(
    ([, code, one = '']) => code === undefined && !(one in escapes),
  );
  if (bad !== undefined) return { end: end + 1, refusal: badEscape(bad[0]) };
  return { end: end + 1, kind: 'text', value: body.replace(escapeSequence, unescapeOne) };
}

/** The canonical spelling of a text. */
export function writeTextLiteral(value: string): string {
  return JSON.stringify(value);
}

function unescapeOne(_whole: string, code: string | undefined, one: string): string {
  return code === undefined ? (escapes[one] ?? one) : String.fromCharCode(Number.parseInt(code, 16));
}

const unclosed: Refusal = {
  code: 'formula-text-unclosed',
  message: 'The text has no closing quote.',
  hint: 'end it with " on the same line',
};

function badEscape(sequence: string): Refusal {
  return {
    code: 'formula-text-escape',
    message: `The text holds ${sequence}, which is not an escape.`,
    hint: 'write \\\\ for a backslash, \\" for a quote',
  };
}

function readSingleQuoted(text: string, at: number): TextPiece {
  const [whole = "'"] = /^'[^'\r\n]*'?/.exec(text.slice(at)) ?? [];
  const closed = whole.length > 1 && whole.endsWith("'");
  return {
    end: at + whole.length,
    refusal: {
      code: 'formula-quotes',
      message: 'Texts stand between double quotes.',
      hint: closed ? `write ${writeTextLiteral(whole.slice(1, -1))}` : 'write " in place of \'',
    },
  };
}
