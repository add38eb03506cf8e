import { visible } from '../../diagnostics/columns.ts';
import { memberLabel } from '../../ledger/report.ts';
import { roundedParts } from '../../ledger/roundedParts.ts';
import { type Counts, differenceOf, total } from '../../ledger/summary.ts';
import { causeLabel, changeWords } from '../../ledger/words.ts';
import { printNumber, printSigned } from '../../model/printNumber.ts';
import { type Status, statuses } from '../../model/status.ts';
import type { LedgerEntry, LedgerReport } from '../wanted.ts';
import { ledgerWords } from './ledgerWords.ts';
import type { Locale } from './locale.ts';
import { type PrintedColumn, printTable } from './table.ts';
import type { TextColumn } from './text.ts';
import { paragraph, wrap } from './wrap.ts';

export interface LedgerOptions {
  readonly locale: Locale;
  readonly width: number;
  /** Rows of the longest lists. */
  readonly top: number;
}

/** What moved between two editions: the causes, then KPI by KPI, place by place, and what moved furthest. */
export function printLedger(report: LedgerReport, options: LedgerOptions): string {
  const { ledger } = report;
  const { locale, width } = options;
  const said = ledgerWords[locale];
  const title = wrap(
    [
      ledger.label[locale],
      `${ledger.from.id} → ${ledger.to.id}`,
      ...(report.where === null ? [] : [visible(report.where)]),
    ],
    ' · ',
    width,
  );
  const sections = [
    causesOf(report, options),
    kpisOf(report, options),
    moversOf(report, options),
    placesOf(report, options),
    statusesOf(report, options),
    cellsOf(report, options),
  ].filter((text) => text !== '');
  const notes = ledger.notes.flatMap((note) => paragraph(`${said.note}: ${note[locale]}`, width));
  const body = ledger.entries.length === 0 ? [`${said.nothing}\n`] : sections;
  return [
    title.map((line) => `${line}\n`).join(''),
    ...body,
    ...(notes.length === 0 ? [] : [notes.map((line) => `${line}\n`).join('')]),
  ].join('\n');
}

const countColumns = (locale: Locale): readonly TextColumn[] =>
  (['moved', 'new', 'gone', 'status'] as const).map((change) => ({
    header: changeWords[change][locale],
    align: 'right',
  }));

const countTexts = (counts: Counts): readonly string[] =>
  [counts.moved, counts.new, counts.gone, counts.status].map((count) => (count === 0 ? '' : String(count)));

/** A heading over a table. Columns before the first mark give way where room is short; marks part blocks. */
function section(
  heading: string,
  columns: readonly (TextColumn | '|')[],
  rows: readonly (readonly string[])[],
  { width }: LedgerOptions,
  more = '',
): string {
  if (rows.length === 0) return '';
  let at = 0;
  const groups: PrintedColumn[][] = [[]];
  for (const column of columns) {
    if (column === '|') groups.push([]);
    else {
      const place = at++;
      const { header, align = 'left' } = column;
      groups.at(-1)?.push({ header: [header], align, cells: rows.map((row) => row[place] ?? '') });
    }
  }
  const [keys = [], ...others] = groups;
  return `${heading}\n${printTable({ keys, groups: others, footer: 0 }, width)}${more === '' ? '' : `${more}\n`}`;
}

function causesOf({ ledger, summary, level, levels }: LedgerReport, options: LedgerOptions): string {
  const { locale } = options;
  const said = ledgerWords[locale];
  const rows = summary.causes.flatMap(({ cause, counts }) => {
    const found = ledger.causes[cause];
    return found ? [[letterOf(cause), causeLabel(found)[locale], ...countTexts(counts)]] : [];
  });
  const at = (levels[level]?.[locale] ?? level).toLowerCase();
  return section(
    `${said.causes} (${said.countedAt(at)})`,
    [{ header: '' }, { header: said.cause }, '|', ...countColumns(locale)],
    rows,
    options,
  );
}

/** Causes are called A, B, … where there is no room for their names. */
function letterOf(cause: number): string {
  const letter = String.fromCharCode(65 + (cause % 26));
  return cause < 26 ? letter : `${letter}${Math.floor(cause / 26) + 1}`;
}

const figure = (side: LedgerEntry['before'], decimals: number, locale: Locale): string =>
  side === null ? '' : side.value ? printNumber(side.value, decimals, locale) : statuses[side.status].mark;

