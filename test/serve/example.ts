import type { World, WorldKpi, WorldMember, WorldRow } from '../support/world.ts';

/**
 * A country of four kommuner and Christiansø, of which nobody expects a word; two regions become one in
 * 2027. Unemployment comes by month and sex with the source's own total, population once a year.
 */
export function exampleWorld(changes: Partial<Parts> = {}): World {
  const { ledige, folketal, kpis } = { ...parts, ...changes };
  return {
    classifications: [
      { id: 'kommune', members: kommuner },
      {
        id: 'region',
        members: ['081', '082', '084', '085', '086'].map((code) => ({
          code,
          parents: { land: [{ code: '000' }] },
        })),
      },
      { id: 'land', members: [{ code: '000' }] },
      { id: 'koen', members: [{ code: '1' }, { code: '2' }] },
    ],
    dimensions: [
      { id: 'kommune', hierarchies: { geografi: ['kommune', 'region', 'land'] } },
      { id: 'koen', hierarchies: { koen: ['koen'] } },
    ],
    sources: [
      {
        id: 'test.ledige',
        frequency: 'M',
        codes: [
          { dimension: 'kommune', levels: ['kommune', 'land'], expect: 'all' },
          { dimension: 'koen', levels: ['koen'], expect: 'delivered' },
        ],
        numbers: [{ name: 'antal', decimals: 0 }],
        rows: ledige,
      },
      {
        id: 'test.folketal',
        frequency: 'Å_Primo',
        codes: [{ dimension: 'kommune', levels: ['kommune'], expect: 'all' }],
        numbers: [{ name: 'personer', decimals: 0 }],
        rows: folketal,
      },
    ],
    kpis,
    cube: { dimensions: ['kommune', 'koen'], waitFor: 'test.ledige' },
  };
}

interface Parts {
  readonly ledige: readonly WorldRow[];
  readonly folketal: readonly WorldRow[];
  readonly kpis: readonly WorldKpi[];
}

const until2027 = (before: string, after: string) => ({
  region: [
    { code: before, to: '2026-12-31' },
    { code: after, from: '2027-01-01' },
  ],
});

const kommuner: readonly WorldMember[] = [
  { code: '101', parents: until2027('084', '086') },
  { code: '259', parents: until2027('085', '086') },
  { code: '411', expected: false, parents: until2027('084', '086') },
  { code: '751', parents: { region: [{ code: '082' }] } },
  { code: '851', parents: { region: [{ code: '081' }] } },
];

type Amount = bigint | 'suppressed' | 'not_applicable' | 'not_delivered';

/** A row of unemployment: `ledig('2026M01', '101', '1', 10n)`; the area `000` is the source's own total. */
export function ledig(period: string, area: string, koen: string, antal: Amount): WorldRow {
  const level = area === '000' ? 'land' : 'kommune';
  return {
    period,
    slags: 'x',
    codes: { kommune: { level, code: area }, koen: { level: 'koen', code: koen } },
    values: { antal },
  };
}

export function borgere(year: string, area: string, personer: Amount): WorldRow {
  return {
    period: year,
    slags: 'x',
    codes: { kommune: { level: 'kommune', code: area } },
    values: { personer },
  };
}

/** Men 10, 20, 30, 40 and women one more in January; each month one more. */
export const alleLedige: readonly WorldRow[] = ['2026M01', '2026M02', '2026M03'].flatMap((period, month) =>
  ['101', '259', '751', '851'].flatMap((area, at) => [
    ledig(period, area, '1', BigInt(10 * (at + 1) + month)),
    ledig(period, area, '2', BigInt(10 * (at + 1) + 1 + month)),
  ]),
);

export const alleBorgere: readonly WorldRow[] = ['101', '259', '751', '851'].map((area, at) =>
  borgere('2026', area, BigInt(1000 * (at + 1))),
);

const requireAll: WorldKpi['missing'] = { parts: 'require_all', operand: 'require_all' };

const measure = (name: string, overTime: 'mean' | 'none', over: Record<string, 'none'> = {}) =>
  ({
    name,
    source: 'test.ledige',
    aggregate: 'sum',
    column: 'antal',
    unit: 'person',
    over,
    overTime,
  }) as const;

export const ledige: WorldKpi = {
  name: 'ledige',
  unit: 'person',
  formula: { kind: 'measure', name: 'ledige' },
  measures: [measure('ledige', 'mean')],
  missing: requireAll,
};

/** Persons who move are counted twice, so kommuner do not add. */
export const personer: WorldKpi = {
  ...ledige,
  name: 'personer',
  formula: { kind: 'measure', name: 'personer' },
  measures: [measure('personer', 'none', { kommune: 'none' })],
};

export const andel: WorldKpi = {
  name: 'andel',
  unit: 'person/1000 borger',
  formula: {
    kind: '/',
    left: { kind: 'measure', name: 'ledige' },
    right: { kind: 'measure', name: 'folketal' },
  },
  measures: [
    measure('ledige', 'mean'),
    {
      name: 'folketal',
      source: 'test.folketal',
      aggregate: 'sum',
      column: 'personer',
      unit: 'borger',
      overTime: 'last',
      period: 'Å_Primo',
    },
  ],
  missing: requireAll,
};

const parts: Parts = { ledige: alleLedige, folketal: alleBorgere, kpis: [ledige, personer, andel] };
