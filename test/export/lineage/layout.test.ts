import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, layered, type PlacedBox } from '../../../src/export/lineage/layout.ts';

/** A graph whose lines go from the left to the right, some over several columns. */
const graphs = fc
  .array(
    fc.record({
      layer: fc.nat({ max: 5 }),
      width: fc.integer({ min: 20, max: 300 }),
      height: fc.integer({ min: 20, max: 160 }),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .chain((sizes) => {
    const boxes = sizes.map((size, at): Box => ({ id: String(at), ...size }));
    const pairs = boxes.flatMap((from) =>
      boxes.filter((to) => from.layer < to.layer).map((to) => ({ from: from.id, to: to.id })),
    );
    return fc.tuple(fc.constant(boxes), fc.subarray(pairs));
  });

const overlap = (a: PlacedBox, b: PlacedBox): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('a layered layout', () => {
  it('lays no box over another, none outside, and every line from side to side', () => {
    fc.assert(
      fc.property(graphs, ([boxes, edges]) => {
        const layout = layered(boxes, edges);
        expect(layout.boxes).toHaveLength(boxes.length);
        for (const [at, box] of layout.boxes.entries()) {
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(layout.width);
          expect(box.y + box.height).toBeLessThanOrEqual(layout.height + 1e-6);
          for (const other of layout.boxes.slice(at + 1)) expect(overlap(box, other)).toBe(false);
        }
        const placed = new Map(layout.boxes.map((box) => [box.id, box]));
        expect(layout.edges).toHaveLength(edges.length);
        for (const { from, to, points } of layout.edges) {
          expect(points[0]?.x).toBe((placed.get(from)?.x ?? 0) + (placed.get(from)?.width ?? 0));
          expect(points.at(-1)?.x).toBe(placed.get(to)?.x);
          for (const [at, point] of points.entries())
            expect(point.x).toBeGreaterThanOrEqual(points[at - 1]?.x ?? 0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(graphs, ([boxes, edges]) => {
        expect(layered(boxes, edges)).toEqual(layered(boxes, edges));
      }),
      { numRuns: 50 },
    );
  });
});
