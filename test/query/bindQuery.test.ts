import { describe, expect, it } from 'vitest';
import { bind, bound, expectRefused } from './support.ts';

describe('bindQuery', () => {
  it('tells all that is wrong, not the first thing only', () => {
    const { value, diagnostics } = bind({
      kpi: 'ledge',
      by: 'regon',
      where: 'komune == "101"',
      period: 'juli',
      hierarchy: 'nu',
      order: 'x',
      top: '0',
    });
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, span }) => [code, span?.file])).toEqual([
      ['unknown-kpi', '--kpi'],
      ['unknown-level', '--by'],
      ['unknown-level', '--where'],
      ['bad-hierarchy', '--hierarchy'],
      ['bad-period', '--period'],
      ['unknown-kpi', '--order'],
      ['bad-top', '--top'],
    ]);
  });

  it('tells of every figure that cannot come to the grain, not the first one only', () => {
    const { diagnostics } = bind({ kpi: 'folketal,ledige_pr_1000', by: 'koen', period: '2026' });
    expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([
      ['not-sliceable', 0],
      ['not-sliceable', 9],
    ]);
  });

  it('orders by a figure that is asked for, upwards or downwards', () => {
    expect(bound({ kpi: 'ledige,folketal', period: '2026', order: 'folketal' }).order).toEqual({
      column: 1,
      descending: false,
    });
    expect(bound({ kpi: 'ledige', order: '-ledige' }).order).toEqual({ column: 0, descending: true });
  });

  it('orders by nothing else', () => {
    expect(expectRefused('unknown-kpi', { kpi: 'ledige', order: '⟦-ledge⟧' }).hint).toBe(
      'did you mean "ledige"?',
    );
  });

  it.each(['⟦0⟧', '⟦-3⟧', '⟦1.5⟧', '⟦NaN⟧'])(
    'takes whole numbers from 1 as number of rows, and not %s',
    (top) => {
      expectRefused('bad-top', { kpi: 'ledige', top });
    },
  );
});
