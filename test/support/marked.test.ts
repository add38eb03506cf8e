import { describe, expect, it } from 'vitest';
import { marked } from './marked.ts';

describe('marked', () => {
  it('takes the markers out and gives the place between them', () => {
    expect(marked('formula: ⟦ledge⟧ / folketal')).toEqual({
      text: 'formula: ledge / folketal',
      start: 9,
      end: 14,
    });
  });

  it('marks an empty place too', () => {
    expect(marked('a⟦⟧')).toEqual({ text: 'a', start: 1, end: 1 });
  });

  it.each(['none', '⟦open', '⟧wrong⟦', '⟦a⟧ ⟦b⟧'])('refuses "%s"', (text) => {
    expect(() => marked(text)).toThrow('exactly one');
  });
});
