import { describe, expect, it } from 'vitest';
import { monthCode } from '../../../src/supply/synthesize/month.ts';
import { releaseOf } from '../../../src/supply/synthesize/release.ts';

const line = (number: number) => {
  const release = releaseOf(number);
  const months = `${monthCode(release.newest)} ${monthCode(release.newestOfLate)}`;
  const marks = `${release.unknownArea ? 'unknown ' : ''}${release.cashAssistance ? 'cash ' : ''}`;
  return `${months} ${marks}${release.received}`;
};

describe('releaseOf', () => {
  it('brings a month with the second, the datasets with the third, and a month with each after that', () => {
    expect([1, 2, 3, 4, 8].map(line)).toEqual([
      '2026M06 2026M06 unknown 2026-07-19T05:00:00Z',
      '2026M07 2026M06 unknown 2026-08-19T05:00:00Z',
      '2026M07 2026M06 cash 2026-08-19T18:00:00Z',
      '2026M08 2026M07 cash 2026-09-19T05:00:00Z',
      '2026M12 2026M11 cash 2027-01-19T05:00:00Z',
    ]);
  });
});
