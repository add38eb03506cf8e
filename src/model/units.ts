import { lookUp } from './lookUp.ts';
import type { Unit } from './types.ts';

/** What a word is in base units: a plain number where there is none. */
interface Word {
  readonly base: string | null;
  readonly numerator: string;
  readonly denominator: string;
}

/** Words that are base units themselves. */
const bases = [
  'person',
  'fuldtidsperson',
  'helårsperson',
  'fuldtidsstilling',
  'borger',
  'elev',
  'barn',
  'klasse',
  'skole',
  'plads',
  'forløb',
  'karakter',
  'point',
  'kr.',
  'minut',
  'dag',
  'uge',
  'måned',
  'år',
  'postering',
  'indlæggelse',
  'kontakt',
  'underretning',
  'ansættelse',
  'ydelse',
];

/** Danish has two forms of most words, and people write both. */
const plurals: Readonly<Record<string, string>> = {
  personer: 'person',
  fuldtidspersoner: 'fuldtidsperson',
  helårspersoner: 'helårsperson',
  fuldtidsstillinger: 'fuldtidsstilling',
  borgere: 'borger',
  elever: 'elev',
  børn: 'barn',
  klasser: 'klasse',
  skoler: 'skole',
  pladser: 'plads',
  minutter: 'minut',
  timer: 'time',
  dage: 'dag',
  uger: 'uge',
  måneder: 'måned',
  posteringer: 'postering',
  indlæggelser: 'indlæggelse',
  kontakter: 'kontakt',
  underretninger: 'underretning',
  ansættelser: 'ansættelse',
  ydelser: 'ydelse',
};

/** Words a unit is made of, as written, to their base unit and factor. */
const words: Readonly<Record<string, Word>> = {
  ...Object.fromEntries(bases.map((base) => [base, { base, numerator: '1', denominator: '1' }])),
  øre: { base: 'kr.', numerator: '1', denominator: '100' },
  time: { base: 'minut', numerator: '60', denominator: '1' },
  'pct.': { base: null, numerator: '1', denominator: '100' },
  // An index shows its base as 100.
  indeks: { base: null, numerator: '1', denominator: '100' },
  promille: { base: null, numerator: '1', denominator: '1000' },
  andel: { base: null, numerator: '1', denominator: '1' },
  // The difference of two percentages; a rule keeps it apart from a percentage.
  'pct.point': { base: null, numerator: '1', denominator: '100' },
};

const wordOf = (written: string): Word | undefined =>
  lookUp(words, written) ?? lookUp(words, lookUp(plurals, written) ?? '');

const multiples: Readonly<Record<string, string>> = { 'mio.': '1000000', 'mia.': '1000000000' };

/** A multiple of one at least, and a word: `1.000 kr.`, `1000 borger`, `mio. kr.`. */
const term = /^(?:([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*|mio\.|mia\.)\s+)?(\S+)$/;

export const unitWords: readonly string[] = Object.keys(words);

/** What could not be read in a unit text. */
export interface UnitFault {
  readonly word: string;
}

/** `person`, `1.000 kr.`, `kr./borger`, `person/1000 borger`, `pct.`. */
export function parseUnit(text: string): Unit | UnitFault {
  let unit: Unit = dimensionless;
  for (const [position, part] of text.split('/').entries()) {
    const factor = parseTerm(part.trim());
    if ('word' in factor) return factor;
    unit = position === 0 ? factor : divideUnits(unit, factor);
  }
  return { ...unit, text };
}

function parseTerm(text: string): Unit | UnitFault {
  const [, multiple, written = text] = term.exec(text) ?? [];
  const word = wordOf(written);
  if (!word) return { word: written };
  const times = multiple === undefined ? '1' : (lookUp(multiples, multiple) ?? multiple.replaceAll('.', ''));
  return {
    text,
    base: word.base === null ? {} : { [word.base]: 1 },
    numerator: product(times, word.numerator),
    denominator: word.denominator,
  };
}

export const dimensionless: Unit = { text: '', base: {}, numerator: '1', denominator: '1' };

export function multiplyUnits(a: Unit, b: Unit): Unit {
  return combine(a, b, 1);
}

export function divideUnits(a: Unit, b: Unit): Unit {
  return combine(a, { ...b, numerator: b.denominator, denominator: b.numerator }, -1);
}

/** Same base units with the same exponents; scales may differ, since formulas work in base units. */
export function sameBase(a: Unit, b: Unit): boolean {
  // What was written alike is alike; what was worked out has no text.
  return (a.text !== '' && a.text === b.text) || baseText(a) === baseText(b);
}

/** Base units as text, for messages: `person/borger`; `a plain number` where there is none. */
export function baseText(unit: Unit): string {
  const power = (exponent: number) => (exponent === 1 ? '' : `^${exponent}`);
  const entries = Object.entries(unit.base).sort(([a], [b]) => (a < b ? -1 : 1));
  const above = entries.filter(([, n]) => n > 0).map(([word, n]) => word + power(n));
  const below = entries.filter(([, n]) => n < 0).map(([word, n]) => word + power(-n));
  if (above.length === 0 && below.length === 0) return 'a plain number';
  return [above.join(' ') || '1', ...below].join('/');
}

function combine(a: Unit, b: Unit, sign: 1 | -1): Unit {
  const base: Record<string, number> = { ...a.base };
  for (const [word, exponent] of Object.entries(b.base)) {
    const sum = (base[word] ?? 0) + sign * exponent;
    if (sum === 0) delete base[word];
    else base[word] = sum;
  }
  const numerator = product(a.numerator, b.numerator);
  return { text: '', base, numerator, denominator: product(a.denominator, b.denominator) };
}

function product(a: string, b: string): string {
  return (BigInt(a) * BigInt(b)).toString();
}

/** Whether a figure of this unit is an amount of money, be it for each of something. */
export function isAmount({ base }: Pick<Unit, 'base'>): boolean {
  return base['kr.'] === 1;
}
