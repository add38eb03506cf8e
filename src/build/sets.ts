import { canonicalJson } from '../catalog/canonicalJson.ts';
import { sha256 } from '../catalog/hash.ts';
import { adoptFile, objectPath, putObject, readObject, verifiedPath } from '../catalog/objects.ts';
import type { PeopleKey } from '../catalog/peopleKey.ts';
import { decodeLink, encodeLink, encodeSets } from '../catalog/setsFile.ts';
import type { Store } from '../catalog/store.ts';
import type { CellTable, EditionInput, SetsPart, SetsTable } from '../catalog/types.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { ColumnRead } from '../engine/engine.ts';
import { groupBy } from '../model/groupBy.ts';
import type { CellsPlan } from '../plan/plan.ts';
import {
  lowerEarlierYears,
  lowerMembers,
  lowerNewcomers,
  lowerSetRows,
  ordinalColumn,
  rankColumn,
  ranksOfYear,
  type SetsWanted,
} from '../sql/lowerSets.ts';
import type { Places } from '../sql/places.ts';
import type { BuildContext } from './buildCube.ts';
import { inputPlaces, inputsRead } from './inputPlaces.ts';
import { type Holding, readOfParts, type WantedPart } from './parts.ts';
import { setsOfPeriods } from './setsOfParts.ts';
import { sortedCells } from './sortedCells.ts';

/** Where sets are kept, and the key of the cube. */
export interface SetsContext {
  readonly store: Store;
  readonly key: PeopleKey;
}

/** What the sets of a table are made of. */
export interface SetsInput {
  readonly plan: CellsPlan;
  /** SHA-256 of how the table is made. */
  readonly made: string;
  readonly wanted: readonly WantedPart[];
  readonly inputs: readonly EditionInput[];
  readonly holding: Holding;
  readonly held: Places['held'];
  readonly before: CellTable | undefined;
}

const setsFormat = 1;
const keptPeople = 'kept_people';

/**
 * Who is in each cell, for every key that some measure counts once. People are told apart by ordinals that hold for
 * a year: an ordinal once given stays, so that another month changes no file of the months before it; a month that
 * comes again changes those after it in its year, and none of another year. A link says who is the same in all years.
 */
export async function buildSets(
  input: SetsInput,
  sets: SetsContext,
  context: BuildContext,
): Promise<Checked<readonly SetsTable[]>> {
  const counted = input.plan.states.filter(({ aggregate }) => aggregate === 'distinct');
  const tables: SetsTable[] = [];
  for (const states of groupBy(counted, ({ key }) => JSON.stringify(key)).values()) {
    const key = states[0]?.key ?? [];
    const names = states.map(({ state }) => state);
    const made = hashOf({ table: input.made, format: setsFormat, key, names, people: sets.key.id });
    const before = input.before?.sets?.find((each) => each.made === made)?.parts ?? [];
    const group: Group = { input, sets, context, states, key, made, before };
    const members = await makeMembers(group);
    if (hasErrors(members.diagnostics)) return { diagnostics: members.diagnostics };
    if (!members.value) continue;
    const parts = await linkYears(group, members.value);
    if (!parts.value) return { diagnostics: parts.diagnostics };
    tables.push({ key, states: names, made, parts: parts.value });
  }
  return { value: tables, diagnostics: [] };
}

interface Group {
  readonly input: SetsInput;
  readonly sets: SetsContext;
  readonly context: BuildContext;
  readonly states: CellsPlan['states'];
  readonly key: readonly string[];
  readonly made: string;
  readonly before: readonly SetsPart[];
}

type Members = Omit<SetsPart, 'link' | 'linked' | 'added'>;

const yearOf = ({ partition }: Pick<WantedPart, 'partition'>): string => partition.slice(0, 4);

/**
 * Sets and people of every partition: those that are as they were, and the others made anew, a year at a time. No
 * value where rows have no code, which no list of cells has a place for.
 */
