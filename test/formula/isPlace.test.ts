import { describe, expect, it } from 'vitest';
import { isPlace } from '../../src/formula/isPlace.ts';

describe('isPlace', () => {
  const span = { file: 'a.yaml', start: 1, end: 2 };

  it('knows the places of an expression', () => {
    expect(isPlace('span', span)).toBe(true);
    expect(isPlace('nameSpan', span)).toBe(true);
  });

  it('leaves what is merely called so', () => {
    expect(isPlace('span', { id: 'span', label: { da: 'Span', en: 'Bucket' }, members: [] })).toBe(false);
    expect(isPlace('span', ['a'])).toBe(false);
    expect(isPlace('span', null)).toBe(false);
    expect(isPlace('other', span)).toBe(false);
  });
});
