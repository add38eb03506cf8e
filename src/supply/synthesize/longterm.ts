import { type Dataset, type Figures, sumOf } from './dataset.ts';
import { monthsTo } from './month.ts';
import { between, wholeBetween } from './random.ts';
import { finalTotal } from './unemployment.ts';

/** A month later than unemployment. Kommuner with fewer than three have no rows at all that month. */
export const longterm: Dataset = {
  datasaet: 'longterm',
  counts: ['total', 'dagpenge', 'kontanthjaelp'],
  months: (release) => monthsTo(release.newestOfLate, 36),
  figures: (place, month, _release, draw) => {
    const share = between(0.14, 0.22, draw('longterm', place.code));
    const noise = between(0.85, 1.15, draw('longterm', place.code, month));
    const total = Math.round(finalTotal(place, month, draw) * share * noise);
    return inParts(total, Math.round(total * between(0.15, 0.35, draw('longterm part', place.code))));
  },
  unknown: (month, _release, draw) => {
    const total = wholeBetween(2, 16, draw('longterm', '', month));
    return inParts(total, Math.floor(total / 3));
  },
  absent: (figures) => (figures.total ?? 0) < 3,
  country: (figures, month, draw) => {
    const beyond = wholeBetween(2, 6, draw('longterm country', month));
    return inParts(sumOf(figures, 'total') + beyond, sumOf(figures, 'kontanthjaelp') + 1);
  },
};

const inParts = (total: number, kontanthjaelp: number): Figures => ({
  total,
  dagpenge: total - kontanthjaelp,
  kontanthjaelp,
});
