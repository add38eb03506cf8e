import { inputsOf } from '../build/inputs.ts';
import { findEdition, publishedCubes, readEditions } from '../catalog/editions.ts';
import { readTrust } from '../catalog/keyFolder.ts';
import type { EditionInput, EditionManifest } from '../catalog/types.ts';
import { visibleEditions } from '../catalog/visible.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { lookUp } from '../model/lookUp.ts';
import type { Cube, SemanticModel, Source } from '../model/types.ts';
import { type ChangedKpi, changedKpis } from '../serve/changedKpis.ts';
import { impactOf, type KpiImpact } from '../serve/impact.ts';
import { type OpenEdition, openEdition } from '../serve/openEdition.ts';
import type { Workspace } from '../serve/workspace.ts';
import { askContext, visibilityOf } from './opened.ts';
import { loadDefinitions, type Outcome, type Outside, snapshotsOf, withWorkspace } from './outside.ts';
import { buildTrial, withTrial } from './trial.ts';

/** What the definitions at hand would make of a cube that is published. */
export interface CubeImpact {
  readonly cube: string;
  /** Id of the edition compared with; null where there is none. */
  readonly edition: string | null;
  readonly kpis: readonly (ChangedKpi & {
    readonly impact: KpiImpact | null;
    /** For rounding and reading. */
    readonly decimals: number;
    readonly unit: string;
  })[];
}

/**
 * Definitions in the working tree against the frozen model of the last edition of each cube: both are asked
 * over the same snapshots. Nothing is published. A definition in force that was edited is told of, and its
 * impact shown all the same.
 */
export async function impact(outside: Outside): Promise<Outcome<readonly CubeImpact[]>> {
  return withWorkspace(outside, async (published) => {
    const { model, diagnostics, texts } = await loadDefinitions(published);
    if (!model) return { diagnostics, texts };
    const said: Diagnostic[] = [...diagnostics];
    const value = await withTrial(outside, async (trial) => {
      const cubes: CubeImpact[] = [];
      const names = new Set([...Object.keys(model.cubes), ...(await publishedCubes(published.editionStore))]);
      for (const cube of [...names].sort()) {
        outside.progress({ text: `comparing ${cube}` });
        const result = await impactOnCube(cube, model, published, trial);
        said.push(...result.diagnostics);
        if (result.value) cubes.push(result.value);
      }
      return cubes;
    });
    return { value, diagnostics: said, texts };
  });
}

async function impactOnCube(
  cube: string,
  model: SemanticModel,
  published: Workspace,
  trial: Workspace,
): Promise<{ readonly value?: CubeImpact; readonly diagnostics: readonly Diagnostic[] }> {
  const trust = await readTrust(published.keys);
  if (!trust.value) return { diagnostics: trust.diagnostics };
  const editions = await readEditions(published.editionStore, cube, trust.value);
  const visible = visibleEditions(editions.value ?? [], null, await visibilityOf(published, cube));
  const manifest = findEdition(cube, visible, null).value;
  if (!manifest) {
    const nothing: CubeImpact = { cube, edition: null, kpis: [] };
    return { value: nothing, diagnostics: editions.diagnostics };
  }
  const before = await openEdition(manifest, published);
  if (!before.value) return { diagnostics: before.diagnostics };
  const present = lookUp(model.cubes, cube) ?? null;
  const changed = changedKpis(before.value, { model, cube: present });
  const moving = changed.filter(({ change }) => change === 'changed').map(({ kpi }) => kpi);
  const after =
    present && moving.length > 0 ? await rebuilt(before.value, model, present, moving, trial) : null;
  const context = await askContext(published, {});
  const trialContext = await askContext(trial, {});
  const kpis: CubeImpact['kpis'][number][] = [];
  for (const each of changed) {
    const kpi = model.kpis[each.kpi] ?? before.value.model.kpis[each.kpi];
    const compared =
      each.change !== 'changed' || after === null
        ? null
        : 'reason' in after
          ? { kpi: each.kpi, newest: null, all: null, national: null, reason: after.reason }
          : await impactOf(before.value, after.edition, each.kpi, [context, trialContext]);
    kpis.push({ ...each, impact: compared, decimals: kpi?.decimals ?? 0, unit: kpi?.unit.text ?? '' });
  }
  return { value: { cube, edition: manifest.id, kpis }, diagnostics: editions.diagnostics };
}

/** The cube of the definitions at hand over what the edition was made of; only the KPIs that may move. */
async function rebuilt(
  { manifest, model: old }: OpenEdition,
  model: SemanticModel,
  cube: Cube,
  kpis: readonly string[],
  trial: Workspace,
): Promise<{ readonly edition: OpenEdition } | { readonly reason: string }> {
  const unlike = cube.sources.find((id) => {
    const [then, now] = [old.sources[id], model.sources[id]];
    return then && now && shapeOf(then) !== shapeOf(now);
  });
  if (unlike !== undefined)
    return { reason: `The contract of ${unlike} has other columns than its snapshots.` };
  const inputs = await sameInputs(manifest, model, cube, trial);
  const built = await buildTrial(trial, model, { ...cube, kpis: [...kpis] }, inputs, manifest.period);
  if (built.value) return { edition: built.value };
  return { reason: built.diagnostics[0]?.message ?? 'The cube cannot be built.' };
}

const shapeOf = ({ columns }: Source): string =>
  JSON.stringify(
    columns.map(({ name, kind, ...rest }) => [name, kind, 'decimals' in rest ? rest.decimals : 0]),
  );

/** Sources as the edition has them; one that it does not have, as it is now. */
async function sameInputs(
  manifest: EditionManifest,
  model: SemanticModel,
  cube: Cube,
  trial: Workspace,
): Promise<readonly EditionInput[]> {
  const known = manifest.inputs.filter(({ source }) => cube.sources.includes(source));
  const others = cube.sources.filter((id) => !known.some(({ source }) => source === id));
  if (others.length === 0) return known;
  const snapshots = await snapshotsOf(trial, others);
  return [...known, ...inputsOf(model, { ...cube, sources: others }, snapshots.value ?? new Map())];
}
