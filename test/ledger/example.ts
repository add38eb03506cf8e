import type { LedgerReport } from '../../src/ledger/report.ts';
import { summarize } from '../../src/ledger/summary.ts';
import type { Cause, Entry, Ledger, LedgerColumn } from '../../src/ledger/types.ts';
import { parseDecimal } from '../../src/model/rational.ts';
import type { Status } from '../../src/model/status.ts';

const column = (
  kind: LedgerColumn['kind'],
  name: string,
  da: string,
  en: string,
  decimals: number,
): LedgerColumn => ({
  kind,
  id: kind === 'cell' ? `star.ledighed/${name}` : `beskaeftigelse.${name}`,
  name,
  label: { da, en },
  unit: decimals === 0 ? 'person' : 'person/1000 borger',
  decimals,
  versions: kind === 'kpi' ? { before: 1, after: 1 } : null,
});

const causes: readonly Cause[] = [
  {
    kind: 'delivery',
    id: 'delivery-2-changed',
    receipt: 2,
    file: 'star_2.csv',
    sender: 'STAR',
    received: '2026-08-19T07:58:44.000Z',
    rows: 'changed',
    sources: [{ source: 'star.ledighed', rows: 3 }],
  },
  {
    kind: 'definition',
    id: 'definition',
    kpis: [{ kpi: 'beskaeftigelse.ledige_pr_1000', before: 1, after: 2, parts: ['kpi'] }],
  },
  {
    kind: 'window',
    id: 'window-new',
    change: 'new',
    sources: [{ source: 'star.ledighed', periods: ['2026M07'], receipts: [2] }],
  },
];

type Said = string | Status | null;

const figureOf = (said: Said): Entry['before'] => {
  if (said === null) return null;
  return /^-?\d/.test(said)
    ? { status: 'ok', value: parseDecimal(said) }
    : { status: said as Status, value: null };
};

/** `[column, grid, period, members, before, after, parts by cause]`; a status has its causes as parts without a number. */
type Line = readonly [
  number,
  number,
  string,
  readonly string[],
  Said,
  Said,
  Readonly<Record<number, string | null>>,
];

const lines: readonly Line[] = [
  // Cells at their grain.
  [0, 3, '2026M06', ['101', '1'], '10', '14', { 0: '4' }],
  [0, 3, '2026M07', ['101', '1'], null, '9', { 2: null }],
  // A KPI: the country, by kommune, and by quarter.
  [1, 0, '2026M05', [], '95', '96', { 0: '1' }],
  [1, 1, '2026M05', ['000'], '95', '96', { 0: '1' }],
  [1, 1, '2026M06', ['000'], '100', '103', { 0: '3' }],
  [1, 1, '2026M07', ['000'], null, '90', { 2: null }],
  [1, 2, '2026M05', ['101'], '30', '31', { 0: '1' }],
  [1, 2, '2026M06', ['101'], '40', '44', { 0: '4' }],
  [1, 2, '2026M06', ['751'], '60', '59', { 0: '-1' }],
  [1, 2, '2026M06', ['851'], '7', 'suppressed', { 0: null }],
  [1, 2, '2026M07', ['101'], null, '38', { 2: null }],
  [1, 2, '2026M07', ['751'], null, '52', { 2: null }],
  [1, 4, '2026K2', ['101'], '35', '37.5', { 0: '2.5' }],
  // Another, moved by two causes at once.
  [2, 1, '2026M06', ['000'], '10.5', '9.25', { 0: '0.75', 1: '-2' }],
  [2, 2, '2026M06', ['101'], '12', '11.1', { 0: '1.1', 1: '-2' }],
  [2, 2, '2026M06', ['751'], 'undefined', 'not_delivered', { 1: null }],
];

export const exampleLedger: Ledger = {
  cube: 'beskaeftigelse',
  label: { da: 'Beskæftigelse <&>', en: 'Employment <&>' },
  from: {
    id: '2026M06-1-aaaaaaaa',
    number: 1,
    publishedAt: '2026-08-19T06:00:00.000Z',
    period: '2026M06',
    builder: '0.1.0',
  },
  to: {
    id: '2026M07-1-bbbbbbbb',
    number: 2,
    publishedAt: '2026-09-19T06:00:00.000Z',
    period: '2026M07',
    builder: '0.1.0',
  },
  hierarchy: 'as-is',
  causes,
  columns: [
    column('cell', 'ledige', 'ledige', 'ledige', 0),
    column('kpi', 'ledige', 'Ledige', 'Unemployed', 0),
    column('kpi', 'ledige_pr_1000', 'Ledige pr. 1.000', 'Unemployed per 1,000', 1),
    column('kpi', 'langtidsledige', 'Langtidsledige', 'Long-term unemployed', 0),
  ],
  grids: [
    { levels: [], time: 'maaned', grain: false },
    { levels: ['land'], time: 'maaned', grain: false },
    { levels: ['kommune'], time: 'maaned', grain: false },
    { levels: ['kommune', 'koen'], time: 'maaned', grain: true },
    { levels: ['kommune'], time: 'kvartal', grain: false },
  ],
  entries: lines.map(([column, grid, period, members, before, after, parts]): Entry => {
    const [then, now] = [figureOf(before), figureOf(after)];
    const change = then?.value ? (now?.value ? 'moved' : 'gone') : now?.value ? 'new' : 'status';
    return {
      column,
      grid,
      period,
      members,
      before: then,
      after: now,
      change,
      parts: Object.entries(parts).flatMap(([cause, value]) =>
        value === null ? [] : [{ cause: Number(cause), value: parseDecimal(value) }],
      ),
      causes: Object.keys(parts).map(Number),
    };
  }),
  notes: [{ da: 'En <bemærkning>.', en: 'A <note>.' }],
};

export function exampleReport(ledger: Ledger = exampleLedger): LedgerReport {
  return {
    ledger,
    summary: summarize(ledger, { level: 'kommune', top: 2 }),
    level: 'kommune',
    where: null,
    levels: { kommune: { da: 'Kommune', en: 'Municipality' }, land: { da: 'Land', en: 'Country' } },
    members: {
      kommune: {
        '101': { da: 'København', en: 'Copenhagen' },
        '751': { da: 'Aarhus', en: 'Aarhus' },
        '851': { da: '<script>alert(1)</script>', en: 'Aalborg' },
      },
      land: { '000': { da: 'Hele landet', en: 'All Denmark' } },
    },
    triangles: [],
  };
}
