import { cashMonths, personsOnCash } from './cashAssistance.ts';
import { type Dataset, sumOf } from './dataset.ts';
import { between } from './random.ts';

/** Type of offer, share of the persons in it, courses for each of them. */
const types: readonly (readonly [string, number, number])[] = [
  ['Løntilskud', 0.017, 1.01],
  ['Nytteindsats', 0.019, 1.05],
  ['Særligt tilrettelagt nytteindsats', 0.015, 1.03],
  ['Vejledning og opkvalificering', 0.34, 1.19],
  ['Virksomhedspraktik', 0.12, 1.04],
];

/** The newest month alone. Persons are distinct, so that the country has fewer than its kommuner. */
export const offers: readonly Dataset[] = types.map(([type, share, courses]) => ({
  datasaet: `offers:${type}`,
  counts: ['activated', 'courses'],
  months: (release) => cashMonths(release, release.newest, 1),
  figures: (place, month, _release, draw) => {
    const use = between(0.2, 1.8, draw(type, place.code));
    const activated = Math.round(personsOnCash(place, month, draw) * share * use);
    return { activated, courses: Math.round(activated * courses) };
  },
  country: (figures) => {
    const activated = sumOf(figures, 'activated');
    return { activated: activated - Math.round(activated * 0.004), courses: sumOf(figures, 'courses') + 2 };
  },
}));
