import { between, type Draw } from './random.ts';

export interface SyntheticKommune {
  readonly code: string;
  readonly name: string;
}

/** A kommune with a made-up number of inhabitants, from which all its levels follow. */
export interface Place extends SyntheticKommune {
  readonly people: number;
  readonly workforce: number;
}

/** Whoever reads the figures expects these first and last; the rest lie in a drawn order between them. */
const largest = ['101', '751', '851', '461'];
const smallest = ['492', '741', '563', '825'];

/** So small that counts of a few persons occur: suppressed cells and absent rows come from here. */
const smallPeople = [2600, 1500, 1100, 600];

/** Inhabitants by rank follow a power law, as towns do. */
export function placesOf(kommuner: readonly SyntheticKommune[], draw: Draw): readonly Place[] {
  const ranked = [...kommuner].sort((a, b) => rankOf(a, draw) - rankOf(b, draw));
  return ranked
    .map((kommune, rank) => {
      const people = peopleAt(rank, ranked.length);
      return {
        ...kommune,
        people,
        workforce: Math.round(people * between(0.46, 0.54, draw('workforce', kommune.code))),
      };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function rankOf(kommune: SyntheticKommune, draw: Draw): number {
  const first = largest.indexOf(kommune.code);
  if (first >= 0) return first;
  const last = smallest.indexOf(kommune.code);
  return last >= 0 ? 1000 + last : 100 + draw('rank', kommune.code);
}

function peopleAt(rank: number, count: number): number {
  const fromTheEnd = smallPeople[rank - (count - smallPeople.length)];
  return fromTheEnd ?? Math.round(620_000 / (rank + 1) ** 0.75);
}
