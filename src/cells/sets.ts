/**
 * Sets of small whole numbers, one for each row, and how many different numbers some rows have together. A number
 * stands for a person or whatever else is counted once; all are below a bound, so that a bitmap of that many bits
 * holds any set of them, and two million of them fit in the cache of a processor.
 */
export interface Sets {
  /** Every number is below it. */
  readonly universe: number;
  /** Row to where its numbers begin in `numbers`, and the end of the last. Rows of bitmaps have none there. */
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
  /** Null: no row is a bitmap. */
  readonly bitmaps: Bitmaps | null;
}

/** Of rows that hold so many that a list would be larger. */
export interface Bitmaps {
  /** Row to the place of its bitmap, -1 where it is a list. */
  readonly places: Int32Array;
  /** One bitmap after the other, each of `wordsOf(universe)` words. */
  readonly words: Int32Array;
  /** Place to how many numbers it holds. */
  readonly sizes: Uint32Array;
}

/** Rows of sets: ranges of them as pairs of begin and end, from one pair to before another. */
export interface Rows {
  readonly sets: Sets;
  readonly ranges: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** A bitmap to work with. It is empty between calls. */
export type Marks = Int32Array;

export const wordsOf = (universe: number): number => (universe + 31) >>> 5;

export const newMarks = (universe: number): Marks => new Int32Array(wordsOf(universe));

/** All rows from one to before another. */
export const rowsFrom = (sets: Sets, from: number, to: number): Rows => ({
  sets,
  ranges: Uint32Array.of(from, to),
  from: 0,
  to: 1,
});

/** How many numbers the rows list, and words their bitmaps have: what counting costs, whatever of it is the same. */
export function weightOf({ sets, ranges, from, to }: Rows): number {
  const { starts, bitmaps } = sets;
  let weight = 0;
  for (let at = from; at < to; at += 1) {
    const [begin, end] = [ranges[at * 2] as number, ranges[at * 2 + 1] as number];
    weight += (starts[end] as number) - (starts[begin] as number);
    if (bitmaps === null) continue;
    for (let row = begin; row < end; row += 1)
      if ((bitmaps.places[row] as number) >= 0) weight += wordsOf(sets.universe);
  }
  return weight;
}

/**
 * How many different numbers all the rows have together. Few of them are counted as they are marked and then taken
 * away one by one; many are only marked, which is quicker, and counted and taken away word by word.
 */
export function distinctOf(pieces: readonly Rows[], marks: Marks): number {
  const [only] = pieces;
  if (only && pieces.length === 1) {
    const alone = sizeOfOne(only);
    if (alone !== null) return alone;
  }
  let weight = 0;
  for (const piece of pieces) weight += weightOf(piece);
  if (weight === 0) return 0;
  if (weight * 4 > marks.length || pieces.some(({ sets }) => sets.bitmaps !== null)) {
    for (const piece of pieces) markRows(piece, marks);
    return takeCount(marks);
  }
  let count = 0;
  for (const piece of pieces) count += countRows(piece, marks);
  for (const piece of pieces) unmarkRows(piece, marks);
  return count;
}

/** A row alone has all that it holds; null where there are several. */
function sizeOfOne({ sets, ranges, from, to }: Rows): number | null {
  const row = ranges[from * 2] as number;
  if (to - from !== 1 || (ranges[from * 2 + 1] as number) - row !== 1) return null;
  const place = sets.bitmaps === null ? -1 : (sets.bitmaps.places[row] as number);
  if (place >= 0) return sets.bitmaps?.sizes[place] ?? 0;
  return (sets.starts[row + 1] as number) - (sets.starts[row] as number);
}

function markRows({ sets, ranges, from, to }: Rows, marks: Marks): void {
  const { starts, numbers, bitmaps } = sets;
  for (let at = from; at < to; at += 1) {
    const [begin, end] = [ranges[at * 2] as number, ranges[at * 2 + 1] as number];
    markRange(numbers, starts[begin] as number, starts[end] as number, marks);
    if (bitmaps === null) continue;
    for (let row = begin; row < end; row += 1) {
      const place = bitmaps.places[row] as number;
      if (place >= 0) markBitmap(bitmaps.words, place * marks.length, marks);
    }
  }
}

/** Four at a time: the machine works at them beside each other. */
function markRange(numbers: Uint32Array, from: number, to: number, marks: Marks): void {
  let at = from;
  for (const last = to - 3; at < last; at += 4) {
    const a = numbers[at] as number;
    const b = numbers[at + 1] as number;
    const c = numbers[at + 2] as number;
    const d = numbers[at + 3] as number;
    (marks[a >>> 5] as number) |= 1 << a;
    (marks[b >>> 5] as number) |= 1 << b;
    (marks[c >>> 5] as number) |= 1 << c;
    (marks[d >>> 5] as number) |= 1 << d;
  }
  for (; at < to; at += 1) {
    const a = numbers[at] as number;
    (marks[a >>> 5] as number) |= 1 << a;
  }
}

function markBitmap(words: Int32Array, begin: number, marks: Marks): void {
  const length = marks.length;
  let at = 0;
  for (const last = length - 3; at < last; at += 4) {
    (marks[at] as number) |= words[begin + at] as number;
    (marks[at + 1] as number) |= words[begin + at + 1] as number;
    (marks[at + 2] as number) |= words[begin + at + 2] as number;
    (marks[at + 3] as number) |= words[begin + at + 3] as number;
  }
  for (; at < length; at += 1) (marks[at] as number) |= words[begin + at] as number;
}

function countRows({ sets: { starts, numbers }, ranges, from, to }: Rows, marks: Marks): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const begin = starts[ranges[at * 2] as number] as number;
    count += countRange(numbers, begin, starts[ranges[at * 2 + 1] as number] as number, marks);
  }
  return count;
}

