import { printNumber } from '../../model/printNumber.ts';
import { compare } from '../../model/rational.ts';
import { statuses } from '../../model/status.ts';
import type { CubeImpact, Figure, MovedFigures, Mover } from '../wanted.ts';
import type { Locale } from './locale.ts';
import { paragraph } from './wrap.ts';

type Touched = CubeImpact['kpis'][number];

/** What would move, cube by cube and KPI by KPI, in sentences that fit the terminal. */
export function printImpact(cubes: readonly CubeImpact[], locale: Locale, width: number): string {
  const published = cubes.filter(({ edition }) => edition !== null);
  const never = cubes.filter(({ edition }) => edition === null).map(({ cube }) => cube);
  const lines = [
    ...published.flatMap((cube) => cubeLines(cube, locale, width)),
    ...(never.length === 0 ? [] : paragraph(`No edition to compare with: ${never.join(', ')}.`, width)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function cubeLines({ cube, edition, kpis }: CubeImpact, locale: Locale, width: number): readonly string[] {
  const title = `${cube} · against edition ${edition}`;
  if (kpis.length === 0) return [`${title}: nothing is touched`];
  return [
    title,
    '─'.repeat(Math.min(width, title.length)),
    ...kpis.flatMap((kpi) => kpiLines(kpi, locale, width)),
    '',
  ];
}

function kpiLines(touched: Touched, locale: Locale, width: number): readonly string[] {
  const { kpi, change, parts, impact } = touched;
  const what =
    change === 'changed' ? named(parts) : change === 'added' ? 'new in the cube' : 'gone from the cube';
  const head = paragraph(`${kpi}: ${what}`, width);
  if (impact === null) return head;
  if (impact.reason !== null) return [...head, ...indented(impact.reason, width)];
  const said = [
    ...(impact.newest === null ? [] : [movedIn(impact.newest, touched, locale)]),
    ...(impact.all === null || impact.all.period === impact.newest?.period
      ? []
      : [movedIn(impact.all, touched, locale)]),
    ...(impact.national === null
      ? []
      : [`the country: ${step(impact.national.before, impact.national.after, touched, locale)}`]),
  ];
  return [...head, ...said.flatMap((text) => indented(text, width))];
}

/** More parts than these are counted. */
const most = 4;

function named(parts: readonly string[]): string {
  const shown = parts.slice(0, most).join(', ');
  return parts.length > most
    ? `${shown} and ${parts.length - most} more differ`
    : `${shown} ${parts.length === 1 ? 'differs' : 'differ'}`;
}

const indented = (text: string, width: number): readonly string[] =>
  paragraph(text, width - 4).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`);

function movedIn({ period, moved, of, largest }: MovedFigures, touched: Touched, locale: Locale): string {
  const count = `${period}: ${moved} of ${of} figures move`;
  return largest === null
    ? count
    : `${count}, most ${place(largest, period, locale)} ${step(largest.before, largest.after, touched, locale)}`;
}

function place({ label, period }: Mover, within: string, locale: Locale): string {
  return period === within ? label[locale] : `${label[locale]} ${period}`.trim();
}

function step(before: Figure, after: Figure, { decimals, unit }: Touched, locale: Locale): string {
  const text = ({ value, status }: Figure) =>
    value === null ? statuses[status][locale] : printNumber(value, decimals, locale);
  const [then, now] = [text(before), text(after)];
  if (before.value !== null && after.value !== null && compare(before.value, after.value) === 0)
    return `${then} ${unit}, as before`;
  return then === now ? `${then} ${unit}, moved by less than is shown` : `${then} → ${now} ${unit}`;
}
