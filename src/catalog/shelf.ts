import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { editionNumbers, editionSeries, readEdition, type SignedEdition } from './editions.ts';
import { sha256 } from './hash.ts';
import { type NewestClaim, readClaim, staleness } from './newest.ts';
import { manifestPath } from './numbered.ts';
import { type Retraction, readRetractions } from './retractions.ts';
import { type Memory, type Seen, seenFile } from './seen.ts';
import type { Store } from './store.ts';
import { maySign, type TrustRoot } from './trust.ts';

/** Editions as a reader meets them: what lies there, whom the reader trusts, and what the reader remembers. */
export interface Shelf {
  readonly store: Store;
  readonly trust: TrustRoot;
  readonly memory: Memory;
  readonly now: Date;
}

/** What can be said of a cube before an edition is opened. Each list is empty where all is well. */
export interface Standing {
  readonly numbers: readonly number[];
  readonly retractions: readonly Retraction[];
  readonly claim: NewestClaim | null;
  readonly seen: Seen | null;
  /** Less than there was, or what was never published together. */
  readonly wrong: readonly Diagnostic[];
  /** The same of what was taken back: it concerns also who names an edition. */
  readonly wrongRetractions: readonly Diagnostic[];
  /** Why nobody knows whether the newest here is the newest: it concerns only who asks for that. */
  readonly unclaimed: readonly Diagnostic[];
}

export async function standingOf({ store, trust, memory, now }: Shelf, cube: string): Promise<Standing> {
  // What was seen and said first, and then what is there: a publisher at work adds to the store in between.
  const recalled = await memory.recall(cube);
  const seen = recalled.value ?? null;
  const before = await readClaim(store, cube, trust, now);
  const read = await readRetractions(store, cube, trust);
  const retractions = read.value ?? [];
  const numbers = await editionNumbers(store, cube);
  const nothing = numbers.length === 0 && seen === null && !before.value;
  // Of a first edition that came this very moment the claim came with it.
  const claimed = nothing
    ? { diagnostics: [] }
    : before.value
      ? before
      : await readClaim(store, cube, trust, now);
  const claim = claimed.value ?? null;
  const least = Math.max(seen?.retractions ?? 0, claim?.retractions ?? 0);
  const hashOf = hashesIn(store, cube);
  return {
    numbers,
    retractions,
    claim,
    seen,
    wrong: [
      ...recalled.diagnostics,
      ...(seen && (await isRolledBack(hashOf, numbers, seen)) ? [rolledBack(cube, numbers, seen)] : []),
      ...(claim && (await isMixed(hashOf, claim)) ? [mixed(cube, claim)] : []),
    ],
    wrongRetractions: [
      ...read.diagnostics,
      ...(retractions.length < least ? [retractionsGone(cube, retractions.length, least)] : []),
    ],
    unclaimed: [...claimed.diagnostics, ...(claim ? staleness(claim, now) : [])],
  };
}

type HashOf = (number: number) => Promise<string | null>;

async function isRolledBack(hashOf: HashOf, numbers: readonly number[], seen: Seen): Promise<boolean> {
  return (numbers.at(-1) ?? 0) < seen.number || (await hashOf(seen.number)) !== seen.sha256;
}

async function isMixed(hashOf: HashOf, { number, sha256: hash }: NewestClaim): Promise<boolean> {
  return number > 0 && (await hashOf(number)) !== hash;
}

/** Mostly the same file is meant by all, and it is read once. */
function hashesIn(store: Store, cube: string): HashOf {
  const known = new Map<number, Promise<string | null>>();
  const read = async (number: number) => {
    const bytes = await store.read(manifestPath(editionSeries(cube), number));
    return bytes && sha256(bytes);
  };
  return (number) => {
    const hash = known.get(number) ?? read(number);
    known.set(number, hash);
    return hash;
  };
}

export interface Newest {
  readonly edition: SignedEdition;
  /** Newer ones that are not for everybody: taken back, or held back until later. The newest first. */
  readonly passedOver: readonly SignedEdition[];
}

