/** Months counted from year 0, so that they add and subtract. */
export type Month = number;

export function month(year: number, number: number): Month {
  return year * 12 + number - 1;
}

/** 1 to 12. */
export function monthOfYear(of: Month): number {
  return (of % 12) + 1;
}

/** `2026M07`. */
export function monthCode(of: Month): string {
  return `${Math.floor(of / 12)}M${String(monthOfYear(of)).padStart(2, '0')}`;
}

/** The months up to and with `last`, oldest first. */
export function monthsTo(last: Month, count: number): Month[] {
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}
