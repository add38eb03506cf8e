import { type PlaceKind, placeKinds } from './curves.ts';
import { population2026 } from './population.ts';

/** A kommune of the made-up country. */
export interface Place {
  readonly code: string;
  readonly kind: PlaceKind;
  /** Of the real kommune, 1 January 2026. */
  readonly real: number;
  /** The same times the scale, rounded: those who live there on the reference day. */
  readonly persons: number;
  /** The same unrounded, for what goes by size. */
  readonly inhabitants: number;
}

/** `kommuner` is code and kommunegruppe of those that deliveries are expected to hold. */
export function placesOf(
  kommuner: readonly { readonly code: string; readonly group: string }[],
  scale: number,
): readonly Place[] {
  return kommuner.flatMap(({ code, group }) => {
    const real = population2026[code];
    if (real === undefined) return [];
    const inhabitants = real * scale;
    return [{ code, kind: kindOf(group), real, persons: Math.round(inhabitants), inhabitants }];
  });
}

/** Statistics Denmark's five groups: 1 capital, 2 other large cities, 3 towns, 4 and 5 the country. */
function kindOf(group: string): PlaceKind {
  if (group === '1' || group === '2') return placeKinds[0];
  return group === '3' ? placeKinds[1] : placeKinds[2];
}