/** The newest edition that is visible; only what is newer is read beside it. Null: there is none at all. */
export async function newestEdition(
  shelf: Shelf,
  cube: string,
  { numbers, claim, seen, wrong, wrongRetractions, unclaimed, retractions }: Standing,
  isVisible: (edition: SignedEdition) => boolean,
): Promise<Checked<Newest | null>> {
  // The first of them is the cause, and what follows from it would only be noise.
  const faults = [wrong, wrongRetractions, unclaimed].find(hasErrors);
  if (faults) return { diagnostics: faults };
  if (numbers.length === 0) return { value: null, diagnostics: [] };
  const passedOver: SignedEdition[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const number of [...numbers].reverse()) {
    const read = await readEdition(shelf.store, cube, number, shelf.trust);
    const edition = read.value;
    if (!edition) return { diagnostics: read.diagnostics };
    // What the claim does not reach is only believed of a key that may still sign.
    if (number > (claim?.number ?? 0) && !maySign(edition.key, shelf.now))
      return { diagnostics: [keyExpired(cube, edition)] };
    const retraction = retractions.find((each) => each.edition === number);
    if (retraction && retraction.sha256 !== edition.sha256)
      return { diagnostics: [otherRetracted(cube, edition, retraction)] };
    if (number === numbers.at(-1))
      diagnostics.push(...(await remember(shelf, cube, edition, { seen, retractions })));
    if (isVisible(edition)) return { value: { edition, passedOver }, diagnostics };
    passedOver.push(edition);
  }
  return { diagnostics: [...diagnostics, nothingVisible(cube)] };
}

/** Keeps in mind what was read and found good. */
export async function remember(
  { memory }: Pick<Shelf, 'memory'>,
  cube: string,
  highest: SignedEdition,
  { seen, retractions }: Pick<Standing, 'seen' | 'retractions'>,
): Promise<readonly Diagnostic[]> {
  const next: Seen = {
    format: 1,
    number: highest.manifest.number,
    sha256: highest.sha256,
    retractions: retractions.length,
  };
  // Of two that read at once the slower one must not forget what the other has seen.
  const isOlder = seen !== null && next.number < seen.number;
  const isKnown = next.number === seen?.number && next.retractions === seen.retractions;
  return isKnown || isOlder ? [] : memory.remember(cube, next);
}

function rolledBack(cube: string, numbers: readonly number[], seen: Seen) {
  const highest = numbers.at(-1) ?? 0;
  const message =
    highest < seen.number
      ? `Edition ${seen.number} of "${cube}" has been seen here before; now there ${highest === 0 ? 'is none' : `are only those up to ${highest}`}.`
      : `Edition ${seen.number} of "${cube}" is not the one that has been seen here before.`;
  return diagnostic('rolled-back', message, {
    hint: `somebody has set the store back: restore it; if that was you and meant, remove ${seenFile(cube)}`,
  });
}

function mixed(cube: string, { number }: NewestClaim) {
  const message = `The newest edition of "${cube}" is said to be ${number}, and that is not the one that lies here.`;
  return diagnostic('editions-mixed', message, {
    hint: 'files of different times lie together: fetch or restore the folder of the cube as a whole',
  });
}

function otherRetracted(cube: string, { manifest }: SignedEdition, { number }: Retraction) {
  const message = `Retraction ${number} of "${cube}" takes back another edition than ${manifest.id}, which has its number.`;
  return diagnostic('editions-mixed', message, {
    hint: 'files of different times lie together: fetch or restore the folder of the cube as a whole',
  });
}

function retractionsGone(cube: string, there: number, least: number) {
  const message = `There were ${least} retractions of editions of "${cube}"; now there ${there === 1 ? 'is 1' : `are ${there}`}.`;
  return diagnostic('rolled-back', message, {
    hint: 'somebody has set the store back: restore the folder of the cube',
  });
}

function keyExpired(cube: string, { manifest, key }: SignedEdition) {
  const message = `The key "${key.name}" that signed ${manifest.id} may not sign any more, and nobody else says that it is the newest edition of "${cube}".`;
  return diagnostic('key-out-of-use', message, {
    hint: `the publisher says it anew: flis publish ${cube}`,
  });
}

const nothingVisible = (cube: string) =>
  diagnostic(
    'no-visible-edition',
    `No edition of "${cube}" may be shown now: each is taken back or held back.`,
    { hint: `flis editions ${cube} says which and why` },
  );
