import { canonicalBytes } from '../catalog/canonicalJson.ts';
import { sha256 } from '../catalog/hash.ts';
import { putObject, readObject } from '../catalog/objects.ts';
import type { DeliveredBy, EditionInput, EditionManifest, PresenceRef, Snapshot } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
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
import { inputPlaces, inputsRead } from './inputPlaces.ts';
import { holdingOfAll } from './parts.ts';

/**
 * Who delivered what, of sources whose silence is zero: of a kommune with no row in the slice only this says
 * whether nothing happened there or nothing came from there. Kept beside the cells, since filters cannot
 * change it. What the edition before said of a period stands as long as the same snapshot holds the period.
 */
export async function buildPresence(
  model: SemanticModel,
  inputs: readonly EditionInput[],
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
  before: EditionManifest | null,
  context: BuildContext,
): Promise<Checked<PresenceRef[]>> {
  const refs: PresenceRef[] = [];
  const holding = holdingOfAll(inputs, snapshots);
  const heldBefore = holdingOfAll(before?.inputs ?? [], snapshots);
  for (const input of inputs) {
    const source = model.sources[input.source];
    const files = holding.get(input.source);
    if (source?.absence !== 'zero' || !files) continue;
    const rule = hashOf({ deliveredBy: source.deliveredBy, builder: context.builder });
    const made = hashOf({ rule, files: [...files] });
    const old = before?.presence?.find((ref) => ref.source === source.id);
    if (old?.made === made) {
      refs.push(old);
      continue;
    }
    const known = old?.rule === rule ? await deliveredOf(old, context) : {};
    const isAsBefore = (period: string) =>
      Object.hasOwn(known, period) && heldBefore.get(source.id)?.get(period) === files.get(period);
    const same = [...files.keys()].filter(isAsBefore);
    const stale = [...files.keys()].filter((period) => !isAsBefore(period));
    const read = inputsRead([input], holding, new Map([[source.id, stale]]));
    const places = await inputPlaces(read, context);
    if (!places.value) return { diagnostics: places.diagnostics };
    const found = stale.length === 0 ? {} : await askPresence(model, source, stale, places.value, context);
    const delivered: DeliveredBy = { format: 1, periods: { ...found, ...pick(known, same) } };
    const file = await putObject(context.editionStore, canonicalBytes(delivered));
    refs.push({ source: source.id, rule, made, file });
  }
  return { value: refs, diagnostics: [] };
}

type Delivered = DeliveredBy['periods'];

/** What a damaged file said is found out again. */
async function deliveredOf({ file }: PresenceRef, { editionStore }: BuildContext): Promise<Delivered> {
  const { value } = await readObject(editionStore, file);
  return value ? (JSON.parse(new TextDecoder().decode(value)) as DeliveredBy).periods : {};
}

const pick = (all: Delivered, periods: readonly string[]): Delivered =>
  Object.fromEntries(periods.map((period) => [period, all[period] ?? []]));

const hashOf = (value: unknown): string => sha256(canonicalBytes(value));

async function askPresence(
  model: SemanticModel,
  source: Source,
  wanted: readonly string[],
  places: Places,
  context: BuildContext,
): Promise<Delivered> {
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
  const result = await context.engine.query(lowerCells(plan, places, wanted));
  const [periods, codes] = [result.getChild(periodColumn), result.getChild(dimension?.column ?? '')];
  const levels = dimension?.leveled ? result.getChild(`${dimension.column}_level`) : null;
  const pairs = Array.from({ length: result.numRows }, (_, row) => ({
    period: String(periods?.get(row)),
    code: String(codes?.get(row)),
    finest: levels === null || levels?.get(row) === dimension?.leaf,
  })).filter(({ code, finest }) => finest && code !== unknownMember);
  const byPeriod = [...groupBy(pairs, ({ period }) => period)].sort(([a], [b]) => comparePeriods(a, b));
  return Object.fromEntries(
    byPeriod.map(([period, held]) => [period, held.map(({ code }) => code).sort(compareCodes)]),
  );
}
