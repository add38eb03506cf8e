import type { EditionManifest, GateResult } from '../catalog/types.ts';
import type { Label } from '../definitions/schema.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import type { SemanticModel } from '../model/types.ts';
import { type Approval, isOf } from './gates/overrule.ts';
import type { BlockedVersion, PublishResult } from './publishCube.ts';

/** What has become of each cube so far, in one run over many deliveries. */
export interface PublishRun {
  readonly results: ReadonlyMap<string, PublishResult[]>;
  /** What stops the run: damage, or an environment that fails. */
  readonly faults: Diagnostic[];
  /** What somebody approves, until it has been used. */
  readonly approvals: Approval[];
}

export function startRun(cubes: readonly string[], approvals: readonly Approval[] = []): PublishRun {
  return { results: new Map(cubes.map((cube) => [cube, []])), faults: [], approvals: [...approvals] };
}

/** Keeps what became of a cube; an approval is good for one edition. */
export function keepResult(run: PublishRun, cube: string, result: PublishResult): void {
  const results = run.results.get(cube);
  const isRepeated = result.kind === 'blocked' && results?.includes(result);
  if (!isRepeated) results?.push(result);
  const used = result.kind === 'published' && (result.edition.approvals ?? []).length > 0;
  if (used) run.approvals.splice(0);
}

export const blockedIn = ({ results }: PublishRun, cube: string): readonly BlockedVersion[] =>
  (results.get(cube) ?? []).flatMap((result) => (result.kind === 'blocked' ? [result] : []));

export interface PublishedCube {
  readonly cube: string;
  readonly label: Label;
  readonly outcome: 'published' | 'unchanged' | 'waiting' | 'blocked';
  /** Editions of this run, oldest first. */
  readonly editions: readonly EditionManifest[];
  /** Versions that gates kept from being editions, oldest first. */
  readonly blocked: readonly BlockedVersion[];
  /** Id of the newest edition there is; null where there is none. */
  readonly current: string | null;
  readonly waitingFor: readonly string[];
}

export function reportOf(run: PublishRun, model: SemanticModel): PublishedCube[] {
  return [...run.results].map(([cube, all]) => {
    const editions = all.flatMap((result) => (result.kind === 'published' ? [result.edition] : []));
    const last = all.at(-1);
    return {
      cube,
      label: model.cubes[cube]?.label ?? { da: cube, en: cube },
      outcome:
        last?.kind === 'blocked' ? 'blocked' : editions.length > 0 ? 'published' : (last?.kind ?? 'waiting'),
      editions,
      blocked: blockedIn(run, cube),
      current: last && last.kind !== 'waiting' ? (last.edition?.id ?? null) : null,
      waitingFor: last?.kind === 'waiting' ? last.waitingFor : [],
    };
  });
}

/** What gates keep from the readers, each with what can be done; and what was approved though nothing stood in its way. */
export function gateFaults(run: PublishRun): Diagnostic[] {
  const standing = [...run.results].flatMap(([cube, all]) => {
    const last = all.at(-1);
    return last?.kind === 'blocked' ? [{ cube, version: last }] : [];
  });
  const blocking = standing.flatMap(({ version }) =>
    version.gates.filter(({ outcome }) => outcome === 'blocked'),
  );
  return [
    ...standing.flatMap(({ cube, version }) =>
      version.blocked.map((result) => blockedFault(cube, version, result)),
    ),
    ...run.approvals.flatMap((approval) =>
      blocking.some((result) => isOf(result, approval)) ? [] : [notBlocked(approval, blocking)],
    ),
  ];
}

function blockedFault(
  cube: string,
  { period, edition }: BlockedVersion,
  { id, text }: GateResult,
): Diagnostic {
  const stays = edition ? `${edition.id} stays the newest` : 'there is no edition';
  const message = `${cube} ${period} is not published, and ${stays}. Gate ${id}: ${text}`;
  const hint = `put it right, or take it upon you: flis publish ${cube} --approve ${id} --by NAME --reason TEXT`;
  return diagnostic('gate-blocked', message, { hint });
}

function notBlocked({ gate }: Approval, blocking: readonly GateResult[]): Diagnostic {
  const ids = blocking.map(({ id }) => id);
  const hint =
    didYouMean(gate, ids) ??
    (ids.length > 0 ? `what blocks is ${ids.join(', ')}` : 'publish without --approve');
  return diagnostic('gate-not-blocked', `The gate "${gate}" does not block anything here.`, {
    span: { file: '--approve', start: 0, end: gate.length },
    hint,
  });
}
