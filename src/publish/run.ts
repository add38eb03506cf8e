import type { EditionManifest } from '../catalog/types.ts';
import type { Label } from '../definitions/schema.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SemanticModel } from '../model/types.ts';
import type { PublishResult } from './publishCube.ts';

/** What has become of each cube so far, in one run over many deliveries. */
export interface PublishRun {
  readonly results: ReadonlyMap<string, PublishResult[]>;
  /** What stops the run: damage, or an environment that fails. */
  readonly faults: Diagnostic[];
}

export function startRun(cubes: readonly string[]): PublishRun {
  return { results: new Map(cubes.map((cube) => [cube, []])), faults: [] };
}

export interface PublishedCube {
  readonly cube: string;
  readonly label: Label;
  readonly outcome: 'published' | 'unchanged' | 'waiting';
  /** Editions of this run, oldest first. */
  readonly editions: readonly EditionManifest[];
  /** Id of the newest edition there is; null where there is none. */
  readonly current: string | null;
  readonly waitingFor: readonly string[];
}

export function reportOf({ results }: PublishRun, model: SemanticModel): PublishedCube[] {
  return [...results].map(([cube, all]) => {
    const editions = all.flatMap((result) => (result.kind === 'published' ? [result.edition] : []));
    const last = all.at(-1);
    return {
      cube,
      label: model.cubes[cube]?.label ?? { da: cube, en: cube },
      outcome: editions.length > 0 ? 'published' : (last?.kind ?? 'waiting'),
      editions,
      current: last && last.kind !== 'waiting' ? last.edition.id : null,
      waitingFor: last?.kind === 'waiting' ? last.waitingFor : [],
    };
  });
}
