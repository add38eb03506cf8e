import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger, LedgerFigure } from '../../src/ledger/types.ts';
import { toPlain } from '../../src/model/rational.ts';
import {
  type Country,
  type CountryRow,
  type LedgerHarness,
  openLedgerHarness,
} from '../support/ledgerCountry.ts';

let harness: LedgerHarness;
beforeAll(async () => {
  harness = await openLedgerHarness();
});
afterAll(() => harness.close());

const row = (kommune: string, number: bigint | null, period = '2026M01', koen = '1'): CountryRow => ({
  period,
  kommune,
  koen,
  number,
});

const people = {
  receipt: 1,
  source: 'test.folk',
  rows: [row('101', 100n), row('147', 100n), row('400', 200n)],
} as const;
const things = {
  receipt: 2,
  source: 'test.ting',
  rows: [row('101', 10n), row('147', 20n), row('400', 40n)],
} as const;

const first: Country = {
  regions: { '101': '081', '147': '081', '400': '082' },
  factor: 1,
  prices: { edition: '2025-06-30', rate: 10 },
  deliveries: [people, things],
};

const figure = (value: LedgerFigure | null): string =>
  value === null ? 'nothing' : value.value === null ? value.status : toPlain(value.value, 3);

/** The country and the regions. */
const places = { by: [[], ['region']], usual: false };

/** Entries of one KPI at one level by month, a line each. */
function told(ledger: Ledger, kpi: string, levels: readonly string[], kind = 'kpi'): string[] {
  return ledger.entries.flatMap(({ column, grid, members, period, before, after, change, parts, causes }) => {
    const own = ledger.columns[column];
    const at = ledger.grids[grid];
    if (
      own?.name !== kpi ||
      own.kind !== kind ||
      at?.levels.join() !== levels.join() ||
      /^\d{4}(K\d)?$/.test(period)
    )
      return [];
    const why =
      change === 'moved'
        ? parts.map(({ cause, value }) => `${ledger.causes[cause]?.id} ${toPlain(value, 3)}`)
        : causes.map((cause) => `by ${ledger.causes[cause]?.id}`);
    return [
      `${[period, ...members].join(' ')}: ${figure(before)} -> ${figure(after)} ${change}: ${why.join(', ')}`,
    ];
  });
}

describe('a delivery, a code list, rates, a definition and the window in one month', () => {
  const second: Country = {
    regions: { '101': '081', '147': '082', '400': '082' },
    factor: 2,
    prices: { edition: '2026-06-30', rate: 20 },
    deliveries: [
      people,
      things,
      {
        receipt: 3,
        source: 'test.ting',
        rows: [row('101', 13n), row('147', 20n), row('101', 5n, '2026M01', '2'), row('101', 1n, '2026M02')],
      },
    ],
  };

  it('are as many causes, and every figure is split by them exactly', async () => {
    const ledger = await harness.ledger(first, second, places);
    expect(ledger.causes.slice(0, 7).map(({ id }) => id)).toEqual([
      'delivery-3-removed',
      'delivery-3-changed',
      'delivery-3-added',
      'structure',
      'prices',
      'definition',
      'window-new',
    ]);
    expect(told(ledger, 'antal', [])).toEqual([
      '2026M01: 70 -> 76 moved: delivery-3-removed -40, delivery-3-changed 3, delivery-3-added 5, definition 38',
      '2026M02: not_delivered -> 2 new: by window-new',
    ]);
    expect(told(ledger, 'antal', ['region'])).toEqual([
      '2026M01 081: 30 -> 36 moved: delivery-3-changed 3, delivery-3-added 5, structure -20, definition 18',
      '2026M02 081: not_delivered -> 2 new: by window-new',
    ]);
    expect(told(ledger, 'kroner', [])).toEqual([
      '2026M01: 77 -> 45.6 moved: delivery-3-removed -44, delivery-3-changed 3.3, delivery-3-added 5.5, prices 3.8',
      '2026M02: not_delivered -> 1.2 new: by window-new',
    ]);
  });

  it('say who brought what, and what of a KPI is not the same', async () => {
    const { causes } = await harness.ledger(first, second, { figures: false });
    expect(causes[0]).toMatchObject({
      kind: 'delivery',
      receipt: 3,
      file: 'delivery-3.csv',
      sender: 'test',
      rows: 'removed',
      sources: [{ source: 'test.ting', rows: 1 }],
    });
    expect(causes[3]).toMatchObject({ kind: 'structure', classifications: ['kommune'] });
    expect(causes[4]).toMatchObject({
      prices: [{ index: 'pl', before: ['2025-06-30'], after: ['2026-06-30'] }],
    });
    expect(causes[5]).toMatchObject({
      kpis: [
        { kpi: 'test.antal', before: 1, after: 2 },
        { kpi: 'test.andel', before: 1, after: 2 },
      ],
    });
    expect(causes[6]).toMatchObject({
      change: 'new',
      sources: [{ source: 'test.ting', periods: ['2026M02'], receipts: [3] }],
    });
  });

  it('take rows of a delivery together where that is asked for', async () => {
    const ledger = await harness.ledger(first, second, { ...places, rows: false });
    expect(told(ledger, 'antal', [])[0]).toBe('2026M01: 70 -> 76 moved: delivery-3 -32, definition 38');
  });

  it('are the same backwards, as the rule says it of that way', async () => {
    const ledger = await harness.ledger(second, first, places);
    const [line = ''] = told(ledger, 'antal', []);
    expect(line).toMatch(/^2026M01: 76 -> 70 moved: /);
    expect(ledger.causes.map(({ id }) => id)).toContain('window-gone');
  });
});

