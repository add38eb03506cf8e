import { type Dataset, type Figures, percentOf, sizeOf, sumOf } from './dataset.ts';
import { type Month, monthsTo } from './month.ts';
import type { Place } from './place.ts';
import { between, type Draw, wholeBetween } from './random.ts';
import type { Release } from './release.ts';

/** Share of the inhabitants of working age, the denominator of one of the two rates. */
const workingAge = 0.64;

/** Persons are distinct within a kommune; who moves is counted in two, so the country has fewer. */
export const cashAssistance: Dataset = {
  datasaet: 'cashAssistance',
  counts: ['persons', 'fullTime'],
  months: (release) => cashMonths(release, release.newest, 60),
  figures: (place, month, _release, draw) =>
    withRates(
      personsOnCash(place, month, draw),
      fullTimeOnCash(place, month, draw),
      place.people,
      place.workforce,
    ),
  country: (figures, month, draw) => {
    const persons = sumOf(figures, 'persons');
    const counted = persons - Math.max(1, Math.round(persons * 0.0004));
    const fullTime = sumOf(figures, 'fullTime') - wholeBetween(1, 5, draw('rounding', month));
    return withRates(counted, fullTime, sizeOf(figures, 'people'), sizeOf(figures, 'workforce'));
  },
};

function withRates(persons: number, fullTime: number, people: number, workforce: number): Figures {
  return {
    persons,
    fullTime,
    populationRate: percentOf(fullTime, people * workingAge),
    workforceRate: percentOf(fullTime, workforce),
  };
}

/** The last months of a window, in the releases that know cash assistance. */
export function cashMonths(release: Release, newest: Month, count: number): readonly Month[] {
  return release.cashAssistance ? monthsTo(newest, count) : [];
}

export function fullTimeOnCash(place: Place, month: Month, draw: Draw): number {
  const level = place.people * between(0.009, 0.019, draw('cash', place.code));
  return Math.round(level * between(0.97, 1.03, draw('cash', place.code, month)));
}

export function personsOnCash(place: Place, month: Month, draw: Draw): number {
  const each = between(1.02, 1.05, draw('cash persons', place.code, month));
  return Math.ceil(fullTimeOnCash(place, month, draw) * each);
}
