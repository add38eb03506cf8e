import { printExact, printNumber } from '../../model/printNumber.ts';
import { type Rational, rational } from '../../model/rational.ts';
import { type Spread, spreadOf } from '../../model/spread.ts';
import { type Status, statuses } from '../../model/status.ts';
import { unknownMember } from '../../model/types.ts';
import type { Answer, Cell } from '../../query/answer.ts';
import type { TriedKpi } from '../wanted.ts';
import type { Locale } from './locale.ts';
import { printTable } from './table.ts';
import { textWidth } from './width.ts';
import { paragraph } from './wrap.ts';

/** What one KPI comes to, from its formula to how the kommuner lie. `asked` is the kommune, null for the country. */
export function printTried(tried: TriedKpi, asked: string | null, locale: Locale, width: number): string {
  const { kpi, explanation } = tried;
  const section = (title: string, text: string) =>
    text === '' ? '' : `\n${title}\n${'─'.repeat(textWidth(title))}\n${text.trimEnd()}\n`;
  const title = `${kpi.label[locale]} · ${kpi.id} version ${kpi.version}, ${kpi.status} · ${explanation.answer.period}`;
  return [
    `${[title, ...madeUp(tried)].flatMap((text) => paragraph(text, width)).join('\n')}\n`,
    section('Formula', `${explanation.formula}    in ${kpi.unit.text}`),
    section('Components', printComponents(tried, locale, width)),
    section('Rows at each step, whole country', printCounts(tried, locale, width)),
    section(
      'Figure',
      figures(tried, asked, locale)
        .flatMap((text) => paragraph(text, width))
        .join('\n'),
    ),
    section('Kommuner', printSpread(tried, locale, width)),
  ].join('');
}

function madeUp({ madeUp: made, missing, explanation }: TriedKpi): readonly string[] {
  const synthetic = explanation.answer.edition.synthetic;
  return [
    ...(synthetic ? ['SYNTHETIC FIGURES: made up, not about any municipality'] : []),
    ...(made.length > 0
      ? [`No snapshots of ${made.join(', ')}: tried on waiting deliveries, made-up ones where none wait.`]
      : []),
    ...(missing.length > 0 ? [`Nothing at all of ${missing.join(', ')}.`] : []),
  ];
}

/** By the name alone where the component is the KPI's own. */
const shortName = (measure: string, { id }: TriedKpi['kpi']): string =>
  measure.startsWith(`${id}.`) ? measure.slice(id.length + 1) : measure;

function printComponents({ kpi, explanation }: TriedKpi, locale: Locale, width: number): string {
  const { components } = explanation;
  const texts = (header: string, cells: readonly string[], align: 'left' | 'right' = 'left') => ({
    header: [header],
    align,
    cells,
  });
  const value = ({ value: amount, status }: (typeof components)[number]) =>
    amount === null ? statuses[status][locale] : printExact(amount, locale);
  const keys = [
    texts(
      'component',
      components.map(({ measure }) => shortName(measure, kpi)),
    ),
  ];
  const columns = [
    texts(
      'aggregate',
      components.map(({ aggregate }) => aggregate),
    ),
    texts(
      'period',
      components.map(({ period }) => period),
    ),
    texts('value', components.map(value), 'right'),
    texts(
      'unit',
      components.map(({ unit }) => unit),
    ),
    texts(
      'coverage',
      components.map(({ coverage }) => `${coverage.delivered}/${coverage.expected}`),
      'right',
    ),
  ];
  return printTable({ keys, groups: columns.map((column) => [column]), footer: 0 }, width);
}

function printCounts({ kpi, counts }: TriedKpi, locale: Locale, width: number): string {
  const rows = counts.flatMap(({ measure, source, steps }) =>
    steps.length === 0
      ? [[shortName(measure, kpi), `nothing of ${source} in these periods`, '']]
      : steps.map(({ text, rows: count }, at) => [
          at === 0 ? shortName(measure, kpi) : '',
          text,
          printNumber(rational(BigInt(count)), 0, locale),
        ]),
  );
  if (rows.length === 0) return '';
  const column = (header: string, at: number, align: 'left' | 'right' = 'left') => ({
    header: [header],
    align,
    cells: rows.map((row) => row[at] ?? ''),
  });
  const keys = [column('component', 0), column('step', 1)];
  return printTable({ keys, groups: [[column('rows', 2, 'right')]], footer: 0 }, width);
}

