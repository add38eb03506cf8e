import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../src/definitions/tokens.ts';
import { yamlLike } from './garbage.ts';

describe('tokensOf', () => {
  it('gives the whole text, piece by piece, each at its offset', () => {
    fc.assert(
      fc.property(yamlLike, (text) => {
        const tokens = [...tokensOf(text)];
        expect(tokens.map(({ source }) => source).join('')).toBe(text);
        for (const { source, start } of tokens) expect(text.startsWith(source, start)).toBe(true);
      }),
    );
  });

  it('takes text for text, whatever it begins with', () => {
    const types = [...tokensOf('a: x&y\nb: "&x"\nc: |\n  *x\n')].map(({ type }) => type);
    expect(types).not.toContain('anchor');
    expect(types).not.toContain('alias');
  });
});
