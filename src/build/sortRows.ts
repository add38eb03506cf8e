/** A column of small numbers, each less than `size`. */
export interface Digits {
  readonly ordinals: ArrayLike<number>;
  readonly size: number;
}

/** Counters that fit in a core's own memory. */
const mostOfPass = 2 ** 16;

/** The order in which rows are sorted by the first column, then by the second, ...: by counting, last column first. */
export function sortedBy(columns: readonly Digits[], rows: number): Uint32Array {
  let order: Uint32Array | null = null;
  for (const pass of passesOf(columns).reverse()) order = counted(pass, order, rows);
  return order ?? Uint32Array.from({ length: rows }, (_, row) => row);
}

/** Neighbours that are counted in one pass. */
function passesOf(columns: readonly Digits[]): Digits[][] {
  const passes: Digits[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    if (column.size <= 1) continue;
    size *= column.size;
    if (size > mostOfPass) {
      passes.push([]);
      size = column.size;
    }
    passes.at(-1)?.push(column);
  }
  return passes;
}

function counted(pass: readonly Digits[], order: Uint32Array | null, rows: number): Uint32Array {
  const keys = keysOf(pass, rows);
  const size = pass.reduce((product, column) => product * column.size, 1);
  const places = new Uint32Array(size + 1);
  for (let row = 0; row < rows; row += 1) {
    const key = (keys[row] as number) + 1;
    places[key] = (places[key] as number) + 1;
  }
  for (let key = 1; key <= size; key += 1)
    places[key] = (places[key] as number) + (places[key - 1] as number);
  const sorted = new Uint32Array(rows);
  for (let at = 0; at < rows; at += 1) {
    const row = order === null ? at : (order[at] as number);
    const key = keys[row] as number;
    const place = places[key] as number;
    sorted[place] = row;
    places[key] = place + 1;
  }
  return sorted;
}

/** Columns as one number a row, the first the highest; their sizes multiplied must stay under 2^32. */
export function keysOf(columns: readonly Digits[], rows: number): Uint32Array {
  const keys = new Uint32Array(rows);
  for (const { ordinals, size } of columns)
    for (let row = 0; row < rows; row += 1)
      keys[row] = (keys[row] as number) * size + (ordinals[row] as number);
  return keys;
}
