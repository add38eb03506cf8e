import { describe, expect, it } from 'vitest';
import type { EditionManifest } from '../../src/catalog/types.ts';
import { chooseEdition, reignsOf, type Visibility, visibleEditions } from '../../src/catalog/visible.ts';
import { editionWith } from './records.ts';

/** Editions of the first days of three months; the second is held back until the tenth. */
const editions: readonly EditionManifest[] = [
  { ...editionWith({ number: 1 }), publishedAt: '2026-01-01T08:00:00.000Z' },
  {
    ...editionWith({ number: 2 }),
    publishedAt: '2026-02-01T08:00:00.000Z',
    release: { embargoUntil: '2026-02-10T08:00:00.000Z' },
  },
  { ...editionWith({ number: 3 }), publishedAt: '2026-03-01T08:00:00.000Z' },
];
/** The third is taken back after two weeks. */
const known: Visibility = {
  now: '2026-04-01T00:00:00.000Z',
  retractions: [{ edition: 3, at: '2026-03-15T08:00:00.000Z' }],
};

const numbers = (list: readonly EditionManifest[]) => list.map(({ number }) => number);

describe('the editions that can be seen', () => {
  it.each([
    ['2025-12-31T00:00:00.000Z', []],
    ['2026-01-01T08:00:00.000Z', [1]],
    ['2026-02-05T00:00:00.000Z', [1]],
    ['2026-02-10T08:00:00.000Z', [1, 2]],
    ['2026-03-01T08:00:00.000Z', [1, 2, 3]],
    ['2026-03-15T08:00:00.000Z', [1, 2]],
    [null, [1, 2]],
  ])('at %s', (at, wanted) => expect(numbers(visibleEditions(editions, at, known))).toEqual(wanted));

  it('are never those that are held back still, whatever time is asked for', () => {
    const early = { ...known, now: '2026-02-05T00:00:00.000Z', retractions: [] };
    expect(numbers(visibleEditions(editions, '2026-02-20T00:00:00.000Z', early))).toEqual([1]);
  });

  it('are all that is published where a clock was set back', () => {
    const early = { now: '2026-02-11T00:00:00.000Z', retractions: [] };
    expect(numbers(visibleEditions(editions, null, early))).toEqual([1, 2, 3]);
  });

  it('were the newest one after the other, one of them twice', () => {
    expect(reignsOf(editions, known).map(({ edition, from, to }) => [edition.number, from, to])).toEqual([
      [1, '2026-01-01T08:00:00.000Z', '2026-02-10T08:00:00.000Z'],
      [2, '2026-02-10T08:00:00.000Z', '2026-03-01T08:00:00.000Z'],
      [3, '2026-03-01T08:00:00.000Z', '2026-03-15T08:00:00.000Z'],
      [2, '2026-03-15T08:00:00.000Z', null],
    ]);
  });
});

describe('the edition that is meant', () => {
  const chosen = (which: Parameters<typeof chooseEdition>[2], visibility = known) => {
    const { value, diagnostics } = chooseEdition('proeve', editions, which, visibility);
    return value?.number ?? diagnostics.map(({ code, message, hint }) => [code, message, hint]);
  };

  it('is the newest that is not taken back, or the one of its time', () => {
    expect(chosen(null)).toBe(2);
    expect(chosen({ asOf: '2026-03-02' })).toBe(3);
    expect(chosen({ asOf: '2026-01-01' })).toBe(1);
    expect(chosen({ asOf: '2026-02-10T07:59:59Z' })).toBe(1);
  });

  it('is the named one, taken back or not', () => expect(chosen('3')).toBe(3));

  it('is none before there was any', () => {
    expect(chosen({ asOf: '2025-12-31' })).toEqual([
      [
        'no-visible-edition',
        'Nothing was known of "proeve" as of 2025-12-31.',
        `its first edition, ${editions[0]?.id}, is from 2026-01-01T08:00:00.000Z`,
      ],
    ]);
  });

  it('is none where all are taken back', () => {
    const all = {
      ...known,
      retractions: editions.map(({ number }) => ({ edition: number, at: '2026-03-20' })),
    };
    expect(chosen(null, all)).toEqual([
      [
        'no-visible-edition',
        'No edition of "proeve" may be shown now: each is taken back or held back.',
        'flis editions proeve says which and why',
      ],
    ]);
  });

  it('is none of a time that is no time', () => {
    expect(chosen({ asOf: 'i går' })).toEqual([
      ['bad-time', '"i går" is not a time.', 'write it like 2026-08-19 or 2026-08-19T05:03:20Z'],
    ]);
  });
});
