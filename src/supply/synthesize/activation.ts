import { cashMonths } from './cashAssistance.ts';
import { type Dataset, type MonthFigures, sizeOf, toTenths } from './dataset.ts';
import { monthOfYear } from './month.ts';
import { between } from './random.ts';

/** Rates without their parts, as the source publishes them; little happens in July. */
export const activation: Dataset = {
  datasaet: 'activation',
  counts: [],
  months: (release) => cashMonths(release, release.newest, 60),
  figures: (place, month, _release, draw) => {
    const summer = monthOfYear(month) === 7 ? 0.8 : 1;
    const noise = between(0.9, 1.1, draw('activation', place.code, month)) * summer;
    return {
      degree: toTenths(between(9, 25, draw('degree', place.code)) * noise),
      affectedShare: toTenths(between(30, 62, draw('affected', place.code)) * noise),
    };
  },
  country: (figures) => ({
    degree: byPeople(figures, 'degree'),
    affectedShare: byPeople(figures, 'affectedShare'),
  }),
};

function byPeople(figures: MonthFigures, maaletal: string): number {
  const sum = figures.places.reduce(
    (total, { place, figures }) => total + (figures[maaletal] ?? 0) * place.people,
    0,
  );
  return toTenths(sum / sizeOf(figures, 'people'));
}
