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
  /** Forgets the sets that a fact counts by, until they are asked for again. */
  readonly drop: (fact: FactPlan) => void;
}

export function editionPeople(
  { manifest, model }: OpenEdition,
  { restrictedStore }: Pick<ServeStores, 'restrictedStore'>,
): EditionPeople {
  const loading = new Map<SetsTable, Promise<Checked<PeopleInMemory | null>>>();
  const tableOf = ({ source, ofRows }: FactPlan): SetsTable | null => {
    if (ofRows?.kind !== 'distinct') return null;
    const tables = manifest.tables.find((each) => each.source === source)?.sets ?? [];
    return tables.find(({ key }) => key.join() === ofRows.key.join()) ?? null;
  };
  return {
    structures: structuresOf(model),
    load: async (fact) => {
      const table = tableOf(fact);
      if (!table || !restrictedStore) return { value: null, diagnostics: [] };
      const known = loading.get(table) ?? readPeople(fact.source, table, restrictedStore);
      loading.set(table, known);
      const read = await known;
      // What failed may be mended before the next question.
      if (!read.value) loading.delete(table);
      return read;
    },
    drop: (fact) => {
      const table = tableOf(fact);
      if (table) loading.delete(table);
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
