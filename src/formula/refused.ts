import type { Refusal } from './token.ts';

const power = { code: 'formula-power', message: 'Powers are not part of the formula language.' } as const;
const bitwise = {
  code: 'formula-bitwise',
  message: 'Bitwise operators are not part of the formula language.',
} as const;
const braces = { code: 'formula-object', message: 'Braces are not part of the formula language.' } as const;

/** mathjs knows most of these signs and would give them a meaning that a formula does not have. */
export const refusedSigns: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ['^', { ...power, hint: 'write x * x for a square' }],
  ['**', { ...power, hint: 'write x * x for a square' }],
  ['.^', { ...power, hint: 'write x * x for a square' }],
  [
    '%',
    {
      code: 'formula-percent',
      message: 'A percent sign is not part of the formula language.',
      hint: 'write the ratio alone; the unit "pct." multiplies by 100',
    },
  ],
  [
    '!',
    {
      code: 'formula-factorial',
      message: '"!" is not part of the formula language.',
      hint: 'write not for a negation, != for "is not"',
    },
  ],
  ['~', { ...bitwise, hint: 'write not' }],
  ['^|', bitwise],
  ['<<', bitwise],
  ['>>', bitwise],
  ['>>>', bitwise],
  ['&', logicSign('&', 'and')],
  ['&&', logicSign('&&', 'and')],
  ['|', logicSign('|', 'or')],
  ['||', logicSign('||', 'or')],
  [
    '=',
    {
      code: 'formula-assignment',
      message: 'A single "=" would assign a value, and formulas have no variables.',
      hint: 'write == to compare',
    },
  ],
  [':=', unknownOperator(':=', 'write == to compare')],
  ['===', unknownOperator('===', 'write ==')],
  ['!==', unknownOperator('!==', 'write !=')],
  ['<>', unknownOperator('<>', 'write !=')],
  ['=<', unknownOperator('=<', 'write <=')],
  ['=>', unknownOperator('=>', 'write >=')],
  ['//', unknownOperator('//', 'write / to divide')],
  ['.*', unknownOperator('.*', 'write *')],
  ['./', unknownOperator('./', 'write /')],
  ['?', conditional()],
  ['??', conditional()],
  ['?.', conditional()],
  [
    ':',
    {
      code: 'formula-range',
      message: 'Ranges with ":" are not part of the formula language.',
      hint: 'write x >= "a" and x <= "b"',
    },
  ],
  [
    ';',
    {
      code: 'formula-block',
      message: 'A formula is one expression, and ";" would begin another.',
      hint: 'write one formula; in a list, separate with commas',
    },
  ],
  ['{', braces],
  ['}', braces],
  [
    '.',
    {
      code: 'formula-character',
      message: 'A dot stands only inside a name or a number.',
      hint: 'write a dotted name without spaces: beskaeftigelse.ledige',
    },
  ],
]);

/** Words that mathjs reads as an operator or a constant. As the first part of a name they are refused too. */
export const refusedWords: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  [
    'to',
    {
      code: 'formula-conversion',
      message: 'There are no unit conversions in a formula.',
      hint: 'the declared unit scales the result',
    },
  ],
  ['mod', unknownOperator('mod')],
  ['xor', unknownOperator('xor', 'write a != b, or (a or b) and not (a and b)')],
  ...['true', 'false'].map((word) => reserved(word, 'write the condition itself')),
  ...['null', 'undefined', 'NaN', 'Infinity'].map((word) => reserved(word)),
]);

function reserved(word: string, hint?: string): [string, Refusal] {
  return [
    word,
    { code: 'formula-reserved-word', message: `"${word}" is a reserved word, not a name.`, hint },
  ];
}

function logicSign(sign: string, word: string): Refusal {
  return {
    code: 'formula-logic-sign',
    message: `"${sign}" is not part of the formula language.`,
    hint: `write ${word}`,
  };
}

function unknownOperator(sign: string, hint?: string): Refusal {
  return { code: 'formula-unknown-operator', message: `There is no operator "${sign}".`, hint };
}

function conditional(): Refusal {
  return {
    code: 'formula-conditional',
    message: 'Choices with "?" are not part of the formula language.',
    hint: 'make two measures with a where each',
  };
}

/** The signs that a word processor or a keyboard puts in the place of the plain one. */
const plainSigns: Readonly<Record<string, string>> = {
  '×': 'write *',
  '·': 'write *',
  '÷': 'write /',
  '−': 'write -',
  '–': 'write -',
  '—': 'write -',
  '≤': 'write <=',
  '≥': 'write >=',
  '≠': 'write !=',
  '“': 'write texts between straight double quotes: "082"',
  '”': 'write texts between straight double quotes: "082"',
  '„': 'write texts between straight double quotes: "082"',
  '»': 'write texts between straight double quotes: "082"',
  '«': 'write texts between straight double quotes: "082"',
  '’': 'write texts between straight double quotes: "082"',
  '‘': 'write texts between straight double quotes: "082"',
  '#': 'write comments in the YAML beside the formula',
};

export function strangeCharacter(character: string): Refusal {
  const joined = /\p{M}/u.test(character);
  return {
    code: 'formula-character',
    message: `The character ${JSON.stringify(character)} has no place in a formula.`,
    hint: joined ? 'write the letter as one character, such as å' : plainSigns[character],
  };
}

/** What is wrong with a number, in the order in which the hints are tried. */
const numberHints: readonly (readonly [RegExp, (number: string) => string])[] = [
  [/^0[0-9]+$/, (number) => `write a code as text: "${number}"`],
  [/^[0-9]{4}[A-Za-z]+[0-9]*$/, (number) => `write a period as text: "${number}"`],
  [/^\.[0-9]+$/, (number) => `write 0${number}`],
  [/^[0-9]+\.$/, (number) => `write ${number.slice(0, -1)}`],
  [/^[0-9.]+[eE][0-9]*$/, () => 'write all the digits'],
  [/^[0-9]{1,3}(?:[._][0-9]{3})+$/, (number) => `write ${number.replace(/[._]/g, '')}`],
];

export function badNumber(number: string, wellFormed: boolean): Refusal | undefined {
  // A Danish author's thousand: 1.000 would be one, silently.
  if (wellFormed && /^[1-9][0-9]{0,2}\.[0-9]{2}0$/.test(number)) {
    const [whole, decimals = ''] = number.split('.');
    const short = number.replace(/\.?0+$/, '');
    return {
      code: 'formula-number-ambiguous',
      message: `"${number}" can be read as ${whole}${decimals} and as ${short}.`,
      hint: `write ${whole}${decimals} or ${short}; the dot is the decimal mark`,
    };
  }
  if (wellFormed) return undefined;
  const hint = numberHints.find(([pattern]) => pattern.test(number))?.[1](number);
  return {
    code: 'formula-number',
    message: `"${number}" is not a number.`,
    hint: hint ?? 'write numbers like 1000 or 0.05, codes as text in double quotes, and products with *',
  };
}
