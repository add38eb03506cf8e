import { objectPath, readObject } from '../catalog/objects.ts';
import { decodeLink, decodeSets } from '../catalog/setsFile.ts';
import type { Store } from '../catalog/store.ts';
import type { SetsTable } from '../catalog/types.ts';
import { type Structures, structuresOf } from '../cells/axis.ts';
import { type PeopleInMemory, type PeopleOfPart, peopleInMemory } from '../cells/people.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { FactPlan } from '../plan/plan.ts';
import type { OpenEdition, ServeStores } from './openEdition.ts';

/** Who is counted in each cell of an edition, in memory; the sets of a key are read when they are first asked for. */
export interface EditionPeople {
  readonly structures: Structures;
  /**
   * The sets that a fact counts by; null where it counts nobody once, and where the edition has none or they are not
   * kept here: then the rows are asked.
   */
  readonly load: (fact: FactPlan) => Promise<Checked<PeopleInMemory | null>>;
}

export function editionPeople(
  { manifest, model }: OpenEdition,
  { restrictedStore }: Pick<ServeStores, 'restrictedStore'>,
): EditionPeople {
  const loading = new Map<SetsTable, Promise<Checked<PeopleInMemory | null>>>();
  return {
    structures: structuresOf(model),
    load: async ({ source, ofRows }) => {
      const nobody = { value: null, diagnostics: [] };
      if (ofRows?.kind !== 'distinct' || !restrictedStore) return nobody;
      const tables = manifest.tables.find((each) => each.source === source)?.sets ?? [];
      const table = tables.find(({ key }) => key.join() === ofRows.key.join());
      if (!table) return nobody;
      const known = loading.get(table) ?? readPeople(source, table, restrictedStore);
      loading.set(table, known);
      const read = await known;
      // What failed may be mended before the next question.
      if (!read.value) loading.delete(table);
      return read;
    },
  };
}

async function readPeople(
  source: string,
  { key, parts }: SetsTable,
  store: Store,
): Promise<Checked<PeopleInMemory | null>> {
  const diagnostics: Diagnostic[] = [];
  const read: PeopleOfPart[] = [];
  for (const { partition, sets, link } of parts) {
    if (!(await store.exists(objectPath(sets)))) return { value: null, diagnostics: [] };
    const [own, numbers] = await Promise.all([readObject(store, sets), readObject(store, link)]);
    diagnostics.push(...own.diagnostics, ...numbers.diagnostics);
    const decoded = own.value && decodeSets(own.value);
    const linked = numbers.value && decodeLink(numbers.value);
    if (!own.value || !numbers.value) continue;
    invariant(decoded && linked, `the objects ${sets.sha256} and ${link.sha256} are sets and a link`);
    read.push({ year: partition.slice(0, 4), sets: decoded, link: linked });
  }
  if (hasErrors(diagnostics)) return { diagnostics };
  return { value: peopleInMemory(source, key, read), diagnostics };
}
