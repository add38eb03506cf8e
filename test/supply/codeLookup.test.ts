import { describe, expect, it } from 'vitest';
import { codeLookup } from '../../src/supply/codeLookup.ts';
import { codeColumn, lists } from './fixtures.ts';

const find = (text: string, changes: Parameters<typeof codeColumn>[0] = {}) => {
  const found = codeLookup(codeColumn({ levels: ['kommune', 'region', 'land'], ...changes }), lists).find(
    text,
  );
  return found && `${found.level} ${found.code}`;
};
const funktion = { dimension: 'funktion', levels: ['funktion'] };

describe('codeLookup', () => {
  it.each([
    ['101', 'kommune 101'],
    ['0101', 'kommune 101'],
    [' 101 ', 'kommune 101'],
    ['084', 'region 084'],
    ['000', 'land 000'],
    ['0', 'land 000'],
    ['kobenhavn', 'kommune 101'],
  ])('finds the member and level of the code %j', (text, found) => {
    expect(find(text)).toBe(found);
  });

  it.each(['København', '1010', '10', '999', '101.0', ''])('finds nothing for the code %j', (text) => {
    expect(find(text)).toBeNull();
  });

  it('puts back a zero that was lost, and takes off one too many', () => {
    expect(find('2820', funktion)).toBe('funktion 02820');
    expect(find('02820', funktion)).toBe('funktion 02820');
    expect(find('0032201', funktion)).toBe('funktion 32201');
    expect(find('282', funktion)).toBeNull();
  });

  it('leaves codes of a list without a length as they are', () => {
    expect(find('84', { levels: ['region'] })).toBeNull();
  });

  it.each([
    ['København', 'kommune 101'],
    ['københavn', 'kommune 101'],
    ['Copenhagen', 'kommune 101'],
    ['Kobenhavn', 'kommune 101'],
    ['Ærø'.normalize('NFD'), 'kommune 492'],
    ['Christiansø'.normalize('NFD'), 'kommune 411'],
    ['Region Hovedstaden', 'region 084'],
    ['Hele landet', 'land 000'],
  ])('finds the name %j', (text, found) => {
    expect(find(text, { match: 'name' })).toBe(found);
  });

  it('does not take a code for a name', () => {
    expect(find('101', { match: 'name' })).toBeNull();
  });
});
