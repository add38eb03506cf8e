import { type BuildContext, buildCube, type CubeVersion } from '../build/buildCube.ts';
import { freezeModel } from '../build/freeze.ts';
import { inputsOf, periodsOf } from '../build/inputs.ts';
import { canonicalBytes } from '../catalog/canonicalJson.ts';
import { type EditionFile, editionFiles, restrictedFiles } from '../catalog/editionFiles.ts';
import { countOfPeriod, editionSeries, readLatestEdition } from '../catalog/editions.ts';
import { sha256 } from '../catalog/hash.ts';
import { renewClaim } from '../catalog/newest.ts';
import { manifestPath } from '../catalog/numbered.ts';
import type { Signer } from '../catalog/signingKey.ts';
import type { TrustRoot } from '../catalog/trust.ts';
import type {
  EditionInput,
  EditionManifest,
  GateResult,
  ReconciliationResult,
  Snapshot,
} from '../catalog/types.ts';
import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Cube, SemanticModel } from '../model/types.ts';
import { claimEdition, type Draft } from './claimEdition.ts';
import { type Approval, overrule } from './gates/overrule.ts';
import { releaseOf } from './release.ts';

/** What became of a cube in one go at it. */
export type PublishResult =
  | { readonly kind: 'published'; readonly edition: EditionManifest }
  | { readonly kind: 'unchanged'; readonly edition: EditionManifest }
  | { readonly kind: 'waiting'; readonly waitingFor: readonly string[] }
  | BlockedVersion;

/** A version that is no edition, since gates stand in its way; the current edition stays what it is. */
export interface BlockedVersion {
  readonly kind: 'blocked';
  readonly period: string;
  readonly inputHash: string;
  /** All that was said, by gates that let it pass too. */
  readonly gates: readonly GateResult[];
  /** Those of them that nobody has approved. */
  readonly blocked: readonly GateResult[];
  readonly edition: EditionManifest | null;
}

export interface PublishContext extends BuildContext {
  readonly now: () => Date;
  /** Whose signatures count, and who signs here. */
  readonly trust: TrustRoot;
  readonly signer: Signer;
  /** Only an edition of this period; another one waits. Null: whatever period has come. */
  readonly period: string | null;
  /** Asks a version, before it is an edition, what it says beside what others say. */
  readonly reconcile: (version: EditionManifest) => Promise<Checked<readonly ReconciliationResult[]>>;
  /** Asks the gates of a version beside the edition before it; left out: there are none. */
  readonly gates?: (
    version: EditionManifest,
    before: EditionManifest | null,
  ) => Promise<Checked<readonly GateResult[]>>;
  readonly approvals?: readonly Approval[];
  /** What was blocked in this run, so that it is not built again to be blocked again. */
  readonly alreadyBlocked?: readonly BlockedVersion[];
}

/**
 * Builds a cube of what has been delivered and claims the next edition; the claim is the one commit
 * point. The same inputs as the current edition's make no new one.
 */
