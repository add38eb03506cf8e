import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { parsedJson } from './canonicalJson.ts';
import { brokenLink, brokenLinks } from './chain.ts';
import { openEnvelope, payloadOf, sealEnvelope } from './envelope.ts';
import { sha256 } from './hash.ts';
import { damaged, lastNumber, manifestPath, type Numbered, numbersOf, type Place } from './numbered.ts';
import type { Signer } from './signingKey.ts';
import type { Store } from './store.ts';
import type { TrustedKey, TrustRoot, Vouched } from './trust.ts';

/** Records that count from 1, each signed and each with the hash of the file before it. */
export interface SignedSeries<T> extends Place {
  readonly payloadType: string;
  /** The payload as it is written, and back; null where it is not one, or not of this place. */
  readonly wrap: (value: T) => Uint8Array;
  readonly unwrap: (payload: unknown) => T | null;
  /** The newest format that this program knows. */
  readonly format: number;
}

/** What every record of such a series says of its place. */
export interface Linked {
  readonly number: number;
  /** SHA-256 of the file before it, byte for byte; null for the first. */
  readonly previous: string | null;
}

export interface Signed<T> extends Numbered<T> {
  readonly sha256: string;
  readonly key: TrustedKey;
}

/** One record, its signature checked; the chain behind it only where its key is out of use. */
export async function readSigned<T extends Linked>(
  store: Store,
  series: SignedSeries<T>,
  number: number,
  trust: TrustRoot,
  pinned: Pins = pinsOf(store, series),
): Promise<Checked<Signed<T>>> {
  const file = `${store.name}/${manifestPath(series, number)}`;
  const bytes = await store.read(manifestPath(series, number));
  if (bytes === null) return { diagnostics: [damaged(store, series, number, 'is not there')] };
  const opened = openEnvelope(bytes, series.payloadType, file, trust);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  const { payload, key } = opened.value;
  const value = series.unwrap(parsedJson(payload));
  if (value === null || value.number !== number)
    return { diagnostics: [isNewer(parsedJson(payload), series.format) ? tooNew(file) : misplaced(file)] };
  const hash = sha256(bytes);
  if (key.vouches !== null || key.revoked !== null) {
    const last = key.vouches?.[series.folder];
    const hashes = last === undefined || last.number < number ? null : await pinned(last);
    if (hashes?.get(number) !== hash) return { diagnostics: [keyOutOfUse(file, key)] };
  }
  return { value: { number, bytes, value, sha256: hash, key }, diagnostics: [] };
}

/** Every record, oldest first, signatures and chain checked. What cannot be read is left out and told of. */
export async function readAllSigned<T extends Linked>(
  store: Store,
  series: SignedSeries<T>,
  trust: TrustRoot,
): Promise<{ readonly value: readonly Signed<T>[]; readonly diagnostics: readonly Diagnostic[] }> {
  const value: Signed<T>[] = [];
  const diagnostics: Diagnostic[] = [];
  const pinned = pinsOf(store, series);
  let expected = 1;
  for (const number of await numbersOf(store, series)) {
    if (number > expected)
      diagnostics.push(damaged(store, series, expected, 'is not there, though later ones are'));
    expected = number + 1;
    const read = await readSigned(store, series, number, trust, pinned);
    diagnostics.push(...read.diagnostics);
    if (read.value) value.push(read.value);
  }
  // Beside one that was not read there is nothing to compare with, and that has been told of.
  return { value, diagnostics: [...diagnostics, ...brokenLinks(store, series, value)] };
}

/** The newest record of a series. */
export interface Latest<T> {
  /** Its number; 0 where there is none. */
  readonly number: number;
  readonly last: T | null;
}

/**
 * The newest record, its signature checked, and that it was written after the one that lies before it: all that
 * the next one is linked to. What lies further back is for whoever verifies the whole.
 */
