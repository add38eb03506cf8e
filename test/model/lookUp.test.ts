import { describe, expect, it } from 'vitest';
import { lookUp } from '../../src/model/lookUp.ts';

describe('lookUp', () => {
  it('finds what was put in', () => {
    expect(lookUp({ ledige: 1 }, 'ledige')).toBe(1);
    expect(lookUp(Object.fromEntries([['__proto__', 1]]), '__proto__')).toBe(1);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'finds no %s that nobody put in',
    (name) => {
      expect(lookUp({ ledige: 1 }, name)).toBeUndefined();
    },
  );
});
