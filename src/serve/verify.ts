import { type BuildContext, buildCube } from '../build/buildCube.ts';
import { editionFiles, restrictedFiles } from '../catalog/editionFiles.ts';
import { verifiedPath } from '../catalog/objects.ts';
import { keepsPeople } from '../catalog/peopleKey.ts';
import type { EditionManifest, Snapshot } from '../catalog/types.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import { sameFiles } from '../publish/publishCube.ts';
import { openEdition, type ServeStores } from './openEdition.ts';

export interface VerifiedEdition {
  readonly cube: string;
  readonly edition: string;
  readonly objects: number;
  /** Sentences; none where all is well. */
  readonly problems: readonly string[];
  readonly rebuilt: 'same' | 'different' | 'not_run';
  /** Name of the key; null where nobody that is trusted has signed it. */
  readonly signedBy: string | null;
  /** Whether it names the file before it by its hash; unknown where that cannot be read. */
  readonly chain: 'holds' | 'broken' | 'unknown';
}

/** What the files of an edition say; the signature and the chain are looked at elsewhere. */
export type VerifiedFiles = Omit<VerifiedEdition, 'signedBy' | 'chain'>;

/** What a rebuild needs beside the stores. */
export interface RebuildContext {
  readonly engine: Engine;
  readonly builder: string;
  readonly snapshotsOf: (
    sources: readonly string[],
  ) => Promise<Checked<ReadonlyMap<string, readonly Snapshot[]>>>;
  /** What the restricted part is made with; null where it is not kept, and then it is not compared. */
  readonly sets: BuildContext['sets'];
}

/** Every file that an edition names, and every snapshot it was made of, against its hash. */
export async function verifyFiles(
  manifest: EditionManifest,
  stores: ServeStores,
): Promise<{ readonly value: VerifiedFiles; readonly diagnostics: readonly Diagnostic[] }> {
  const { snapshotStore, editionStore, restrictedStore, verified } = stores;
  const isKept = restrictedStore !== undefined && (await keepsPeople(restrictedStore));
  const restricted = isKept ? restrictedFiles(manifest) : [];
  const files = editionFiles(manifest).map(({ file }) => file);
  const inputs = manifest.inputs.flatMap(({ snapshots }) => snapshots);
  const diagnostics: Diagnostic[] = [];
  for (const ref of files) diagnostics.push(...(await verifiedPath(editionStore, ref, verified)).diagnostics);
  for (const { file } of restricted)
    if (restrictedStore)
      diagnostics.push(...(await verifiedPath(restrictedStore, file, verified)).diagnostics);
  for (const ref of inputs)
    diagnostics.push(...(await verifiedPath(snapshotStore, ref, verified)).diagnostics);
  const problems = diagnostics.map(({ message }) => message);
  return {
    value: {
      cube: manifest.cube,
      edition: manifest.id,
      objects: files.length + restricted.length + inputs.length,
      problems,
      rebuilt: 'not_run',
    },
    diagnostics,
  };
}

/** Builds the edition's files from its own inputs and definitions. Another builder or engine may give other bytes. */
export async function rebuild(
  manifest: EditionManifest,
  stores: ServeStores,
  { engine, builder, snapshotsOf, sets }: RebuildContext,
): Promise<VerifiedEdition['rebuilt']> {
  const opened = await openEdition(manifest, stores);
  if (!opened.value || manifest.builder !== builder || manifest.engine !== engine.version) return 'not_run';
  const { model, cube } = opened.value;
  const snapshots = await snapshotsOf(cube.sources);
  if (!snapshots.value || hasErrors(snapshots.diagnostics)) return 'not_run';
  const built = await buildCube(model, cube, manifest.inputs, snapshots.value, null, {
    ...stores,
    engine,
    builder,
    sets: sets ?? null,
    latticesOf: manifest,
  });
  return built.value && sameFiles(built.value, manifest) ? 'same' : 'different';
}