function countRange(numbers: Uint32Array, from: number, to: number, marks: Marks): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const number = numbers[at] as number;
    const word = marks[number >>> 5] as number;
    count += ((word >>> (number & 31)) & 1) ^ 1;
    marks[number >>> 5] = word | (1 << number);
  }
  return count;
}

function unmarkRows({ sets: { starts, numbers }, ranges, from, to }: Rows, marks: Marks): void {
  for (let at = from; at < to; at += 1) {
    const end = starts[ranges[at * 2 + 1] as number] as number;
    for (let each = starts[ranges[at * 2] as number] as number; each < end; each += 1)
      marks[(numbers[each] as number) >>> 5] = 0;
  }
}

function takeCount(marks: Marks): number {
  let count = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const word = marks[at] as number;
    if (word === 0) continue;
    count += bitsIn(word);
    marks[at] = 0;
  }
  return count;
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** New rows, each with all that its pieces hold, once; as bitmaps where a list would be larger. */
export function mergedSets(rows: readonly (readonly Rows[])[], universe: number, marks: Marks): Sets {
  const words = wordsOf(universe);
  const starts = new Uint32Array(rows.length + 1);
  const places = new Int32Array(rows.length).fill(-1);
  const bitmaps: Int32Array[] = [];
  const sizes: number[] = [];
  let numbers = new Uint32Array(1024);
  let used = 0;
  for (const [row, pieces] of rows.entries()) {
    let weight = 0;
    for (const piece of pieces) weight += weightOf(piece);
    if (used + weight > numbers.length) numbers = grown(numbers, used + weight);
    const isFew = weight < words && pieces.every(({ sets }) => sets.bitmaps === null);
    if (isFew) {
      const begin = used;
      for (const piece of pieces) used = keepNew(piece, marks, numbers, used);
      for (let at = begin; at < used; at += 1) marks[(numbers[at] as number) >>> 5] = 0;
    } else {
      for (const piece of pieces) markRows(piece, marks);
      const size = countOf(marks);
      if (size > words) {
        places[row] = bitmaps.length;
        bitmaps.push(marks.slice());
        sizes.push(size);
        marks.fill(0);
      } else used = takeNumbers(marks, numbers, used);
    }
    starts[row + 1] = used;
  }
  const all = new Int32Array(bitmaps.length * words);
  for (const [place, bitmap] of bitmaps.entries()) all.set(bitmap, place * words);
  return {
    universe,
    starts,
    numbers: numbers.slice(0, used),
    bitmaps: bitmaps.length === 0 ? null : { places, words: all, sizes: Uint32Array.from(sizes) },
  };
}

function keepNew({ sets, ranges, from, to }: Rows, marks: Marks, kept: Uint32Array, used: number): number {
  let next = used;
  for (let at = from; at < to; at += 1) {
    const end = sets.starts[ranges[at * 2 + 1] as number] as number;
    for (let each = sets.starts[ranges[at * 2] as number] as number; each < end; each += 1) {
      const number = sets.numbers[each] as number;
      const word = marks[number >>> 5] as number;
      if (((word >>> (number & 31)) & 1) === 1) continue;
      marks[number >>> 5] = word | (1 << number);
      kept[next] = number;
      next += 1;
    }
  }
  return next;
}

function countOf(marks: Marks): number {
  let count = 0;
  for (let at = 0; at < marks.length; at += 1) {
    const word = marks[at] as number;
    if (word !== 0) count += bitsIn(word);
  }
  return count;
}

function grown(numbers: Uint32Array<ArrayBuffer>, least: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(least, numbers.length * 2));
  larger.set(numbers);
  return larger;
}

/** Writes what is marked, in order, and takes it away. */
function takeNumbers(marks: Marks, numbers: Uint32Array, from: number): number {
  let next = from;
  for (let at = 0; at < marks.length; at += 1) {
    let word = marks[at] as number;
    if (word === 0) continue;
    marks[at] = 0;
    while (word !== 0) {
      const bit = 31 - Math.clz32(word & -word);
      numbers[next] = at * 32 + bit;
      next += 1;
      word &= word - 1;
    }
  }
  return next;
}

/** Bytes in memory. */
export const bytesOf = ({ starts, numbers, bitmaps }: Sets): number =>
  starts.byteLength +
  numbers.byteLength +
  (bitmaps ? bitmaps.places.byteLength + bitmaps.words.byteLength + bitmaps.sizes.byteLength : 0);
