/** A box to be placed; its size is known before. */
export interface Box {
  readonly id: string;
  /** Column from the left, from 0. */
  readonly layer: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** Where the line goes, from the right side of one box to the left side of the other. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}

const columnGap = 64;
const rowGap = 18;
const rounds = 8;

interface Spot {
  readonly box: Box;
  /** Beside a line that goes on to a later column there is no box to be seen. */
  readonly isThrough: boolean;
  y: number;
}

/**
 * Boxes in columns, in the usual three steps: lines over several columns get a spot in each; spots are put in order by
 * the middle of what they hang on, back and forth; then each is moved as near to that middle as its neighbours let it.
 */
export function layered(
  boxes: readonly Box[],
  edges: readonly { readonly from: string; readonly to: string }[],
): Layout {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const last = Math.max(0, ...boxes.map(({ layer }) => layer));
  const columns: Spot[][] = Array.from({ length: last + 1 }, () => []);
  const spots = new Map<string, Spot>();
  const put = (box: Box, isThrough: boolean): Spot => {
    const spot = { box, isThrough, y: 0 };
    spots.set(box.id, spot);
    columns[box.layer]?.push(spot);
    return spot;
  };
  for (const box of boxes) put(box, false);
  const neighbours = new Map<Spot, { before: Spot[]; after: Spot[] }>();
  const around = (spot: Spot) => {
    const found = neighbours.get(spot) ?? { before: [], after: [] };
    neighbours.set(spot, found);
    return found;
  };
  const join = (left: Spot, right: Spot) => {
    around(left).after.push(right);
    around(right).before.push(left);
  };
  const ways = edges.flatMap(({ from, to }) => {
    const [start, end] = [spots.get(from), spots.get(to)];
    const [first, final] = [byId.get(from), byId.get(to)];
    if (!start || !end || !first || !final || first.layer >= final.layer) return [];
    const way = [start];
    for (let layer = first.layer + 1; layer < final.layer; layer++) {
      const through = put({ id: `${from}\n${to}\n${layer}`, layer, width: 0, height: 0 }, true);
      join(way.at(-1) ?? start, through);
      way.push(through);
    }
    join(way.at(-1) ?? start, end);
    way.push(end);
    return [{ from, to, way }];
  });
  for (let round = 0; round < rounds; round++) order(columns, around, round % 2 === 0 ? 'before' : 'after');
  stack(columns);
  for (let round = 0; round < rounds; round++) settle(columns, around, round % 2 === 0 ? 'after' : 'before');
  return placed(columns, ways);
}

type Around = (spot: Spot) => { readonly before: readonly Spot[]; readonly after: readonly Spot[] };

const middle = (spot: Spot): number => spot.y + spot.box.height / 2;

function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** Each column in the order of what its spots hang on in the column before, or behind. */
function order(columns: readonly Spot[][], around: Around, side: 'before' | 'after'): void {
  const sorted = side === 'before' ? columns : [...columns].reverse();
  for (const column of sorted) {
    const place = new Map<Spot, number>();
    for (const [at, spot] of column.entries()) {
      const others = around(spot)[side];
      const ranks = others.map((other) => columns[other.box.layer]?.indexOf(other) ?? 0);
      place.set(spot, mean(ranks) ?? at);
    }
    column.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  }
}

function stack(columns: readonly (readonly Spot[])[]): void {
  for (const column of columns) {
    let y = 0;
    for (const spot of column) {
      spot.y = y;
      y += spot.box.height + rowGap;
    }
  }
}

/** Each spot towards the middle of what it hangs on, keeping the order and the gaps. */
function settle(columns: readonly (readonly Spot[])[], around: Around, side: 'before' | 'after'): void {
  const sorted = side === 'before' ? columns : [...columns].reverse();
  for (const column of sorted) {
    const wanted = column.map((spot) => {
      const at = mean(around(spot)[side].map(middle));
      return at === null ? spot.y : at - spot.box.height / 2;
    });
    // Down from above, and up from below; half way between, nothing overlaps and nothing drifts.
    const down: number[] = [];
    for (const [at, spot] of column.entries()) {
      const above = column[at - 1];
      const least = above ? (down[at - 1] ?? 0) + above.box.height + rowGap : Number.NEGATIVE_INFINITY;
      down.push(Math.max(wanted[at] ?? spot.y, least));
    }
    const up: number[] = [];
    for (let at = column.length - 1; at >= 0; at--) {
      const spot = column[at];
      if (!spot) continue;
      const most =
        at + 1 < column.length ? (up[at + 1] ?? 0) - spot.box.height - rowGap : Number.POSITIVE_INFINITY;
      up[at] = Math.min(wanted[at] ?? spot.y, most);
    }
    for (const [at, spot] of column.entries()) spot.y = ((down[at] ?? 0) + (up[at] ?? 0)) / 2;
  }
}

function placed(
  columns: readonly (readonly Spot[])[],
  ways: readonly { readonly from: string; readonly to: string; readonly way: readonly Spot[] }[],
): Layout {
  const all = columns.flat();
  const top = Math.min(0, ...all.map(({ y }) => y));
  const widths = columns.map((column) => Math.max(0, ...column.map(({ box }) => box.width)));
  const lefts = widths.map((_, at) => widths.slice(0, at).reduce((sum, width) => sum + width + columnGap, 0));
  const left = ({ box }: Spot) => lefts[box.layer] ?? 0;
  const edges = ways.map(({ from, to, way }): PlacedEdge => {
    const points = way.flatMap((spot, at) => {
      const y = middle(spot) - top;
      const start = { x: left(spot), y };
      const end = { x: left(spot) + (spot.isThrough ? (widths[spot.box.layer] ?? 0) : spot.box.width), y };
      if (at === 0) return [end];
      return at === way.length - 1 ? [start] : [start, end];
    });
    return { from, to, points };
  });
  return {
    width: (lefts.at(-1) ?? 0) + (widths.at(-1) ?? 0),
    height: Math.max(0, ...all.map(({ y, box }) => y + box.height)) - top,
    boxes: all
      .filter(({ isThrough }) => !isThrough)
      .map((spot) => ({ ...spot.box, x: left(spot), y: spot.y - top })),
    edges,
  };
}
