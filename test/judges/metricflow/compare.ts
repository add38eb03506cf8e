import type { Value } from './cases.ts';

/** Null where the rows are the same, as many times each, by the judge's rules; else what differs first. */
export function difference(
  ours: readonly (readonly Value[])[],
  theirs: readonly (readonly Value[])[],
  inOrder: boolean,
): string | null {
  if (ours.length !== theirs.length)
    return `${ours.length} rows, and there should be ${theirs.length}; ${firstOdd(ours, theirs)}`;
  const [left, right] = inOrder ? [ours, theirs] : [sorted(ours), sorted(theirs)];
  const at = left.findIndex((row, position) => !sameRow(row, right[position] ?? []));
  return at < 0 ? null : `${shown(left[at])} where there should be ${shown(right[at])}`;
}

const shown = (row: readonly Value[] | undefined): string => JSON.stringify(row);

function firstOdd(ours: readonly (readonly Value[])[], theirs: readonly (readonly Value[])[]): string {
  const [left, right] = [sorted(ours), sorted(theirs)];
  const at = left.findIndex((row, position) => !sameRow(row, right[position] ?? []));
  const place = at < 0 ? left.length : at;
  return `first ${shown(left[place])} where there should be ${shown(right[place])}`;
}

function sameRow(left: readonly Value[], right: readonly Value[]): boolean {
  return left.every((value, at) => sameValue(value, right[at] ?? null));
}

function sameValue(left: Value, right: Value): boolean {
  if (typeof left === 'number' && typeof right === 'number')
    return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right), 1e-300);
  return left === right;
}

/** Texts before numbers, so that numbers that differ in the last digit do not change the order. */
function sorted(rows: readonly (readonly Value[])[]): (readonly Value[])[] {
  const keyed = rows.map((row) => ({
    row,
    texts: JSON.stringify(row.map((value) => (typeof value === 'number' ? 0 : value))),
    numbers: row.filter((value) => typeof value === 'number'),
  }));
  keyed.sort((a, b) => {
    if (a.texts !== b.texts) return a.texts < b.texts ? -1 : 1;
    for (const [at, number] of a.numbers.entries()) {
      const other = b.numbers[at] ?? 0;
      if (Math.abs(number - other) > 1e-9 * Math.max(Math.abs(number), Math.abs(other)))
        return number - other;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
