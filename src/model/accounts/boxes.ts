/**
 * Sets of account combinations as lists of boxes: in each dimension some of its codes (a bit each), and a
 * combination is in the box if each of its codes is. No combination is ever written out, so that five
 * dimensions of a thousand codes cost no more than their rules. Boxes of one set share nothing.
 */
export type Box = readonly bigint[];
export type Boxes = readonly Box[];

export const noBoxes: Boxes = [];

export function intersect(one: Boxes, other: Boxes): Boxes {
  return one.flatMap((a) => other.flatMap((b) => common(a, b)));
}

/** The box of what is in both, or none. */
function common(a: Box, b: Box): Boxes {
  const both = a.map((codes, at) => codes & (b[at] ?? 0n));
  return both.includes(0n) ? noBoxes : [both];
}

export function subtract(one: Boxes, other: Boxes): Boxes {
  return other.reduce((left, box) => left.flatMap((each) => cut(each, box)), one);
}

export function unite(one: Boxes, other: Boxes): Boxes {
  return [...one, ...subtract(other, one)];
}

/** What is left of a box: a piece for each dimension in which the other one leaves codes over. */
function cut(box: Box, by: Box): Boxes {
  const [shared] = common(box, by);
  if (!shared) return [box];
  return box.flatMap((codes, at) => {
    const over = codes & ~(shared[at] ?? 0n);
    if (over === 0n) return [];
    return [box.map((each, place) => (place < at ? (shared[place] ?? 0n) : place === at ? over : each))];
  });
}

/** Whether a combination, as a bit in each dimension, is in the set. */
export function contains(boxes: Boxes, combination: Box): boolean {
  return boxes.some((box) => box.every((codes, at) => (codes & (combination[at] ?? 0n)) !== 0n));
}