export async function readLatest<T extends Linked>(
  store: Store,
  series: SignedSeries<T>,
  trust: TrustRoot,
): Promise<Checked<Latest<Signed<T>>>> {
  const numbers = await numbersOf(store, series);
  const number = numbers.at(-1) ?? 0;
  const gap = numbers.findIndex((each, at) => each !== at + 1);
  if (gap >= 0)
    return { diagnostics: [damaged(store, series, gap + 1, 'is not there, though later ones are')] };
  if (number === 0) return { value: { number, last: null }, diagnostics: [] };
  const read = await readSigned(store, series, number, trust);
  if (!read.value) return { diagnostics: read.diagnostics };
  const before = number === 1 ? null : await store.read(manifestPath(series, number - 1));
  const diagnostics = [...read.diagnostics, ...brokenLink(store, series, read.value, before)];
  return hasErrors(diagnostics) ? { diagnostics } : { value: { number, last: read.value }, diagnostics };
}

/**
 * Claims the next number, signs what `make` gives for it, and writes it: this write is the commit. Where
 * another process was faster, `make` is asked again; null means that there is nothing to write any more.
 */
export async function appendSigned<T extends Linked>(
  store: Store,
  series: SignedSeries<T>,
  signer: Signer,
  make: (number: number, previous: string | null) => T | null | Promise<T | null>,
): Promise<T | null> {
  for (;;) {
    const number = (await lastNumber(store, series)) + 1;
    const before = number === 1 ? null : await store.read(manifestPath(series, number - 1));
    const value = await make(number, before && sha256(before));
    if (value === null) return null;
    const bytes = sealEnvelope(series.payloadType, series.wrap(value), signer);
    if (await store.createExclusive(manifestPath(series, number), bytes)) return value;
  }
}

/** The last record of a series by number and hash, as a key that goes out of use vouches for it. */
export async function lastOf(store: Store, series: Place): Promise<Vouched | null> {
  const number = await lastNumber(store, series);
  const bytes = number === 0 ? null : await store.read(manifestPath(series, number));
  return bytes === null ? null : { number, sha256: sha256(bytes) };
}

/** From the last good record back to the first: number to the hash that the file must have. */
type Pins = (last: Vouched) => Promise<ReadonlyMap<number, string>>;

/** Walked once for each key; a record that does not fit ends the walk, and nothing before it is pinned. */
function pinsOf(store: Store, series: Place): Pins {
  const walked = new Map<string, Promise<ReadonlyMap<number, string>>>();
  return (last) => {
    const pins = walked.get(last.sha256) ?? walk(store, series, last);
    walked.set(last.sha256, pins);
    return pins;
  };
}

async function walk(store: Store, series: Place, last: Vouched): Promise<ReadonlyMap<number, string>> {
  const pins = new Map<number, string>();
  let expected: unknown = last.sha256;
  for (let number = last.number; number >= 1 && typeof expected === 'string'; number -= 1) {
    pins.set(number, expected);
    const bytes = await store.read(manifestPath(series, number));
    if (bytes === null || sha256(bytes) !== expected) break;
    expected = recordIn(payloadOf(bytes)).previous;
  }
  return pins;
}

/** An edition's own record stands in the predicate of its statement. */
function recordIn(payload: unknown): { readonly previous?: unknown; readonly format?: unknown } {
  if (typeof payload !== 'object' || payload === null) return {};
  const inner = 'predicate' in payload ? payload.predicate : payload;
  return typeof inner === 'object' && inner !== null ? inner : {};
}

function isNewer(payload: unknown, known: number): boolean {
  const { format } = recordIn(payload);
  return typeof format === 'number' && format > known;
}

const tooNew = (file: string): Diagnostic =>
  diagnostic('edition-too-new', `The file ${file} was written by a newer program than this one.`, {
    hint: 'read it with the newest version of flis',
  });

const misplaced = (file: string): Diagnostic =>
  diagnostic('misplaced-record', `The file ${file} is signed, but says that it belongs somewhere else.`, {
    hint: 'somebody has put it there in place of another: restore the file from a backup',
  });

function keyOutOfUse(file: string, { name, revoked }: TrustedKey): Diagnostic {
  const why = revoked ? `was revoked (${revoked.reason})` : 'is out of use';
  return diagnostic(
    'key-out-of-use',
    `The key "${name}" that signed ${file} ${why}, and does not vouch for the file.`,
    {
      hint: 'take the newest trust.json from the publisher; if that says the same, somebody else has written the file',
    },
  );
}
