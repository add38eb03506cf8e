import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../src/supply/fileNames.ts';

describe('matchesPattern', () => {
  it.each([
    ['star_release1.csv', 'star_*.csv', true],
    ['STAR_release1.CSV', 'star_*.csv', true],
    ['star_.csv', 'star_*.csv', true],
    ['star.csv', 'star_*.csv', false],
    ['star_1.csv.bak', 'star_*.csv', false],
    ['my_star_1.csv', 'star_*.csv', false],
    ['starXcsv', 'star.csv', false],
    ['a+b(1).csv', 'a+b(*).csv', true],
    ['ældre.csv'.normalize('NFD'), 'ældre.csv', true],
    ['Å.csv'.normalize('NFD'), 'å.csv', true],
  ])('"%s" against "%s": %s', (name, pattern, matches) => {
    expect(matchesPattern(name, pattern)).toBe(matches);
  });
});
