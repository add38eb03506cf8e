import { levelOfFrequency, nests, type TimeLevel, timeLevels } from '../model/periods.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { AskedColumn } from './columns.ts';
import type { Grid, LedgerQuestion } from './types.ts';

/**
 * Where a figure is looked at: the country, every level of every dimension by itself, and the grain, which is
 * the finest level of all its dimensions; and what was asked for beside. By its own periods, and by the
 * longer ones that readers ask for.
 */
export function gridsOf(
  { dimensions, periodSources }: AskedColumn,
  from: OpenEdition,
  to: OpenEdition,
  { by = [], usual = true, only = null }: Pick<LedgerQuestion, 'by' | 'usual' | 'only'>,
): Grid[] {
  const askable = dimensions.map((id) => levelsOf(id, from, to));
  const groups = new Set(dimensions.flatMap((id) => to.model.dimensions[id]?.groups ?? []));
  const levels = askable.map((each) => each.filter((level) => !groups.has(level)));
  const grain = dimensions.flatMap((id) => to.model.dimensions[id]?.leaf ?? []);
  const canBe = (names: readonly string[]) =>
    names.every((name) => askable.some((each) => each.includes(name)));
  const all = [[], ...levels.flatMap((each) => each.map((level) => [level])), grain];
  const last = only?.at(-1);
  const few = only && [...only.filter(canBe), ...(last && canBe(last) ? [] : [grain])];
  const sets = [...(few ?? (usual ? all : [])), ...by.filter(canBe)];
  const seen = new Set<string>();
  const different = sets.filter((set) => {
    const key = JSON.stringify(set);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const times = timesOf(periodSources, from, to);
  return (only === null ? times : times.slice(0, 1)).flatMap((time, at) =>
    different.map((set) => ({
      levels: set,
      time,
      grain:
        at === 0 && set.length === grain.length && set.every((level, position) => level === grain[position]),
    })),
  );
}

/** Levels that a dimension has in both editions; groups, of which a member may be in several, are asked for by name. */
function levelsOf(id: string, from: OpenEdition, to: OpenEdition): readonly string[] {
  const [then, now] = [from, to].map(({ model }) => {
    const dimension = model.dimensions[id];
    return dimension ? [...dimension.levels, ...(dimension.groups ?? [])] : [];
  });
  return (now ?? []).filter((level) => then?.includes(level));
}

/** Longer periods in which people compare. */
const longer: readonly TimeLevel[] = ['kvartal', 'aar'];

/** The finest among the sources' own, and those longer ones that hold whole ones of it. */
function timesOf(sources: readonly string[], from: OpenEdition, to: OpenEdition): readonly TimeLevel[] {
  const own = sources.flatMap((id) => {
    const source = to.model.sources[id] ?? from.model.sources[id];
    return source ? [levelOfFrequency[source.frequency]] : [];
  });
  const finest = timeLevels.find((level) => own.includes(level));
  if (finest === undefined) return [];
  return [finest, ...longer.filter((level) => level !== finest && nests(finest, level))];
}
