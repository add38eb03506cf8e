/** The candidate that an author most likely meant by `name`, if any is near enough to be worth saying. */
export function nearName(name: string, candidates: Iterable<string>): string | undefined {
  const written = fold(name);
  const limit = threshold(written.length);
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const distance = editDistance(written, fold(candidate), limit);
    if (distance > limit) continue;
    if (best === undefined || comesBefore({ candidate, distance }, best)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** The hint that goes with an unknown name: `did you mean "ledige"?`, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const near = nearName(name, candidates);
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

/** One slip in three letters; in names of one or two letters everything is near, so nothing is. */
const threshold = (length: number): number => Math.floor(length / 3);

const danishLetters: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' };

/** Case and the two spellings of Danish letters are no difference: `Å` and `aa`, `grøn` and `groen`. */
const fold = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => danishLetters[letter] ?? letter);

interface Near {
  readonly candidate: string;
  readonly distance: number;
}

/** The nearest first, then by name, so that the order of the candidates does not matter. */
const comesBefore = (one: Near, other: Near): boolean =>
  one.distance < other.distance || (one.distance === other.distance && one.candidate < other.candidate);

/**
 * Damerau-Levenshtein distance (a letter put in, left out, exchanged, or two neighbours swapped), as
 * three rolling rows; anything above `limit` may come back as `limit + 1`.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const exchanged = cell(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? cell(beforeLast, column - 2) + 1
          : Number.POSITIVE_INFINITY;
      current.push(Math.min(cell(last, column) + 1, cell(current, column - 1) + 1, exchanged, swapped));
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return cell(last, b.length);
}

const cell = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