function figures(
  { kpi, explanation, national, nationalReason }: TriedKpi,
  asked: string | null,
  locale: Locale,
) {
  const line = (name: string, cell: Cell | undefined) => `${name}: ${cellText(cell, kpi, locale)}`;
  const country = national?.rows[0]?.cells[0];
  return [
    ...(asked === null ? [] : [line(`Kommune ${asked}`, explanation.answer.rows[0]?.cells[0])]),
    country === undefined && nationalReason !== null
      ? `The country: ${nationalReason}`
      : line('The country', country),
  ];
}

function cellText(cell: Cell | undefined, kpi: TriedKpi['kpi'], locale: Locale): string {
  if (cell === undefined) return statuses.not_delivered[locale];
  const { coverage, flags } = cell;
  const figure =
    cell.value === null
      ? statuses[cell.status][locale]
      : `${printNumber(cell.value, kpi.decimals, locale)} ${kpi.unit.text}`;
  const marks = flags.length === 0 ? '' : `, ${flags.join(', ')}`;
  return `${figure} (${cell.status}${marks}; coverage ${coverage.delivered} of ${coverage.expected})`;
}

interface Kommune {
  readonly name: string;
  readonly value: Rational;
}

function printSpread({ kpi, spread }: TriedKpi, locale: Locale, width: number): string {
  if (spread === null) return '';
  const rows = spread.rows.filter(({ members }) => members[0] !== unknownMember);
  const known = rows.flatMap(({ members, cells }): Kommune[] => {
    const value = cells[0]?.value ?? null;
    return value === null ? [] : [{ name: nameOf(spread, members[0] ?? '', locale), value }];
  });
  const found = spreadOf(known, width >= 120 ? 20 : 10);
  return [
    ...paragraph(`${known.length} of ${rows.length} have a figure${withoutFigure(rows, locale)}.`, width),
    ...(found === null ? [] : ['', ...spreadLines(found, kpi.decimals, locale, width)]),
  ].join('\n');
}

const nameOf = ({ levels }: Answer, code: string, locale: Locale): string =>
  levels[0]?.members[code]?.[locale] ?? code;

function withoutFigure(rows: Answer['rows'], locale: Locale): string {
  const counts = new Map<Status, number>();
  for (const { cells } of rows) {
    const status = cells[0]?.status ?? 'not_delivered';
    if (status !== 'ok') counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `, ${count} ${statuses[status][locale]}`).join('');
}

/** More outliers than these are counted. */
const mostOutliers = 12;

function spreadLines(
  { least, quarter, median, threeQuarters, greatest, bins, outliers }: Spread<Kommune>,
  decimals: number,
  locale: Locale,
  width: number,
): readonly string[] {
  const number = (value: Rational) => printNumber(value, decimals, locale);
  const marks = `least ${number(least)}   quarter ${number(quarter)}   median ${number(median)}   three quarters ${number(threeQuarters)}   greatest ${number(greatest)}`;
  const edges = bins.map(({ from, to }) => [number(from), number(to)] as const);
  const room = Math.max(...edges.flat().map(textWidth));
  const most = Math.max(...bins.map(({ count }) => count));
  const counted = String(most).length;
  const free = Math.max(8, Math.min(80, width - 2 * room - counted - 8));
  const bars = bins.map(({ count }, at) => {
    const [from = '', to = ''] = edges[at] ?? [];
    const bar = '█'.repeat(Math.round((count / most) * free)) || (count > 0 ? '▏' : '');
    return `${from.padStart(room)} – ${to.padStart(room)}  ${String(count).padStart(counted)} ${bar}`.trimEnd();
  });
  const furthest = [...outliers].reverse();
  const names = furthest.slice(0, mostOutliers).map(({ name, value }) => `${name} ${number(value)}`);
  const more = furthest.length > mostOutliers ? ` and ${furthest.length - mostOutliers} more` : '';
  const out =
    names.length === 0
      ? 'No outliers.'
      : `Far from the middle half, furthest first: ${names.join(', ')}${more}.`;
  return [...paragraph(marks, width), '', ...bars, '', ...paragraph(out, width)];
}
