import { describe, expect, it } from 'vitest';
import { inputsOf, periodsOf } from '../../src/build/inputs.ts';
import type { Snapshot } from '../../src/catalog/types.ts';
import { snapshotWith } from '../catalog/records.ts';
import { cubeOf } from '../plan/support.ts';
import { modelOf } from '../support/definitions.ts';

const model = modelOf();
const cube = cubeOf(model);
const month = (period: string) => ({ period, rows: 1 });
const snapshot = (
  source: string,
  number: number,
  periods: readonly string[],
  more: Partial<Snapshot> = {},
): Snapshot =>
  snapshotWith({
    source,
    number,
    receipt: number,
    received: `2026-08-0${number}T00:00:00.000Z`,
    periods: periods.map(month),
    file: { sha256: `${source}-${number}`, size: 1 },
    ...more,
  });

const inputs = (...snapshots: readonly Snapshot[]) => inputsOf(model, cube, new Map(bySource(snapshots)));

function bySource(snapshots: readonly Snapshot[]): [string, Snapshot[]][] {
  return [...new Set(snapshots.map(({ source }) => source))].map((source) => [
    source,
    snapshots.filter((each) => each.source === source),
  ]);
}

describe('what a cube is made of', () => {
  it('is the newest delivery alone of a source that sends all it has', () => {
    const found = inputs(
      snapshot('star.ledighed', 1, ['2026M06']),
      snapshot('star.ledighed', 2, ['2026M06', '2026M07']),
    );
    expect(
      found.map(({ source, snapshots }) => [
        source,
        snapshots.map(({ number, periods }) => [number, periods]),
      ]),
    ).toEqual([['star.ledighed', [[2, null]]]]);
  });

  it('is each period by its newest delivery of a source that sends periods', () => {
    const found = inputs(
      snapshot('dst.folketal', 1, ['2025', '2026']),
      snapshot('dst.folketal', 2, ['2026']),
    );
    expect(found[0]?.snapshots.map(({ number, periods }) => [number, periods])).toEqual([
      [1, ['2025']],
      [2, null],
    ]);
  });

  it('is without sources of which nothing has come', () => {
    expect(inputs().map(({ source }) => source)).toEqual([]);
    expect(inputs(snapshot('dst.folketal', 1, ['2026'])).map(({ source }) => source)).toEqual([
      'dst.folketal',
    ]);
  });

  it('is made up where a part of it is', () => {
    const [first] = inputs(
      snapshot('dst.folketal', 1, ['2025'], { synthetic: true }),
      snapshot('dst.folketal', 2, ['2026']),
    );
    expect(first?.synthetic).toBe(true);
    const [replaced] = inputs(
      snapshot('dst.folketal', 1, ['2026'], { synthetic: true }),
      snapshot('dst.folketal', 2, ['2026']),
    );
    expect(replaced?.synthetic).toBe(false);
  });
});

describe('periods of an input', () => {
  it('are those of its parts, each once and in order', () => {
    const snapshots = [
      snapshot('dst.folketal', 1, ['2026', '2025']),
      snapshot('dst.folketal', 2, ['2024', '2026']),
    ];
    const [input] = inputs(...snapshots);
    expect(input && periodsOf(input, snapshots)).toEqual(['2024', '2025', '2026']);
  });
});
