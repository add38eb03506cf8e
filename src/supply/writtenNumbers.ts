import type { Problem } from './problem.ts';

export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** Decimals kept; 0 for a whole number. */
  readonly decimals: number;
}

/** Digits that an engine's DECIMAL in 64 bits holds. */
const mostDigits = 18;

/**
 * A number as a contract says it is written, scaled to a whole: "9.0" with one decimal is 90n. There is no
 * guessing: "1.830" may be 1,830 or 1.83, so a number written otherwise is refused, with what it looks like.
 */
export function readNumber(text: string, { decimal, decimals }: NumberFormat): bigint | Problem {
  const trimmed = text.trim();
  const found = (decimal === '.' ? withPoint : withComma).exec(trimmed);
  if (found === null) return problemOf(trimmed, decimal);
  const [, sign = '', whole = '', part = ''] = found;
  if (part.length > decimals) return tooManyDecimals(part.length, decimals);
  const digits = whole + part.padEnd(decimals, '0');
  if (digits.replace(/^0+/, '').length > mostDigits) {
    return { code: 'number-too-large', reason: `The number has more than ${mostDigits} digits.` };
  }
  const value = BigInt(digits);
  return sign === '-' ? -value : value;
}

const withPoint = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/;
const withComma = /^([+-]?)([0-9]+)(?:,([0-9]+))?$/;

function tooManyDecimals(written: number, decimals: number): Problem {
  const kept = decimals === 0 ? 'the column is of whole numbers' : `the column keeps ${decimals}`;
  return {
    code: 'too-many-decimals',
    reason: `The number has ${written} ${written === 1 ? 'decimal' : 'decimals'}, and ${kept}.`,
    hint: `if they belong there, write "type: decimal" and "decimals: ${written}" in the contract`,
  };
}

/** What a text that is no number of the contract looks like; the first that fits is said. */
const looks: readonly { readonly pattern: RegExp; readonly when?: '.' | ','; readonly problem: Problem }[] = [
  {
    pattern: /^[+-]?\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:[.,]\d+)?$/,
    problem: {
      code: 'thousands-separator',
      reason: 'The number has spaces or quotes between its thousands.',
      hint: 'the supplier must leave them out',
    },
  },
  {
    pattern:
      /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)$|^[+-]?\d{1,3}(?:,\d{3}){2,}$|^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)$|^[+-]?\d{1,3}(?:\.\d{3}){2,}$/,
    problem: {
      code: 'thousands-separator',
      reason: 'The number has points or commas between its thousands.',
      hint: 'the supplier must leave them out',
    },
  },
  {
    pattern: /^[+-]?\d+,\d+$/,
    when: '.',
    problem: {
      code: 'decimal-comma',
      reason: 'The number has a decimal comma, and the contract says point.',
      hint: 'write "decimal: \',\'" in the contract, or ask the supplier for points',
    },
  },
  {
    pattern: /^[+-]?\d+\.\d+$/,
    when: ',',
    problem: {
      code: 'decimal-point',
      reason: 'The number has a decimal point, and the contract says comma.',
      hint: 'write "decimal: \'.\'" in the contract, or ask the supplier for commas',
    },
  },
  {
    pattern: /^[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+$/,
    problem: {
      code: 'bad-number',
      reason: 'The number is written with a power of ten.',
      hint: 'a spreadsheet may have done it, and lost digits: ask the supplier for the number written out',
    },
  },
  {
    pattern: /^(?:\.+|-+|–|NA|N\/A|NULL|null|NaN|#.*)$/,
    problem: {
      code: 'bad-number',
      reason: 'A mark stands where a number is expected.',
      hint: 'ask the supplier to leave the field empty, and say in the contract what that means',
    },
  },
];

function problemOf(text: string, decimal: '.' | ','): Problem {
  const look = looks.find(
    ({ pattern, when }) => (when === undefined || when === decimal) && pattern.test(text),
  );
  return look?.problem ?? { code: 'bad-number', reason: 'The value is not a number.' };
}
