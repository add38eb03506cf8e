import { describe, expect, it } from 'vitest';
import { type FigureChain, namedParts, splitCell, splitFigure } from '../../src/ledger/split.ts';
import type { LedgerFigure } from '../../src/ledger/types.ts';
import { add, rational, toPlain } from '../../src/model/rational.ts';

const ok = (value: number, of = 1): LedgerFigure => ({
  status: 'ok',
  value: rational(BigInt(value), BigInt(of)),
});
const hidden: LedgerFigure = { status: 'suppressed', value: null };
const undelivered: LedgerFigure = { status: 'not_delivered', value: null };

const told = (chain: FigureChain) => {
  const split = splitFigure(chain);
  if (!split) return null;
  const range = ({ first, last }: { readonly first: number; readonly last: number }) =>
    first === last ? `${first}` : `${first}-${last}`;
  const parts = split.parts.map((part) => `${range(part)}: ${toPlain(part.value, 3)}`);
  return [split.change, ...parts, ...(split.status ? [`by ${range(split.status)}`] : [])].join(', ');
};

describe('a figure in every state between two editions', () => {
  it('is split by the steps that moved it', () => {
    expect(told([ok(10), ok(13), ok(13), ok(11)])).toBe('moved, 0: 3, 2: -2');
  });

  it('is no entry where its ends are the same, whatever lay between', () => {
    expect(told([ok(10), ok(13), ok(10)])).toBe(null);
    expect(told([hidden, ok(13), hidden])).toBe(null);
  });

  it('is split over several steps at once where it is no number between them', () => {
    expect(told([ok(10), hidden, ok(13), ok(14)])).toBe('moved, 0-1: 3, 2: 1');
  });

  it('has no part of a state that nobody can tell', () => {
    expect(told([ok(10), undefined, ok(13)])).toBe('moved, 0-1: 3');
  });

  it('ceases to be a number by the step after which it never is one again', () => {
    expect(told([ok(10), hidden, ok(1), undelivered, hidden])).toBe('gone, by 2');
  });

  it('becomes a number by the step after which it always is one', () => {
    expect(told([undelivered, hidden, ok(3), ok(4)])).toBe('new, by 1');
  });

  it('comes by one of several steps where the state between is unknown', () => {
    expect(told([undelivered, undefined, ok(4)])).toBe('new, by 0-1');
    expect(told([undelivered, hidden, undefined, ok(4)])).toBe('new, by 1-2');
  });

  it('says another reason by the step after which it says that one', () => {
    expect(told([undelivered, undelivered, hidden])).toBe('status, by 1');
  });

  it('that an edition does not have is nothing unless the other has a number', () => {
    expect(told([null, hidden])).toBe(null);
    expect(told([null, ok(1)])).toBe('new, by 0');
  });

  it('of cells comes and goes with the cell', () => {
    expect(splitCell([null, null, hidden])).toMatchObject({ change: 'new', status: { first: 1, last: 1 } });
    expect(splitCell([hidden, null])).toMatchObject({ change: 'gone', status: { first: 0, last: 0 } });
    expect(splitCell([hidden, ok(1)])).toMatchObject({ change: 'new' });
  });
});

describe('parts', () => {
  it('of steps with one cause are one part, and none where they cancel out', () => {
    const parts = splitFigure([ok(1), ok(3), ok(7), ok(5), ok(9)])?.parts ?? [];
    expect(namedParts(parts, (first) => (first === 3 ? 1 : first), add)).toEqual([
      { cause: 0, value: rational(2n) },
      { cause: 1, value: rational(8n) },
      { cause: 2, value: rational(-2n) },
    ]);
    expect(
      namedParts(splitFigure([ok(1), ok(3), ok(1), ok(2)])?.parts ?? [], (at) => (at < 2 ? 0 : at), add),
    ).toEqual([{ cause: 2, value: rational(1n) }]);
  });
});
