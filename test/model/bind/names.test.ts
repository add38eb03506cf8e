import { describe, expect, it } from 'vitest';
import { resolveId } from '../../../src/model/bind/names.ts';

const all = { 'a.ledige': 1, 'b.folketal': 2, 'c.folketal': 3, 'd.x.y': 4 };

describe('a name', () => {
  it('is an id', () => {
    expect(resolveId('b.folketal', all)).toEqual({ kind: 'found', value: 2 });
  });

  it('is the end of one id', () => {
    expect(resolveId('ledige', all)).toEqual({ kind: 'found', value: 1 });
    expect(resolveId('x.y', all)).toEqual({ kind: 'found', value: 4 });
  });

  it('is the end of several ids', () => {
    expect(resolveId('folketal', all)).toEqual({
      kind: 'ambiguous',
      candidates: ['b.folketal', 'c.folketal'],
    });
  });

  it('is near an id or a name', () => {
    expect(resolveId('ledge', all)).toEqual({ kind: 'unknown', hint: 'did you mean "ledige"?' });
    expect(resolveId('a.ledge', all)).toEqual({ kind: 'unknown', hint: 'did you mean "a.ledige"?' });
    expect(resolveId('dige', all)).toMatchObject({ kind: 'unknown' });
  });

  it.each(['constructor', 'toString', '__proto__', ''])('is nothing that nobody defined: "%s"', (name) => {
    expect(resolveId(name, all)).toEqual({ kind: 'unknown', hint: undefined });
  });
});