const difference = (entry: LedgerEntry, decimals: number, locale: Locale): string => {
  const moved = differenceOf(entry);
  return moved === null ? '' : printSigned(moved, decimals, locale);
};

const partsOf = (entry: LedgerEntry, decimals: number, locale: Locale): string =>
  roundedParts(entry, decimals)
    .map(({ cause, value }) => `${letterOf(cause)} ${printSigned(value, decimals, locale)}`)
    .join('  ');

function kpisOf({ ledger, summary }: LedgerReport, options: LedgerOptions): string {
  const { locale } = options;
  const said = ledgerWords[locale];
  const rows = summary.kpis.map(({ column, counts, country }) => {
    const { label, decimals = 0 } = ledger.columns[column] ?? {};
    return [
      label?.[locale] ?? '',
      ...countTexts(counts),
      country?.period ?? '',
      country ? figure(country.after, decimals, locale) : '',
      country ? difference(country, decimals, locale) : '',
      country ? partsOf(country, decimals, locale) : '',
    ];
  });
  const columns = [
    { header: said.kpi },
    '|',
    ...countColumns(locale),
    '|',
    { header: said.country },
    { header: said.now, align: 'right' },
    { header: said.difference, align: 'right' },
    { header: said.ofIt },
  ] as const;
  return section(said.kpis, columns, rows, options);
}

function moversOf({ ledger, summary, ...report }: LedgerReport, options: LedgerOptions): string {
  const { locale } = options;
  const said = ledgerWords[locale];
  const rows = summary.movers.map((entry) => {
    const { label, decimals = 0 } = ledger.columns[entry.column] ?? {};
    const levels = ledger.grids[entry.grid]?.levels ?? [];
    const place = entry.members.map((code, at) => memberLabel(report, levels[at] ?? '', code)[locale]);
    return [
      label?.[locale] ?? '',
      place.join(', '),
      entry.period,
      figure(entry.before, decimals, locale),
      figure(entry.after, decimals, locale),
      difference(entry, decimals, locale),
      partsOf(entry, decimals, locale),
    ];
  });
  const columns = [
    { header: said.kpi },
    { header: said.place },
    '|',
    { header: said.period },
    { header: said.before, align: 'right' },
    { header: said.now, align: 'right' },
    { header: said.difference, align: 'right' },
    '|',
    { header: said.ofIt },
  ] as const;
  return section(said.movers, columns, rows, options);
}

function placesOf({ summary, level, levels, members }: LedgerReport, options: LedgerOptions): string {
  const { locale, top } = options;
  const said = ledgerWords[locale];
  const rows = summary.places
    .slice(0, top)
    .map(({ member, counts, kpis }) => [
      member,
      memberLabel({ members }, level, member)[locale],
      ...countTexts(counts),
      String(kpis),
    ]);
  const columns = [
    { header: '' },
    { header: levels[level]?.[locale] ?? level },
    '|',
    ...countColumns(locale),
    { header: said.kpisTouched, align: 'right' },
  ] as const;
  const left = summary.places.length - rows.length;
  return section(said.places, columns, rows, options, left > 0 ? said.more(left) : '');
}

function statusesOf({ ledger, summary }: LedgerReport, options: LedgerOptions): string {
  const { locale } = options;
  const said = ledgerWords[locale];
  const word = (status: Status | null) => (status === null ? said.none : statuses[status][locale]);
  const rows = summary.statuses.map(({ column, before, after, causes, figures, periods }) => [
    ledger.columns[column]?.label[locale] ?? '',
    `${word(before)} → ${word(after)}`,
    String(figures),
    periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? ''),
    causes.map(letterOf).join(' '),
  ]);
  const columns = [
    { header: said.kpi },
    { header: said.became },
    '|',
    { header: said.figures, align: 'right' },
    { header: said.period },
    { header: said.cause },
  ] as const;
  return section(said.statuses, columns, rows, options);
}

function cellsOf({ ledger, summary }: LedgerReport, options: LedgerOptions): string {
  const { locale } = options;
  const said = ledgerWords[locale];
  const rows = summary.cells
    .filter(({ counts }) => total(counts) > 0)
    .map(({ column, counts }) => [ledger.columns[column]?.id ?? '', ...countTexts(counts)]);
  return section(said.cells, [{ header: said.component }, '|', ...countColumns(locale)], rows, options);
}
