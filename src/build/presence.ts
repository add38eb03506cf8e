import { canonicalBytes, canonicalJson } from '../catalog/canonicalJson.ts';
import { sha256 } from '../catalog/hash.ts';
import { putObject } from '../catalog/objects.ts';
import type { DeliveredBy, EditionInput, EditionManifest, PresenceRef } from '../catalog/types.ts';
import { compareCodes } from '../model/codeOrder.ts';
import { groupBy } from '../model/groupBy.ts';
import { comparePeriods } from '../model/periods.ts';
import { periodColumnOf } from '../model/relations.ts';
import { type SemanticModel, type Source, unknownMember } from '../model/types.ts';
import type { CellsPlan } from '../plan/plan.ts';
import { dimensionsOf } from '../plan/planCells.ts';
import { lowerCells, periodColumn } from '../sql/lowerCells.ts';
import type { Places } from '../sql/places.ts';
import type { BuildContext } from './buildCube.ts';

/**
 * Who delivered what, of sources whose silence is zero: of a kommune with no row in the slice only this says
 * whether nothing happened there or nothing came from there. Kept beside the cells, since filters cannot
 * change it.
 */
export async function buildPresence(
  model: SemanticModel,
  inputs: readonly EditionInput[],
  places: Places,
  before: EditionManifest | null,
  context: BuildContext,
): Promise<PresenceRef[]> {
  const refs: PresenceRef[] = [];
  for (const input of inputs) {
    const source = model.sources[input.source];
    if (source?.absence !== 'zero') continue;
    const made = sha256(
      new TextEncoder().encode(
        canonicalJson({
          deliveredBy: source.deliveredBy,
          input: input.snapshots.map(({ sha256: file, periods }) => ({ file, periods })),
          builder: context.builder,
        }),
      ),
    );
    const old = before?.presence?.find((ref) => ref.source === source.id && ref.made === made);
    refs.push(old ?? (await writePresence(model, source, made, places, context)));
  }
  return refs;
}

async function writePresence(
  model: SemanticModel,
  source: Source,
  made: string,
  places: Places,
  context: BuildContext,
): Promise<PresenceRef> {
  const deliverer = dimensionsOf(model, source).filter(({ column }) => column === source.deliveredBy);
  const plan: CellsPlan = {
    source: source.id,
    rows: null,
    periodColumn: periodColumnOf(source.columns)?.name ?? periodColumn,
    dimensions: deliverer,
    dropped: [],
    coarse: [],
    states: [],
  };
  const [dimension] = deliverer;
  const result = await context.engine.query(lowerCells(plan, places, null));
  const [periods, codes] = [result.getChild(periodColumn), result.getChild(dimension?.column ?? '')];
  const levels = dimension?.leveled ? result.getChild(`${dimension.column}_level`) : null;
  const pairs = Array.from({ length: result.numRows }, (_, row) => ({
    period: String(periods?.get(row)),
    code: String(codes?.get(row)),
    finest: levels === null || levels?.get(row) === dimension?.leaf,
  })).filter(({ code, finest }) => finest && code !== unknownMember);
  const byPeriod = [...groupBy(pairs, ({ period }) => period)].sort(([a], [b]) => comparePeriods(a, b));
  const delivered: DeliveredBy = {
    format: 1,
    periods: Object.fromEntries(
      byPeriod.map(([period, held]) => [period, held.map(({ code }) => code).sort(compareCodes)]),
    ),
  };
  return {
    source: source.id,
    made,
    file: await putObject(context.editionStore, canonicalBytes(delivered)),
  };
}
