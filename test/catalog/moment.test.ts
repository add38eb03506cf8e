import { describe, expect, it } from 'vitest';
import { momentOf } from '../../src/catalog/moment.ts';

describe('a point in time', () => {
  it.each([
    ['2026-08-19T05:03:20Z', '2026-08-19T05:03:20.000Z'],
    ['2026-08-19T05:03:20.125Z', '2026-08-19T05:03:20.125Z'],
    ['2026-08-19T07:03:20+02:00', '2026-08-19T05:03:20.000Z'],
    // Danish summer time and winter time, where nobody says.
    ['2026-08-19T07:03', '2026-08-19T05:03:00.000Z'],
    ['2026-01-19T07:03', '2026-01-19T06:03:00.000Z'],
  ])('%s is %s', (text, wanted) => expect(momentOf(text, 'last')).toBe(wanted));

  it.each([
    ['2026-08-19', '2026-08-18T22:00:00.000Z', '2026-08-19T21:59:59.999Z'],
    ['2026-12-31', '2026-12-30T23:00:00.000Z', '2026-12-31T22:59:59.999Z'],
    // The days on which clocks are moved have 23 and 25 hours.
    ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
  ])('%s lasts from %s to %s', (text, first, last) => {
    expect(momentOf(text, 'first')).toBe(first);
    expect(momentOf(text, 'last')).toBe(last);
  });

  it.each(['2026', '2026-02-30', '2026-08-19T24:00', '2026-08-19 05:03', '19-08-2026', 'i går', ''])(
    '%s is none',
    (text) => expect(momentOf(text, 'last')).toBeNull(),
  );
});
