import { cashMonths, personsOnCash } from './cashAssistance.ts';
import { type Dataset, percentOf, sumOf } from './dataset.ts';
import { between } from './random.ts';

/** A month later than the other tables of cash assistance. */
export const ordinaryHours: Dataset = {
  datasaet: 'ordinaryHours',
  counts: ['persons'],
  months: (release) => cashMonths(release, release.newestOfLate, 60),
  figures: (place, month, _release, draw) => {
    const usual = between(0.05, 0.15, draw('hours', place.code));
    const whole = personsOnCash(place, month, draw);
    const persons = Math.round(whole * usual * between(0.9, 1.1, draw('hours', place.code, month)));
    return { persons, share: percentOf(persons, whole) };
  },
  country: (figures, month, draw) => {
    const persons = sumOf(figures, 'persons');
    const whole = figures.places.reduce((sum, { place }) => sum + personsOnCash(place, month, draw), 0);
    return { persons: persons + 2, share: percentOf(persons, whole) };
  },
};
