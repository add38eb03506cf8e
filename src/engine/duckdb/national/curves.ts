/**
 * Smooth curves in place of tables: how many there are of each age, and how many die, move and migrate. They
 * are written by hand so that the sums come out near the public national figures (6.0 million persons, 57,000
 * births and 57,000 deaths a year, 5 % over 80), and no table of anybody's is behind them.
 */
export const ages = Array.from({ length: 106 }, (_, age) => age);

/** Kinds of place: the larger the towns, the more young adults. */
export const placeKinds = ['city', 'town', 'country'] as const;
export type PlaceKind = (typeof placeKinds)[number];

const hill = (age: number, top: number, width: number): number => Math.exp(-(((age - top) / width) ** 2) / 2);

const youngAdults: Readonly<Record<PlaceKind, number>> = { city: 0.75, town: 0.3, country: 0.05 };

/** Men die earlier, so the curve ends earlier for them. */
const lastAges = { 1: 81, 2: 84.5 } as const;

/** Relative number of persons of an age. */
export function personsAt(age: number, sex: 1 | 2, kind: PlaceKind): number {
  const born = 0.8 + youngAdults[kind] * hill(age, 27, 6) + 0.28 * hill(age, 56, 10) + 0.1 * hill(age, 14, 6);
  return born / (1 + Math.exp((age - lastAges[sex]) / 5));
}

/** Deaths a year at an age (Gompertz); also as `hazard * exp(growth * age)` in SQL. */
export const hazard = { 1: 0.000046, 2: 0.000032 } as const;
export const hazardGrowth = 0.092;

/** Relative number of deaths at an age. */
export const deathsAt = (age: number, sex: 1 | 2): number =>
  personsAt(age, sex, 'town') * hazard[sex] * Math.exp(hazardGrowth * age);

/** Relative number of those who come to or leave the country at an age. */
export const migrantsAt = (age: number): number => 0.12 + hill(age, 26, 6) + 0.15 * hill(age, 4, 4);

/** Per inhabitant and year. */
export const yearly = { births: 0.0097, deaths: 0.0096, immigrants: 0.0135, emigrants: 0.0115 } as const;

export const quantiles = 4096;

/** The age at each of `quantiles` equal parts of a distribution. */
export function ageAtQuantiles(weight: (age: number) => number): readonly number[] {
  const total = ages.reduce((sum, age) => sum + weight(age), 0);
  const found: number[] = [];
  let reached = 0;
  for (const age of ages) {
    reached += weight(age);
    const upTo = age === ages.length - 1 ? quantiles : Math.round((reached / total) * quantiles);
    while (found.length < upTo) found.push(age);
  }
  return found;
}
