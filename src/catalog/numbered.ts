import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { canonicalBytes, parsedJson } from './canonicalJson.ts';
import { hasShape, type Shape } from './shape.ts';
import type { Store } from './store.ts';

/** Where manifests of one kind lie: `<folder>/<number>.json`. */
export interface Place {
  readonly folder: string;
  /** Digits that the number is padded to. */
  readonly digits: number;
}

export interface Series extends Place {
  /** How they are told from other files. */
  readonly shape: Shape;
}

/** A manifest with the very bytes that it was read from or written as; hashes are over these. */
export interface Numbered<T> {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly value: T;
}

export const manifestPath = ({ folder, digits }: Place, number: number): string =>
  `${folder}/${String(number).padStart(digits, '0')}.json`;

/**
 * All manifests of a series, oldest first. They are found by counting from 1; whatever else lies in the
 * folder is left alone. What cannot be read is left out of the value and told of.
 */
export async function readNumbered<T extends object>(
  store: Store,
  series: Series,
): Promise<Checked<readonly Numbered<T>[]>> {
  const value: Numbered<T>[] = [];
  const diagnostics: Diagnostic[] = [];
  let expected = 1;
  for (const number of await numbersOf(store, series)) {
    if (number > expected)
      diagnostics.push(damaged(store, series, expected, 'is not there, though later ones are'));
    expected = number + 1;
    const bytes = await store.read(manifestPath(series, number));
    const read = bytes === null ? null : parseManifest<T>(bytes, number, series.shape);
    if (bytes === null || read === null) {
      diagnostics.push(damaged(store, series, number, 'is not the manifest it should be'));
    } else {
      value.push({ number, bytes, value: read });
    }
  }
  return { value, diagnostics };
}

/**
 * Claims the next number and writes what `make` gives for it. Where another process was faster, `make` is
 * asked again with the next number and the bytes of the manifest before; null means that there is nothing
 * to write any more.
 */
export async function appendNumbered<T extends object>(
  store: Store,
  series: Series,
  make: (number: number, previous: Uint8Array | null) => T | null | Promise<T | null>,
): Promise<Numbered<T> | null> {
  for (;;) {
    const number = (await lastNumber(store, series)) + 1;
    const previous = number === 1 ? null : await store.read(manifestPath(series, number - 1));
    const value = await make(number, previous);
    if (value === null) return null;
    const claimed = await claimNumber(store, series, number, value);
    if (claimed !== null) return claimed;
  }
}

/** Writes a manifest under this very number, or nothing where the number is taken. */
export async function claimNumber<T extends object>(
  store: Store,
  series: Series,
  number: number,
  value: T,
): Promise<Numbered<T> | null> {
  const bytes = canonicalBytes(value);
  const claimed = await store.createExclusive(manifestPath(series, number), bytes);
  return claimed ? { number, bytes, value } : null;
}

/** The numbers that are taken, in order; other names in the folder are not ours. */
export async function numbersOf(store: Store, series: Place): Promise<readonly number[]> {
  return (await store.list(series.folder))
    .map((name) => ({ name, number: Number(/^(\d+)\.json$/.exec(name)?.[1]) }))
    .filter(({ name, number }) => number >= 1 && manifestPath(series, number) === `${series.folder}/${name}`)
    .map(({ number }) => number)
    .sort((a, b) => a - b);
}

export const lastNumber = async (store: Store, series: Place): Promise<number> =>
  (await numbersOf(store, series)).at(-1) ?? 0;

function parseManifest<T extends object>(bytes: Uint8Array, number: number, shape: Shape): T | null {
  const value = parsedJson(bytes);
  if (!hasShape(value, shape)) return null;
  const { format, number: own } = value as { format?: unknown; number?: unknown };
  return format === 1 && own === number ? (value as T) : null;
}

export const damaged = (store: Store, series: Place, number: number, what: string): Diagnostic =>
  diagnostic('manifest-damaged', `The manifest ${store.name}/${manifestPath(series, number)} ${what}.`, {
    hint: 'restore the file from a backup; until then nothing new is added after it',
  });
