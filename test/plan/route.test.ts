import { describe, expect, it } from 'vitest';
import type { CellTable } from '../../src/catalog/types.ts';
import { planCells } from '../../src/plan/planCells.ts';
import { reasonInWords, routeQuery } from '../../src/plan/route.ts';
import { bound, scopeOf, withPrice } from '../query/support.ts';
import { modelOf } from '../support/definitions.ts';
import { cubeOf, sourceOf } from './support.ts';

const files = withPrice();
const model = modelOf(files);

/** What an edition holds of a source, less what is taken out. */
function table(source: string, without: { state?: string; dimension?: string } = {}): CellTable {
  const { dimensions, states } = planCells(model, cubeOf(model), sourceOf(model, source));
  return {
    source,
    made: '',
    dimensions: dimensions.map(({ column }) => column).filter((column) => column !== without.dimension),
    levelColumns: [],
    periods: ['2026M07'],
    states: states
      .filter(({ state }) => state !== without.state)
      .map(({ state, aggregate, decimals }) => ({ state, aggregate, decimals })),
    parts: [],
  };
}

function routes(typed: Parameters<typeof bound>[0], tables: readonly CellTable[], forced?: 'cells' | 'base') {
  return routeQuery(bound(typed, scopeOf(files)), model, cubeOf(model), tables, forced).map(
    ({ source, kind, reasons }) => [source, kind, reasons.map(reasonInWords)],
  );
}

const all = [table('star.ledighed'), table('dst.folketal')];
const held = ['the cells hold every state and dimension that is asked for'];

describe('the route of each source', () => {
  it('is the cells where they hold what is needed', () => {
    expect(routes({ kpi: 'ledige' }, all)).toEqual([['star.ledighed', 'cells', held]]);
    expect(routes({ kpi: 'ledige_pr_1000' }, all)).toEqual([
      ['dst.folketal', 'cells', held],
      ['star.ledighed', 'cells', held],
    ]);
  });

  it('is settled for the source of a weight too', () => {
    expect(routes({ kpi: 'pris', by: 'region' }, all).map(([source]) => source)).toEqual([
      'dst.folketal',
      'star.ledighed',
    ]);
    expect(routes({ kpi: 'pris', by: 'kommune' }, all).map(([source]) => source)).toEqual(['star.ledighed']);
  });

  it('is the snapshots where that is asked for', () => {
    expect(routes({ kpi: 'ledige' }, all, 'base')).toEqual([
      ['star.ledighed', 'base', ['the base route was asked for']],
    ]);
  });

  it('is the snapshots where the cells lack a state, or a dimension, with every reason', () => {
    expect(routes({ kpi: 'ledige' }, [table('star.ledighed', { dimension: 'koen' })])).toEqual([
      ['star.ledighed', 'base', ['the cells do not keep the dimension koen']],
    ]);
    const state = table('star.ledighed').states[0]?.state ?? '';
    expect(routes({ kpi: 'ledige' }, [table('star.ledighed', { state, dimension: 'koen' })])).toEqual([
      [
        'star.ledighed',
        'base',
        [`the cells do not hold the state ${state}`, 'the cells do not keep the dimension koen'],
      ],
    ]);
  });

  it('is the snapshots though the cells are asked for, where the cells cannot answer', () => {
    expect(routes({ kpi: 'ledige' }, [table('star.ledighed', { dimension: 'koen' })], 'cells')[0]?.[1]).toBe(
      'base',
    );
  });

  it('says of a source that nothing of it has come', () => {
    expect(routes({ kpi: 'ledige_pr_1000' }, [table('star.ledighed')])).toEqual([
      ['dst.folketal', 'cells', ['nothing of this source had been delivered']],
      ['star.ledighed', 'cells', held],
    ]);
  });
});
