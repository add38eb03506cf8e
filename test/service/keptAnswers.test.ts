import { describe, expect, it } from 'vitest';
import { keptAnswers } from '../../src/service/keptAnswers.ts';

describe('answers that are kept', () => {
  it('have so many cells together; the one asked longest ago goes first', () => {
    const kept = keptAnswers<string>(10);
    for (const key of ['a', 'b']) kept.keep(key, key, 4);
    expect(kept.get('a')).toBe('a');
    kept.keep('c', 'c', 5);
    expect(['a', 'b', 'c'].map((key) => kept.get(key))).toEqual(['a', undefined, 'c']);
    expect(kept.statistics()).toEqual({ answers: 2, cells: 9 });
  });

  it('are counted once where they come again, and not kept where they are larger than all', () => {
    const kept = keptAnswers<string>(10);
    for (const answer of ['first', 'second']) kept.keep('a', answer, 6);
    kept.keep('b', 'large', 11);
    expect([kept.get('a'), kept.get('b')]).toEqual(['second', undefined]);
    expect(kept.statistics()).toEqual({ answers: 1, cells: 6 });
  });
});
