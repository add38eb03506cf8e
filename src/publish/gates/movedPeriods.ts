import type { CellPart, EditionManifest } from '../../catalog/types.ts';
import { groupBy } from '../../model/groupBy.ts';
import { partitionOf } from '../../model/periods.ts';
import type { MeasureUse } from '../../query/bound.ts';
import type { Request } from '../../query/request.ts';
import type { Version } from './gate.ts';

/**
 * Of some periods, in order, those whose figures can be others than in the version before: all where definitions,
 * code lists or deliverers are not the same; else those that are made of another period, or of a part of one that
 * was made of something else. The same of the same is the same, and need be neither read nor asked for.
 */
export function movedPeriods(
  before: Version,
  after: Version,
  request: Request,
  periods: readonly string[],
): readonly string[] {
  if (commonFiles(before.manifest) !== commonFiles(after.manifest)) return periods;
  const [then, now] = [before, after].map((version) => version.bind(request).value?.measures);
  if (!then || !now || then.map(({ id }) => id).join('\n') !== now.map(({ id }) => id).join('\n'))
    return periods;
  const isOther = otherParts(before.manifest, after.manifest);
  const moved = new Set(now.flatMap((use, at) => movedBy(then[at] ?? use, use, isOther)));
  return periods.filter((period) => moved.has(period));
}

/** What every figure can stand on, whatever its period. */
function commonFiles({ model, dimensions, presence = [] }: EditionManifest): string {
  const files = [model, ...dimensions.map(({ file }) => file), ...presence.map(({ file }) => file)];
  return files.map(({ sha256 }) => sha256).join();
}

type IsOther = (source: string, period: string | null) => boolean;

function movedBy(before: MeasureUse, after: MeasureUse, isOther: IsOther): readonly string[] {
  const [then, now] = [before, after].map(({ pairs }) => groupBy(pairs, ({ out }) => out));
  const weighing = after.weight?.measure.source ?? null;
  const outs = [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])].filter((out) => {
    const pairs = now?.get(out) ?? [];
    return (
      JSON.stringify(then?.get(out)) !== JSON.stringify(now?.get(out)) ||
      pairs.some(
        ({ source, weight }) =>
          isOther(after.measure.source, source) || (weighing !== null && isOther(weighing, weight)),
      )
    );
  });
  return outs.map((out) => after.askedOf?.[out] ?? out);
}

/** Whether a period of a source lies in a part that is not the same, or not made of the very same snapshots. */
function otherParts(before: EditionManifest, after: EditionManifest): IsOther {
  const [then, now] = [before, after].map(
    ({ tables }) => new Map(tables.map((table) => [table.source, saidOf(table.parts)])),
  );
  return (source, period) => {
    if (period === null) return false;
    const [old, fresh] = [then, now].map((tables) => tables?.get(source)?.get(partitionOf(period)) ?? null);
    // A part of before there was one for each month does not say what it was made of.
    return old !== fresh || old === '';
  };
}

const saidOf = (parts: readonly CellPart[]): ReadonlyMap<string, string> =>
  new Map(
    parts.map(({ partition, made, file }) => [partition, made === undefined ? '' : `${made} ${file.sha256}`]),
  );
