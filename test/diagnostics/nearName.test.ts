import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearName } from '../../src/diagnostics/nearName.ts';

const measures = ['ledige', 'folketal', 'ledige_dagpenge', 'ledige_kontanthjaelp'];

describe('nearName', () => {
  it.each([
    ['ledge', 'ledige', 'a letter left out'],
    ['lediige', 'ledige', 'a letter too many'],
    ['ledigi', 'ledige', 'a wrong letter'],
    ['folketla', 'folketal', 'two letters swapped'],
    ['Ledige', 'ledige', 'a capital'],
    ['ledige_kontanthjælp', 'ledige_kontanthjaelp', 'æ for ae'],
    ['ledige-dagpenge', 'ledige_dagpenge', 'a hyphen'],
  ])('%s is near %s: %s', (written, meant) => {
    expect(nearName(written, measures)).toBe(meant);
  });

  it.each(['x', 'sum', 'population', ''])('nothing is near "%s"', (written) => {
    expect(nearName(written, measures)).toBeUndefined();
  });

  it('knows æ, ø and å written as one letter and accent', () => {
    expect(nearName('bla\u030a', ['blaa'])).toBe('blaa');
  });

  it('does not offer the name itself', () => {
    expect(nearName('ledige', ['ledige'])).toBeUndefined();
  });

  it('does not depend on the order of the candidates', () => {
    const candidates = fc.array(fc.stringMatching(/^[ab]{3,6}$/));
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{3,6}$/), candidates, (name, list) => {
        expect(nearName(name, [...list].reverse())).toBe(nearName(name, list));
      }),
    );
  });

  it('never offers a name more than a third of the letters away', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-d]{0,6}$/),
        fc.array(fc.stringMatching(/^[a-d]{1,6}$/)),
        (name, list) => {
          const near = nearName(name, list);
          if (near !== undefined) expect(slowDistance(name, near)).toBeLessThanOrEqual(name.length / 3);
          else
            for (const other of list)
              if (other !== name)
                expect(slowDistance(name, other)).toBeGreaterThan(Math.floor(name.length / 3));
        },
      ),
    );
  });
});

describe('didYouMean', () => {
  it('says so, or says nothing', () => {
    expect(didYouMean('ledge', measures)).toBe('did you mean "ledige"?');
    expect(didYouMean('qqqq', measures)).toBeUndefined();
  });
});

describe('editDistance', () => {
  it('is what the definition by recursion says', () => {
    const word = fc.stringMatching(/^[abc]{0,5}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(slowDistance(a, b));
      }),
    );
  });
});

/** The definition itself, without a table. */
function slowDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1);
  const choices = [
    slowDistance(a.slice(0, -1), b) + 1,
    slowDistance(a, b.slice(0, -1)) + 1,
    slowDistance(a.slice(0, -1), b.slice(0, -1)) + (same ? 0 : 1),
  ];
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  if (swapped) choices.push(slowDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...choices);
}
