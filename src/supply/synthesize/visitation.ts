import { cashMonths, fullTimeOnCash } from './cashAssistance.ts';
import { type Dataset, sumOf } from './dataset.ts';
import { between } from './random.ts';

/** Group to its share of the full-time persons; the last ones are hidden in many kommuner. */
const groups: readonly (readonly [string, number])[] = [
  ['Aktivitetsparat', 0.66],
  ['Jobparat', 0.2],
  ['Uddannelsesparat', 0.11],
  ['Uoplyst', 0.022],
  ['Åbenlys uddannelsesparat', 0.008],
];

/** The newest month alone, one value of `datasaet` for each group. */
export const visitation: readonly Dataset[] = groups.map(([group, share]) => ({
  datasaet: `cashVisitation:${group}`,
  counts: ['fullTime'],
  months: (release) => cashMonths(release, release.newest, 1),
  figures: (place, month, _release, draw) => ({
    fullTime: Math.round(
      fullTimeOnCash(place, month, draw) * share * between(0.7, 1.3, draw(group, place.code)),
    ),
  }),
  country: (figures) => ({ fullTime: sumOf(figures, 'fullTime') + 2 }),
}));
