import { readObject } from '../catalog/objects.ts';
import type { DeliveredBy } from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { deliveredBeneath } from '../model/relations.ts';
import type { BoundQuery } from '../query/bound.ts';
import type { OpenEdition, ServeStores } from './openEdition.ts';

/** Who delivered the sources that a question reaches, of those whose silence is zero. */
export async function readPresence(
  bound: BoundQuery,
  { model, manifest }: OpenEdition,
  { editionStore }: ServeStores,
): Promise<Checked<ReadonlyMap<string, DeliveredBy>>> {
  const sources = new Set(
    bound.measures.flatMap(({ measure }) => deliveredBeneath(measure.source, model.sources)),
  );
  const found = new Map<string, DeliveredBy>();
  const diagnostics: Diagnostic[] = [];
  for (const { source, file } of manifest.presence ?? []) {
    if (!sources.has(source)) continue;
    const read = await readObject(editionStore, file);
    diagnostics.push(...read.diagnostics);
    if (read.value) found.set(source, JSON.parse(new TextDecoder().decode(read.value)) as DeliveredBy);
  }
  return hasErrors(diagnostics) ? { diagnostics } : { value: found, diagnostics };
}