export async function publishCube(
  model: SemanticModel,
  cube: Cube,
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
  context: PublishContext,
): Promise<Checked<PublishResult>> {
  const inputs = inputsOf(model, cube, snapshots);
  const waitingFor = cube.waitFor.filter((source) => !inputs.some((input) => input.source === source));
  const period = newestPeriod(cube, inputs, snapshots);
  if (waitingFor.length > 0 || period === null)
    return { value: { kind: 'waiting', waitingFor }, diagnostics: [] };
  if (context.period !== null && context.period !== period)
    return {
      value: { kind: 'waiting', waitingFor: [`${cube.waitFor[0]} ${context.period}`] },
      diagnostics: [],
    };

  const inputHash = hashInputs(model, cube, inputs);
  const latest = await readLatestEdition(context.editionStore, cube.id, context.trust);
  if (!latest.value) return { diagnostics: latest.diagnostics };
  const { number } = latest.value;
  const current = latest.value.last?.manifest ?? null;
  const same = current?.inputHash === inputHash ? current : null;
  const maker = { builder: context.builder, engine: context.engine.version };
  if (same && same.builder === maker.builder && same.engine === maker.engine) return unchanged(same, context);

  const approvals = context.approvals ?? [];
  const before = context.alreadyBlocked?.find((each) => each.inputHash === inputHash);
  if (before && approvals.length === 0) return { value: before, diagnostics: [] };

  const version = await buildCube(model, cube, inputs, snapshots, current, context);
  if (!version.value) return { diagnostics: version.diagnostics };
  // A newer program that makes the same files of the same inputs has nothing to publish.
  if (same && sameFiles(same, version.value)) return unchanged(same, context);
  const draft: Draft = {
    format: 2,
    cube: cube.id,
    period,
    inputHash,
    ...maker,
    synthetic: inputs.some(({ synthetic }) => synthetic),
    inputs,
    ...version.value,
    reconciliations: [],
  };
  const nowhere = { number: 0, id: 'draft', previous: null, publishedAt: '' };
  const reconciled = await context.reconcile({ ...draft, ...nowhere });
  if (!reconciled.value || hasErrors(reconciled.diagnostics)) return { diagnostics: reconciled.diagnostics };
  const { value: reconciliations } = reconciled;
  const asked = await context.gates?.({ ...draft, ...nowhere, reconciliations }, current);
  if (asked && (!asked.value || hasErrors(asked.diagnostics))) return { diagnostics: asked.diagnostics };
  const gates = asked?.value ?? [];
  const overruled = overrule(gates, approvals);
  if (overruled.blocked.length > 0) {
    const { blocked } = overruled;
    // The edition that stays is still the newest there is, and readers hear so.
    if (current) await renewClaim(context.editionStore, cube.id, context.signer, context.now());
    return {
      value: { kind: 'blocked', period, inputHash, gates, blocked, edition: current },
      diagnostics: [],
    };
  }
  const at = context.now().toISOString();
  const told = await countOfPeriod(context.editionStore, cube.id, current, period, context.trust);
  if (told.value === undefined) return { diagnostics: told.diagnostics };
  const ofPeriod = told.value;
  const release = releaseOf(cube.release, period, ofPeriod === 0, context.now());
  const published = await claimEdition(
    {
      ...draft,
      reconciliations,
      ...(asked ? { gates } : {}),
      ...(release ? { release } : {}),
      ...(overruled.approvals.length > 0
        ? { approvals: overruled.approvals.map((approval) => ({ ...approval, at })) }
        : {}),
    },
    { number, last: current, ofPeriod },
    context,
  );
  if (published === null) return publishCube(model, cube, snapshots, context);
  return { value: { kind: 'published', edition: published }, diagnostics: [] };
}

/** Nothing new to say, which is said too: readers hear that there is nothing newer. */
async function unchanged(
  edition: EditionManifest,
  { editionStore, signer, now }: PublishContext,
): Promise<Checked<PublishResult>> {
  // Whoever published it may have been killed before its name was durable.
  await editionStore.settle(manifestPath(editionSeries(edition.cube), edition.number));
  await renewClaim(editionStore, edition.cube, signer, now());
  return { value: { kind: 'unchanged', edition }, diagnostics: [] };
}

/** Newest period of the source that the cube waits for first. */
function newestPeriod(
  cube: Cube,
  inputs: readonly EditionInput[],
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
): string | null {
  const input = inputs.find(({ source }) => source === cube.waitFor[0]);
  return input ? (periodsOf(input, snapshots.get(input.source) ?? []).at(-1) ?? null) : null;
}

/** Whether two versions have the same files; of their restricted parts only where both were made with one. */
export function sameFiles(one: CubeVersion, other: CubeVersion): boolean {
  const [restricted, others] = [restrictedFiles(one), restrictedFiles(other)];
  const bothHave = restricted.length > 0 && others.length > 0;
  return (
    hashesOf(editionFiles(one)) === hashesOf(editionFiles(other)) &&
    (!bothHave || hashesOf(restricted) === hashesOf(others))
  );
}

const hashesOf = (files: readonly EditionFile[]): string => files.map(({ file }) => file.sha256).join();

/** Whether something of a cube has been delivered that its current edition does not hold. */
export function hasNewParts(
  model: SemanticModel,
  cube: Cube,
  snapshots: ReadonlyMap<string, readonly Snapshot[]>,
  current: EditionManifest | null,
): boolean {
  return partsOf(inputsOf(model, cube, snapshots)) !== partsOf(current?.inputs ?? []);
}

/** What was delivered, whenever and under whichever number. */
function partsOf(inputs: readonly EditionInput[]): string {
  return JSON.stringify(
    inputs.map(({ source, synthetic, snapshots }) => ({
      source,
      synthetic,
      parts: snapshots.map((part) => ({ file: part.sha256, periods: part.periods })),
    })),
  );
}

/** What a cube says: parts of sources and frozen definitions. */
function hashInputs(model: SemanticModel, cube: Cube, inputs: readonly EditionInput[]): string {
  return sha256(canonicalBytes({ inputs: partsOf(inputs), model: sha256(freezeModel(model, cube)) }));
}
