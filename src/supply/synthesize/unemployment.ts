import { type Dataset, type Figures, percentOf, sizeOf, sumOf } from './dataset.ts';
import { type Month, monthOfYear, monthsTo } from './month.ts';
import type { Place } from './place.ts';
import { between, type Draw, wholeBetween } from './random.ts';
import type { Release } from './release.ts';

type Part = 'dagpenge' | 'kontanthjaelp';

/** How likely a revision is to move a figure, by the age of its month; older months keep moving a little. */
const revisedByAge: readonly number[] = [0, 0.5, 0.5, 0.3, 0.25, 0.17, 0.12];
const revisedLater = 0.04;
/** Fewer recipients of cash assistance are moved than of unemployment benefit. */
const revisedShare: Readonly<Record<Part, number>> = { dagpenge: 1, kontanthjaelp: 0.5 };

export const unemployment: Dataset = {
  datasaet: 'unemployment',
  counts: ['total', 'dagpenge', 'kontanthjaelp'],
  months: (release) => monthsTo(release.newest, 60),
  figures: (place, month, release, draw) =>
    withRates((part) => published(series(place, part, draw), month, release, draw), place.workforce),
  unknown: (month, release, draw) =>
    withRates((part) => published(unknownSeries(part), month, release, draw), null),
  country: (figures, month, draw) =>
    withRates(
      (part) => sumOf(figures, part) + wholeBetween(1, 3, draw('country', part, month)),
      sizeOf(figures, 'workforce'),
    ),
};

function withRates(countOf: (part: Part) => number, workforce: number | null): Figures {
  const dagpenge = countOf('dagpenge');
  const kontanthjaelp = countOf('kontanthjaelp');
  const rate = (count: number) => (workforce === null ? null : percentOf(count, workforce));
  return {
    total: dagpenge + kontanthjaelp,
    dagpenge,
    kontanthjaelp,
    totalRate: rate(dagpenge + kontanthjaelp),
    dagpengeRate: rate(dagpenge),
    kontanthjaelpRate: rate(kontanthjaelp),
  };
}

/** A line of months: what it is called in draws, and its usual level. */
interface Series {
  readonly key: string;
  readonly part: Part;
  readonly usual: number;
}

function series(place: Place, part: Part, draw: Draw): Series {
  const unemployed = place.workforce * between(0.02, 0.038, draw('level', place.code));
  const onCashAssistance = between(0.1, 0.22, draw('part', place.code));
  const share = part === 'dagpenge' ? 1 - onCashAssistance : onCashAssistance;
  return { key: place.code, part, usual: unemployed * share };
}

const unknownSeries = (part: Part): Series => ({ key: '', part, usual: part === 'dagpenge' ? 60 : 20 });

/** The newest month comes out about two per cent short, and every later one moves what was said before. */
function published(of: Series, month: Month, release: Release, draw: Draw): number {
  const final = finalCount(of, month, draw);
  if (month === release.newest) {
    return Math.round(final * between(0.97, 0.99, draw('preliminary', of.key, of.part, month)));
  }
  const moved = release.revisions
    .filter((revision) => revision > month)
    .reduce((sum, revision) => sum + movedBy(of, month, revision - month, draw), 0);
  return Math.max(0, final + moved);
}

function movedBy(of: Series, month: Month, age: number, draw: Draw): number {
  const likely = (revisedByAge[age] ?? revisedLater) * revisedShare[of.part];
  if (draw('moved', of.key, of.part, month, age) >= likely) return 0;
  return [-1, -1, 1, 1, 2][wholeBetween(0, 4, draw('by', of.key, of.part, month, age))] ?? 1;
}

/** All unemployed of a kommune once the month is final. */
export function finalTotal(place: Place, month: Month, draw: Draw): number {
  return (
    finalCount(series(place, 'dagpenge', draw), month, draw) +
    finalCount(series(place, 'kontanthjaelp', draw), month, draw)
  );
}

function finalCount(of: Series, month: Month, draw: Draw): number {
  return Math.round(of.usual * season(month) * between(0.94, 1.06, draw('month', of.key, of.part, month)));
}

/** Most in January, least in the summer, on a slow wave over the years. */
function season(month: Month): number {
  const year = Math.cos(((monthOfYear(month) - 1) / 12) * 2 * Math.PI) * 0.06;
  const wave = Math.sin((month / 60) * 2 * Math.PI) * 0.08;
  return 1 + year + wave;
}