describe('what cannot be compared', () => {
  it('is one joint cause where rows came under a contract with other columns', async () => {
    const revised = {
      receipt: 3,
      source: 'test.ting',
      rows: [row('101', 11n), row('147', 20n), row('400', 40n)],
    } as const;
    const ledger = await harness.ledger(
      first,
      {
        ...first,
        column: 'styk',
        deliveries: [people, { ...things, column: 'antal' }, { ...revised, column: 'styk' }],
      },
      places,
    );
    expect(ledger.causes).toMatchObject([
      {
        kind: 'joint',
        id: 'delivery-3+definition',
        reason: 'The contract of test.ting has other columns than some of its rows.',
      },
    ]);
    expect(told(ledger, 'antal', [])).toEqual(['2026M01: 70 -> 71 moved: delivery-3+definition 1']);
  });

  it('are KPIs that only one edition has: their figures come and go with the definition', async () => {
    const less: Country = { ...first, kpis: ['antal'] };
    const ledger = await harness.ledger(less, { ...first, kpis: ['kroner'] }, places);
    expect(told(ledger, 'kroner', [])).toEqual(['2026M01: nothing -> 77 new: by definition']);
    expect(told(ledger, 'antal', [])).toEqual(['2026M01: 70 -> nothing gone: by definition']);
  });

  it('is not a measure that got another name, nor cells of other dimensions', async () => {
    const named = await harness.ledger(first, { ...first, measure: 'sager' }, places);
    expect(named.entries.filter(({ column }) => named.columns[column]?.kind !== 'cell')).toEqual([]);
    const ledger = await harness.ledger({ ...first, dimensions: ['kommune'] }, first, places);
    expect(ledger.entries).toEqual([]);
    expect(ledger.notes.map(({ en }) => en)).toEqual([
      'The cells of test.folk stand at other dimensions than before, so only figures are compared.',
      'The cells of test.ting stand at other dimensions than before, so only figures are compared.',
    ]);
  });

  it('is nothing where the editions say the same', async () => {
    const ledger = await harness.ledger(first, first, places);
    expect(ledger.entries).toEqual([]);
  });
});

describe('cells', () => {
  it('are split like figures, and come and go with their rows', async () => {
    const later = [row('101', 12n), row('147', null), row('400', 40n, '2026M01', '2')];
    const deliveries = [people, things, { receipt: 3, source: 'test.ting', rows: later } as const];
    const ledger = await harness.ledger(first, { ...first, deliveries }, { figures: false });
    expect(told(ledger, 'antal', ['kommune', 'koen'], 'cell')).toEqual([
      '2026M01 101 1: 10 -> 12 moved: delivery-3-changed 2',
      '2026M01 147 1: 20 -> suppressed gone: by delivery-3-changed',
      '2026M01 400 1: 40 -> nothing gone: by delivery-3-removed',
      '2026M01 400 2: nothing -> 40 new: by delivery-3-added',
    ]);
  });
});

describe('a source that only one edition has', () => {
  const level = ['kommune', 'koen'];
  const cellsOf = (ledger: Ledger, source: string) =>
    ledger.columns
      .filter(({ kind, id }) => kind === 'cell' && id.startsWith(`${source}/`))
      .flatMap(({ name }) => told(ledger, name, level, 'cell'));
  const share = (ledger: Ledger) => told(ledger, 'andel', []);

  it('comes with the definition that reads it, and goes with it', async () => {
    const without: Country = { ...first, kpis: ['antal'] };
    const added = await harness.ledger(without, first, places);
    expect(added.causes.map(({ id }) => id)).toEqual(['definition']);
    expect(cellsOf(added, 'test.folk')).toEqual([
      '2026M01 101 1: nothing -> 100 new: by definition',
      '2026M01 147 1: nothing -> 100 new: by definition',
      '2026M01 400 1: nothing -> 200 new: by definition',
    ]);
    expect(share(added).map((line) => line.replace(/-> .* new/, 'new'))).toEqual([
      '2026M01: nothing new: by definition',
    ]);
    const gone = await harness.ledger(first, without, places);
    expect(cellsOf(gone, 'test.folk').every((line) => line.endsWith('-> nothing gone: by definition'))).toBe(
      true,
    );
    expect(share(gone).map((line) => line.replace(/: .* ->/, ': ->'))).toEqual([
      '2026M01: -> nothing gone: by definition',
    ]);
  });

  it('comes with its first periods where the cube waited for it, and goes with its last', async () => {
    const waiting: Country = { ...first, deliveries: [things] };
    const came = await harness.ledger(waiting, first, places);
    expect(came.causes.map(({ id }) => id)).toEqual(['window-new']);
    expect(cellsOf(came, 'test.folk')).toHaveLength(3);
    expect(share(came).map((line) => line.replace(/-> .* new/, '-> new'))).toEqual([
      '2026M01: not_delivered -> new: by window-new',
    ]);
    const went = await harness.ledger(first, waiting, places);
    expect(went.causes.map(({ id }) => id)).toEqual(['window-gone']);
    expect(share(went).map((line) => line.replace(/: .* ->/, ': ->'))).toEqual([
      '2026M01: -> not_delivered gone: by window-gone',
    ]);
  });
});