async function makeMembers(group: Group): Promise<Checked<readonly Members[]>> {
  const all: Members[] = [];
  for (const parts of groupBy(group.input.wanted, yearOf).values()) {
    const chain = chainOf(group.made, parts);
    const kept: Members[] = [];
    for (const [at, { partition }] of parts.entries()) {
      const old = group.before.find((each) => each.partition === partition);
      if (!old || old.made !== chain[at] || !(await isThere(group, old))) break;
      kept.push(old);
    }
    all.push(...kept);
    if (kept.length === parts.length) continue;
    const made = await makeYear(group, kept, parts.slice(kept.length), chain.slice(kept.length));
    if (!made.value) return { diagnostics: made.diagnostics };
    all.push(...made.value);
  }
  return { value: all, diagnostics: [] };
}

/** Of each partition a hash of all that it and those before it in the year are made of. */
function chainOf(made: string, parts: readonly WantedPart[]): readonly string[] {
  const chain: string[] = [];
  for (const part of parts)
    chain.push(hashOf({ made, before: chain.at(-1) ?? null, partition: part.partition, of: part.made }));
  return chain;
}

const isThere = async ({ sets }: Group, { sets: file, people }: Members): Promise<boolean> =>
  (await Promise.all([file, people].map((ref) => sets.store.exists(objectPath(ref))))).every(Boolean);

async function makeYear(
  group: Group,
  kept: readonly Members[],
  parts: readonly WantedPart[],
  chain: readonly string[],
): Promise<Checked<readonly Members[]>> {
  const { input, sets, context } = group;
  const { plan, inputs, holding, held } = input;
  const places = await inputPlaces(inputsRead(inputs, holding, readOfParts(parts)), context, held);
  const earlier = await pathsOf(group, kept);
  if (!places.value || !earlier.value)
    return { diagnostics: [...places.diagnostics, ...earlier.diagnostics] };
  const wanted: SetsWanted = {
    plan,
    states: group.states,
    key: group.key,
    secret: sets.key.secret,
    parts,
    earlier: { files: earlier.value, count: kept.reduce((sum, { newcomers }) => sum + newcomers, 0) },
  };
  const periods = parts.flatMap((part) => part.periods);
  const names = group.states.map(({ state }) => state);
  const rows = lowerSetRows(wanted, places.value);
  const value = await context.engine.withRows(rows, keptPeople, async (asked) => {
    const cells = sortedCells(plan, await asked.readColumns(lowerMembers(wanted, keptPeople)), periods);
    if (cells === null) return null;
    const made: Members[] = [];
    for (const [at, part] of parts.entries()) {
      const own = encodeSets(setsOfPeriods(cells, part.periods, names));
      const newcomers = lowerNewcomers(keptPeople, at, part.periods);
      const people = await sets.store.withTemporary('.parquet', async (path) => ({
        count: await asked.writeQuery(newcomers, path),
        file: await adoptFile(sets.store, path),
      }));
      made.push({
        partition: part.partition,
        made: chain[at] ?? '',
        sets: await putObject(sets.store, own),
        people: people.file,
        newcomers: people.count,
      });
    }
    return made;
  });
  return value === null ? { diagnostics: [] } : { value, diagnostics: [] };
}

async function pathsOf(
  { sets, context }: Group,
  parts: readonly Pick<Members, 'people' | 'newcomers'>[],
): Promise<Checked<readonly string[]>> {
  const diagnostics: Diagnostic[] = [];
  const paths: string[] = [];
  for (const { people, newcomers } of parts) {
    if (newcomers === 0) continue;
    const path = await verifiedPath(sets.store, people, context.verified);
    diagnostics.push(...path.diagnostics);
    if (path.value !== undefined) paths.push(path.value);
  }
  return paths.length < parts.filter(({ newcomers }) => newcomers > 0).length
    ? { diagnostics }
    : { value: paths, diagnostics: [] };
}

// --- who is the same in all years ------------------------------------------------------------------------

