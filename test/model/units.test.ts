import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../../src/model/types.ts';
import {
  baseText,
  dimensionless,
  divideUnits,
  multiplyUnits,
  parseUnit,
  sameBase,
  unitWords,
} from '../../src/model/units.ts';

/** Base units and scale of a unit text, in words: `person/borger x 1/1000`. */
function said(text: string): string {
  const unit = unitOf(text);
  return `${baseText(unit)} x ${unit.numerator}/${unit.denominator}`;
}

function unitOf(text: string): Unit {
  const unit = parseUnit(text);
  if ('word' in unit) throw new Error(`"${unit.word}" is no unit`);
  return unit;
}

describe('parseUnit', () => {
  it.each([
    ['person', 'person x 1/1'],
    ['personer', 'person x 1/1'],
    ['timer/uge', 'minut/uge x 60/1'],
    ['pct.point', 'a plain number x 1/100'],
    ['øre', 'kr. x 1/100'],
    ['time', 'minut x 60/1'],
    ['1.000 kr.', 'kr. x 1000/1'],
    ['1000 kr.', 'kr. x 1000/1'],
    ['1.000.000 kr.', 'kr. x 1000000/1'],
    ['mio. kr.', 'kr. x 1000000/1'],
    ['mia. kr.', 'kr. x 1000000000/1'],
    ['kr./borger', 'kr./borger x 1/1'],
    ['person/1000 borger', 'person/borger x 1/1000'],
    ['person / 1.000 borger', 'person/borger x 1/1000'],
    ['1.000 kr./100 elev', 'kr./elev x 1000/100'],
    ['minut/time', 'a plain number x 1/60'],
    ['kr./elev/dag', 'kr./dag/elev x 1/1'],
    ['pct.', 'a plain number x 1/100'],
    ['promille', 'a plain number x 1/1000'],
    ['andel', 'a plain number x 1/1'],
  ])('reads "%s" as %s', (text, meaning) => {
    expect(said(text)).toBe(meaning);
    expect(unitOf(text).text).toBe(text);
  });

  it.each([
    ['persn', 'persn'],
    ['1000 borgre', 'borgre'],
    ['person/1000 borgre', 'borgre'],
    ['', ''],
    ['person/', ''],
    ['kr', 'kr'],
    ['1,5 kr.', '1,5 kr.'],
    ['0 kr.', '0 kr.'],
    ['01 kr.', '01 kr.'],
    ['1.00 kr.', '1.00 kr.'],
    ['1000', '1000'],
    ['kr. borger', 'kr. borger'],
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['person/toString', 'toString'],
  ])('does not read "%s", and says that it is about "%s"', (text, word) => {
    expect(parseUnit(text)).toEqual({ word });
  });

  it('knows all of its own words', () => {
    for (const word of unitWords) expect(unitOf(word).text).toBe(word);
  });
});

describe('the algebra of units', () => {
  const words = fc.constantFrom(...unitWords);
  const terms = fc
    .tuple(fc.constantFrom('', '100 ', '1.000 ', 'mio. '), words)
    .map((parts) => parts.join(''));
  const units = fc.array(terms, { minLength: 1, maxLength: 3 }).map((parts) => unitOf(parts.join('/')));

  it('takes a division back by a multiplication', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        const there = divideUnits(a, b);
        const back = multiplyUnits(there, b);
        expect(sameBase(back, a)).toBe(true);
        expect(back.base).toEqual(a.base);
        expect(BigInt(back.numerator) * BigInt(a.denominator)).toBe(
          BigInt(a.numerator) * BigInt(back.denominator),
        );
      }),
    );
  });

  it('multiplies in any order', () => {
    fc.assert(
      fc.property(units, units, units, (a, b, c) => {
        expect(multiplyUnits(a, b)).toEqual({ ...multiplyUnits(b, a), base: multiplyUnits(a, b).base });
        const [left, right] = [multiplyUnits(multiplyUnits(a, b), c), multiplyUnits(a, multiplyUnits(b, c))];
        expect(sameBase(left, right)).toBe(true);
        expect([left.numerator, left.denominator]).toEqual([right.numerator, right.denominator]);
      }),
    );
  });

  it('has a plain number that changes nothing', () => {
    fc.assert(
      fc.property(units, (unit) => {
        expect({ ...multiplyUnits(unit, dimensionless), text: unit.text }).toEqual(unit);
        expect({ ...divideUnits(unit, dimensionless), text: unit.text }).toEqual(unit);
        expect(baseText(divideUnits(unit, unit))).toBe('a plain number');
      }),
    );
  });

  it('writes powers, and what is only below', () => {
    expect(baseText(multiplyUnits(unitOf('kr./borger'), unitOf('kr./borger')))).toBe('kr.^2/borger^2');
    expect(baseText(divideUnits(dimensionless, unitOf('borger')))).toBe('1/borger');
    expect(baseText(multiplyUnits(unitOf('person'), unitOf('kr.')))).toBe('kr. person');
  });
});
