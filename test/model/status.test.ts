import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Flag,
  flags,
  type Status,
  statuses,
  unionOfFlags,
  worseStatus,
} from '../../src/model/status.ts';

const all = Object.keys(statuses) as Status[];
const status = fc.constantFrom(...all);

describe('the status of two things together', () => {
  it('is the same in any order, and of the same twice itself', () => {
    fc.assert(
      fc.property(status, status, status, (a, b, c) => {
        expect(worseStatus(a, b)).toBe(worseStatus(b, a));
        expect(worseStatus(worseStatus(a, b), c)).toBe(worseStatus(a, worseStatus(b, c)));
        expect(worseStatus(a, a)).toBe(a);
        expect(worseStatus(a, 'ok')).toBe(a);
      }),
    );
  });

  it('has no two statuses of one precedence, and one mark for each', () => {
    expect(new Set(all.map((each) => statuses[each].precedence)).size).toBe(all.length);
    expect(new Set(all.map((each) => statuses[each].mark)).size).toBe(all.length);
  });

  it('is this, for every pair', () => {
    const width = Math.max(...all.map(({ length }) => length)) + 1;
    const row = (cells: readonly string[]) =>
      cells
        .map((cell) => cell.padEnd(width))
        .join('| ')
        .trimEnd();
    const rows = all.map((a) => row([a, ...all.map((b) => worseStatus(a, b))]));
    expect(`\n${[row(['', ...all]), ...rows].join('\n')}\n`).toMatchInlineSnapshot(`
      "
                     | ok             | undefined      | not_applicable | below_coverage | suppressed     | not_delivered
      ok             | ok             | undefined      | not_applicable | below_coverage | suppressed     | not_delivered
      undefined      | undefined      | undefined      | not_applicable | below_coverage | suppressed     | not_delivered
      not_applicable | not_applicable | not_applicable | not_applicable | below_coverage | suppressed     | not_delivered
      below_coverage | below_coverage | below_coverage | below_coverage | below_coverage | suppressed     | not_delivered
      suppressed     | suppressed     | suppressed     | suppressed     | suppressed     | suppressed     | not_delivered
      not_delivered  | not_delivered  | not_delivered  | not_delivered  | not_delivered  | not_delivered  | not_delivered
      "
    `);
  });
});

describe('flags of several things together', () => {
  const known = Object.keys(flags) as Flag[];
  const sets = fc.array(
    fc.subarray(known).chain((set) => fc.shuffledSubarray(set, { minLength: set.length })),
  );

  it('are the flags of any of them, each once, always in one order', () => {
    fc.assert(
      fc.property(sets, (given) => {
        const union = unionOfFlags(given);
        expect(union).toEqual(known.filter((flag) => given.some((set) => set.includes(flag))));
      }),
    );
  });
});
