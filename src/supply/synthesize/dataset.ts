import type { Month } from './month.ts';
import type { Place } from './place.ts';
import type { Draw } from './random.ts';
import type { Release } from './release.ts';

/** Maaletal to figure, before anything is hidden. Null: there is none, as a rate without a denominator. */
export type Figures = Readonly<Record<string, number | null>>;

export interface PlaceFigures {
  readonly place: Place;
  readonly figures: Figures;
}

/** One month of all areas, from which the national row is made. */
export interface MonthFigures {
  readonly places: readonly PlaceFigures[];
  readonly unknown: Figures | null;
}

/** One value of the column `datasaet`: which months a release holds, and how its figures are made. */
export interface Dataset {
  readonly datasaet: string;
  /** Counts are hidden below 3; the others are rates and stay. */
  readonly counts: readonly string[];
  readonly months: (release: Release) => readonly Month[];
  readonly figures: (place: Place, month: Month, release: Release, draw: Draw) => Figures;
  /** Rows without a kommune code; left out: there are none. */
  readonly unknown?: (month: Month, release: Release, draw: Draw) => Figures;
  /** True where a kommune has no row at all instead of an empty value. */
  readonly absent?: (figures: Figures) => boolean;
  /** The source's own national row, which is never the sum of the rows of the kommuner. */
  readonly country: (figures: MonthFigures, month: Month, draw: Draw) => Figures;
}

/** Over all areas, also the one without a code. */
export function sumOf(figures: MonthFigures, maaletal: string): number {
  const known = figures.places.reduce((sum, place) => sum + (place.figures[maaletal] ?? 0), 0);
  return known + (figures.unknown?.[maaletal] ?? 0);
}

export function sizeOf(figures: MonthFigures, size: 'people' | 'workforce'): number {
  return figures.places.reduce((sum, { place }) => sum + place[size], 0);
}

/** A percentage with one decimal. */
export function percentOf(part: number, whole: number): number {
  return toTenths((part / whole) * 100);
}

export function toTenths(value: number): number {
  return Math.round(value * 10) / 10;
}
