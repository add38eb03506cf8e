import type { Unit } from './types.ts';

/** Words a unit is made of, as written, to their base unit and factor. */
const words: Readonly<Record<string, { base: string | null; numerator: string; denominator: string }>> = {
  person: { base: 'person', numerator: '1', denominator: '1' },
  fuldtidsperson: { base: 'fuldtidsperson', numerator: '1', denominator: '1' },
  helårsperson: { base: 'helårsperson', numerator: '1', denominator: '1' },
  fuldtidsstilling: { base: 'fuldtidsstilling', numerator: '1', denominator: '1' },
  borger: { base: 'borger', numerator: '1', denominator: '1' },
  elev: { base: 'elev', numerator: '1', denominator: '1' },
  barn: { base: 'barn', numerator: '1', denominator: '1' },
  klasse: { base: 'klasse', numerator: '1', denominator: '1' },
  skole: { base: 'skole', numerator: '1', denominator: '1' },
  plads: { base: 'plads', numerator: '1', denominator: '1' },
  forløb: { base: 'forløb', numerator: '1', denominator: '1' },
  karakter: { base: 'karakter', numerator: '1', denominator: '1' },
  point: { base: 'point', numerator: '1', denominator: '1' },
  'kr.': { base: 'kr.', numerator: '1', denominator: '1' },
  øre: { base: 'kr.', numerator: '1', denominator: '100' },
  minut: { base: 'minut', numerator: '1', denominator: '1' },
  time: { base: 'minut', numerator: '60', denominator: '1' },
  dag: { base: 'dag', numerator: '1', denominator: '1' },
  'pct.': { base: null, numerator: '1', denominator: '100' },
  promille: { base: null, numerator: '1', denominator: '1000' },
  andel: { base: null, numerator: '1', denominator: '1' },
};

const multiples: Readonly<Record<string, string>> = { 'mio.': '1000000', 'mia.': '1000000000' };

export const unitWords: readonly string[] = Object.keys(words);

/** What could not be read in a unit text. */
export interface UnitFault {
  readonly word: string;
}

/** `person`, `1.000 kr.`, `kr./borger`, `person/1000 borger`, `pct.`. */
export function parseUnit(text: string): Unit | UnitFault {
  let unit: Unit = { text, base: {}, numerator: '1', denominator: '1' };
  for (const [position, part] of text.split('/').entries()) {
    const term = parseTerm(part.trim());
    if ('word' in term) return term;
    unit = { ...(position === 0 ? multiplyUnits(unit, term) : divideUnits(unit, term)), text };
  }
  return unit;
}

function parseTerm(text: string): Unit | UnitFault {
  const match = /^(?:(\d{1,3}(?:\.\d{3})+|\d+|mio\.|mia\.)\s+)?(\S+)$/.exec(text);
  const word = match?.[2] ? words[match[2]] : undefined;
  if (!match || !word) return { word: text };
  const multiple = match[1] === undefined ? '1' : (multiples[match[1]] ?? match[1].replaceAll('.', ''));
  return {
    text,
    base: word.base === null ? {} : { [word.base]: 1 },
    numerator: times(multiple, word.numerator),
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
  return baseText(a) === baseText(b);
}

/** Base units as text, for messages: `person/borger`; `et tal` where there is none. */
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
  return {
    text: '',
    base,
    numerator: times(a.numerator, b.numerator),
    denominator: times(a.denominator, b.denominator),
  };
}

function times(a: string, b: string): string {
  return (BigInt(a) * BigInt(b)).toString();
}
