import { expect, it } from 'vitest';
import { figureDate } from '../../src/query/figureDate.ts';

it.each([
  [{ frequency: 'M' }, '2026M12', '2026-12-31'],
  [{ frequency: 'M', countedOn: 'first_day' }, '2026M12', '2026-12-01'],
  [{ frequency: 'Å_Primo' }, '2026', '2026-01-01'],
  // From 28 December to 3 January: as-was in 2026 it must not be in the regions of 2027.
  [{ frequency: 'U' }, '2026U53', '2027-01-03'],
  [{ frequency: 'U', weeksByThursday: true }, '2026U53', '2026-12-31'],
  // From 29 December 2025 to 4 January 2026.
  [{ frequency: 'U', weeksByThursday: true }, '2026U01', '2026-01-01'],
] as const)('of %o, figures of %s are of %s', (source, period, day) => {
  expect(figureDate(source, period)).toBe(day);
});