/** Numbers of people by the order in which they are first met, over all years. */
async function linkYears(group: Group, members: readonly Members[]): Promise<Checked<readonly SetsPart[]>> {
  const linked: SetsPart[] = [];
  const years: { readonly files: readonly string[]; readonly numbers: () => Promise<Uint32Array> }[] = [];
  let hash = '';
  let people = 0;
  for (const parts of groupBy(members, yearOf).values()) {
    const chain = parts.map((part) => {
      hash = hashOf({ before: hash, people: part.people.sha256 });
      return hash;
    });
    const kept: SetsPart[] = [];
    for (const [at, part] of parts.entries()) {
      const old = group.before.find((each) => each.partition === part.partition && each.linked === chain[at]);
      if (!old || !(await group.sets.store.exists(objectPath(old.link)))) break;
      kept.push({ ...part, linked: old.linked, link: old.link, added: old.added });
    }
    const fresh = parts.slice(kept.length);
    const made = await linkParts(group, fresh, {
      chain: chain.slice(kept.length),
      first: sumOf(kept, 'newcomers'),
      people: people + sumOf(kept, 'added'),
      years,
    });
    if (!made.value) return { diagnostics: made.diagnostics };
    const own = [...kept, ...made.value];
    linked.push(...own);
    people += sumOf(own, 'added');
    const files = await pathsOf(group, own);
    if (!files.value) return { diagnostics: files.diagnostics };
    if (files.value.length > 0) years.push({ files: files.value, numbers: () => numbersOf(group, own) });
  }
  return { value: linked, diagnostics: [] };
}

const sumOf = <Name extends string>(parts: readonly Readonly<Record<Name, number>>[], name: Name): number =>
  parts.reduce((sum, part) => sum + part[name], 0);

interface Linking {
  readonly chain: readonly string[];
  /** Ordinal of the first newcomer. */
  readonly first: number;
  /** How many have numbers by now. */
  readonly people: number;
  readonly years: readonly {
    readonly files: readonly string[];
    readonly numbers: () => Promise<Uint32Array>;
  }[];
}

async function linkParts(
  group: Group,
  parts: readonly Members[],
  { chain, first, people, years }: Linking,
): Promise<Checked<readonly SetsPart[]>> {
  const files = await pathsOf(group, parts);
  if (!files.value) return { diagnostics: files.diagnostics };
  const all = new Uint32Array(sumOf(parts, 'newcomers')).fill(unknownNumber);
  if (files.value.length > 0 && years.length > 0) {
    const read = await group.context.engine.readColumns(lowerEarlierYears(files.value, years));
    const [ordinals, ranks] = [ordinalColumn, rankColumn].map((name) => numbersIn(read, name));
    const numbers = await Promise.all(years.map((year) => year.numbers()));
    for (let at = 0; at < (ordinals?.length ?? 0); at += 1) {
      const rank = Number(ranks?.[at]);
      const number = numbers[Math.floor(rank / ranksOfYear)]?.[rank % ranksOfYear];
      invariant(number !== undefined, 'whoever was met in a year has a number there');
      all[Number(ordinals?.[at]) - first] = number;
    }
  }
  const made: SetsPart[] = [];
  let [begin, next] = [0, people];
  for (const [at, part] of parts.entries()) {
    const own = all.subarray(begin, begin + part.newcomers);
    const before = next;
    for (let person = 0; person < own.length; person += 1)
      if (own[person] === unknownNumber) own[person] = next++;
    begin += part.newcomers;
    const link = await putObject(group.sets.store, encodeLink(own.slice()));
    made.push({ ...part, linked: chain[at] ?? '', link, added: next - before });
  }
  return { value: made, diagnostics: [] };
}

const unknownNumber = 2 ** 32 - 1;

function numbersIn(columns: readonly ColumnRead[], name: string): Float64Array | BigInt64Array {
  const found = columns.find((each) => each.name === name);
  invariant(found?.kind === 'numbers' && found.values, `the numbers "${name}" were read`);
  return found.values;
}

/** Ordinal in a year to the number in all years. */
async function numbersOf({ sets }: Group, parts: readonly SetsPart[]): Promise<Uint32Array> {
  const numbers = new Uint32Array(sumOf(parts, 'newcomers'));
  let begin = 0;
  for (const { link } of parts) {
    const { value } = await readObject(sets.store, link);
    const own = value && decodeLink(value);
    invariant(own, 'a link that was just there is a link');
    numbers.set(own, begin);
    begin += own.length;
  }
  return numbers;
}

const hashOf = (value: unknown): string => sha256(new TextEncoder().encode(canonicalJson(value)));
