import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundedParts } from '../../src/ledger/roundedParts.ts';
import { differenceOf, summarize } from '../../src/ledger/summary.ts';
import type { Entry } from '../../src/ledger/types.ts';
import { add, compare, rational, rounded, subtract, toPlain, zero } from '../../src/model/rational.ts';
import { exampleLedger } from './example.ts';

const summary = summarize(exampleLedger, { level: 'kommune', top: 2 });
const nameOf = (column: number) => exampleLedger.columns[column]?.name;

// What is expected is counted by hand in the lines of the example.
describe('a summary of a ledger', () => {
  it('counts figures once, at the level that is named and by the finest period, of KPIs that moved', () => {
    expect(summary.kpis.map(({ column, counts }) => [nameOf(column), counts])).toEqual([
      ['ledige', { moved: 3, new: 2, gone: 1, status: 0 }],
      ['ledige_pr_1000', { moved: 1, new: 0, gone: 0, status: 1 }],
    ]);
  });

  it('shows the country in the newest period that moved, what could not be placed not in it', () => {
    expect(
      summary.kpis.map(
        ({ country }) => country && [country.period, toPlain(country.after?.value ?? zero, 2)],
      ),
    ).toEqual([
      ['2026M06', '103'],
      ['2026M06', '9.25'],
    ]);
  });

  it('counts places, those with most first, and what each cause has a part in', () => {
    expect(
      summary.places.map(({ member, counts, kpis }) => [member, ...Object.values(counts), kpis]),
    ).toEqual([
      ['101', 3, 1, 0, 0, 2],
      ['751', 1, 1, 0, 1, 2],
      ['851', 0, 0, 1, 0, 1],
    ]);
    expect(summary.causes.map(({ counts, kpis }) => [...Object.values(counts), kpis])).toEqual([
      [4, 0, 1, 0, 2],
      [1, 0, 0, 1, 1],
      [0, 2, 0, 0, 1],
    ]);
  });

  it('has of each KPI those that moved furthest, whichever way', () => {
    expect(
      summary.movers.map((entry) => [
        nameOf(entry.column),
        entry.members.join(),
        entry.period,
        toPlain(differenceOf(entry) ?? zero, 2),
      ]),
    ).toEqual([
      ['ledige', '101', '2026M06', '4'],
      ['ledige', '101', '2026M05', '1'],
      ['ledige_pr_1000', '101', '2026M06', '-0.9'],
    ]);
  });

  it('groups what came, went and changed its status, and sums none of it', () => {
    expect(
      summary.statuses.map(({ column, before, after, figures, periods, causes }) =>
        [nameOf(column), before, after, figures, ...periods, ...causes].join(' '),
      ),
    ).toEqual([
      'ledige ok suppressed 1 2026M06 0',
      'ledige  ok 2 2026M07 2',
      'ledige_pr_1000 undefined not_delivered 1 2026M06 1',
    ]);
  });

  it('tells the cells as they are stored by themselves', () => {
    expect(summary.cells).toEqual([{ column: 0, counts: { moved: 1, new: 1, gone: 0, status: 0 } }]);
  });

  it('counts a KPI that has no such level at its grain', () => {
    const { kpis } = summarize(
      {
        ...exampleLedger,
        entries: exampleLedger.entries.map((entry) =>
          entry.column === 1 && entry.grid === 2
            ? { ...entry, grid: 3, members: [...entry.members, '1'] }
            : entry,
        ),
      },
      { level: 'kommune', top: 1 },
    );
    expect(kpis[0]?.counts).toEqual({ moved: 3, new: 2, gone: 1, status: 0 });
  });
});

describe('parts as they are shown', () => {
  const fraction = fc
    .tuple(fc.bigInt({ min: -1000n, max: 1000n }), fc.bigInt({ min: 1n, max: 60n }))
    .map(([a, b]) => rational(a, b));

  it('add up to the difference as it is shown, however they are rounded', () => {
    fc.assert(
      fc.property(
        fc.array(fraction, { minLength: 1, maxLength: 6 }),
        fraction,
        fc.nat(3),
        (parts, before, decimals) => {
          const after = parts.reduce(add, before);
          const entry: Entry = {
            column: 0,
            grid: 0,
            period: '2026M01',
            members: [],
            before: { status: 'ok', value: before },
            after: { status: 'ok', value: after },
            change: 'moved',
            parts: parts.map((value, cause) => ({ cause, value })),
            causes: parts.map((_, cause) => cause),
          };
          const sum = roundedParts(entry, decimals)
            .map(({ value }) => value)
            .reduce(add, zero);
          expect(compare(sum, rounded(subtract(after, before), decimals))).toBe(0);
        },
      ),
    );
  });
});
