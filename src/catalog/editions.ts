import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { comparePeriods } from '../model/periods.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { editionFiles } from './editionFiles.ts';
import { numbersOf } from './numbered.ts';
import { hasShape, objectRefShape, orNull, type Shape } from './shape.ts';
import {
  appendSigned,
  type Latest,
  readAllSigned,
  readLatest,
  readSigned,
  type Signed,
  type SignedSeries,
} from './signedSeries.ts';
import type { Signer } from './signingKey.ts';
import type { Store } from './store.ts';
import type { TrustedKey, TrustRoot } from './trust.ts';
import type { EditionManifest } from './types.ts';

const shape: Shape = {
  format: 'number',
  cube: 'text',
  number: 'number',
  id: 'text',
  previous: orNull('text'),
  publishedAt: 'text',
  period: 'text',
  inputHash: 'text',
  builder: 'text',
  engine: 'text',
  synthetic: 'yes_no',
  inputs: [
    {
      source: 'text',
      synthetic: 'yes_no',
      snapshots: [
        {
          number: 'number',
          receipt: 'number',
          received: 'text',
          sha256: 'text',
          size: 'number',
          periods: orNull(['text']),
        },
      ],
    },
  ],
  model: objectRefShape,
  dimensions: [{ dimension: 'text', file: objectRefShape }],
  tables: [
    {
      source: 'text',
      made: 'text',
      dimensions: ['text'],
      levelColumns: ['text'],
      periods: ['text'],
      states: [{ state: 'text', aggregate: 'text', decimals: 'number' }],
      parts: [{ partition: 'text', rows: 'number', file: objectRefShape }],
    },
  ],
  reconciliations: ['any'],
};

/** in-toto: what an attestation is about, by digest, and what it says of that. */
const statementType = 'https://in-toto.io/Statement/v1';
const predicateType = 'urn:flis-kuber:edition:2';

const statementShape: Shape = {
  _type: 'text',
  subject: [{ name: 'text', digest: { sha256: 'text' } }],
  predicateType: 'text',
  predicate: shape,
};

export const editionSeries = (cube: string): SignedSeries<EditionManifest> => ({
  folder: `${cube}/editions`,
  digits: 8,
  payloadType: 'application/vnd.in-toto+json',
  format: 2,
  wrap: (manifest) =>
    canonicalBytes({
      _type: statementType,
      subject: editionFiles(manifest).map(({ name, file }) => ({ name, digest: { sha256: file.sha256 } })),
      predicateType,
      predicate: manifest,
    }),
  unwrap: (payload) => {
    if (!hasShape(payload, statementShape)) return null;
    const statement = payload as { readonly [key: string]: unknown; readonly predicate: EditionManifest };
    if (statement._type !== statementType || statement.predicateType !== predicateType) return null;
    const { predicate } = statement;
    return predicate.format === 2 && predicate.cube === cube ? predicate : null;
  },
});

/** An edition with who signed it, and the hash of its file that the next one names. */
export interface SignedEdition {
  readonly manifest: EditionManifest;
  readonly sha256: string;
  readonly key: TrustedKey;
}

/** The editions of a cube, oldest first, every signature and the chain checked. */
export async function readSignedEditions(
  store: Store,
  cube: string,
  trust: TrustRoot,
): Promise<Checked<readonly SignedEdition[]>> {
  const { value, diagnostics } = await readAllSigned(store, editionSeries(cube), trust);
  return { value: value.map(signedEdition), diagnostics };
}

const signedEdition = ({ value, sha256, key }: Signed<EditionManifest>): SignedEdition => ({
  manifest: value,
  sha256,
  key,
});

/** The same, for whoever does not ask who signed. */
export async function readEditions(
  store: Store,
  cube: string,
  trust: TrustRoot,
): Promise<Checked<readonly EditionManifest[]>> {
  const { value = [], diagnostics } = await readSignedEditions(store, cube, trust);
  return { value: value.map(({ manifest }) => manifest), diagnostics };
}

/** The newest edition, and that it follows the one before it: what publishing another one stands on. */
export async function readLatestEdition(
  store: Store,
  cube: string,
  trust: TrustRoot,
): Promise<Checked<Latest<SignedEdition>>> {
  const { value, diagnostics } = await readLatest(store, editionSeries(cube), trust);
  if (!value) return { diagnostics };
  return { value: { ...value, last: value.last && signedEdition(value.last) }, diagnostics };
}

/** How many editions there are of a period; all of them are read only where the newest does not tell. */
export async function countOfPeriod(
  store: Store,
  cube: string,
  last: EditionManifest | null,
  period: string,
  trust: TrustRoot,
): Promise<Checked<number>> {
  if (last === null) return { value: 0, diagnostics: [] };
  if (last.period === period) return { value: numberWithin(last), diagnostics: [] };
  const isNewer = last.newestPeriod !== undefined && comparePeriods(period, last.newestPeriod) > 0;
  if (isNewer) return { value: 0, diagnostics: [] };
  const all = await readEditions(store, cube, trust);
  if (!all.value || hasErrors(all.diagnostics)) return { diagnostics: all.diagnostics };
  return { value: all.value.filter((each) => each.period === period).length, diagnostics: [] };
}

export const editionId = (
  { period, inputHash }: Pick<EditionManifest, 'period' | 'inputHash'>,
  within: number,
): string => `${period}-${within}-${inputHash.slice(0, 8)}`;

function numberWithin({ id, period }: EditionManifest): number {
  const within = Number(id.slice(period.length + 1).split('-')[0]);
  invariant(within >= 1, `${id} says its number within ${period}`);
  return within;
}

/** Numbers that are taken, in order; nothing is read. */
export const editionNumbers = (store: Store, cube: string): Promise<readonly number[]> =>
  numbersOf(store, editionSeries(cube));

/** One edition by its number. */
export async function readEdition(
  store: Store,
  cube: string,
  number: number,
  trust: TrustRoot,
): Promise<Checked<SignedEdition>> {
  const { value, diagnostics } = await readSigned(store, editionSeries(cube), number, trust);
  return value ? { value: signedEdition(value), diagnostics } : { diagnostics };
}

/** Cubes that have editions, sorted. */
export async function publishedCubes(store: Store): Promise<readonly string[]> {
  const cubes: string[] = [];
  for (const cube of await store.folders('')) {
    if ((await editionNumbers(store, cube)).length > 0) cubes.push(cube);
  }
  return cubes;
}

/**
 * Publishes an edition: this write is the commit. `make` gets the number that is free and what `previous`
 * must say; it is asked again where another process was faster, and returns null to give up.
 */
export const appendEdition = (
  store: Store,
  cube: string,
  signer: Signer,
  make: (number: number, previous: string | null) => EditionManifest | null | Promise<EditionManifest | null>,
): Promise<EditionManifest | null> => appendSigned(store, editionSeries(cube), signer, make);

/** The edition that was asked for by its id, by its number, or by the beginning of one id; null: the current one. */
export function findEdition(
  cube: string,
  editions: readonly EditionManifest[],
  asked: string | null,
): Checked<EditionManifest> {
  const current = editions.at(-1);
  if (current === undefined) {
    const hint = `publish it: flis publish ${cube}`;
    return { diagnostics: [diagnostic('unknown-edition', `The cube "${cube}" has no editions.`, { hint })] };
  }
  if (asked === null) return { value: current, diagnostics: [] };
  const exact = editions.find(({ id, number }) => id === asked || String(number) === asked);
  const begun = editions.filter(({ id }) => asked !== '' && id.startsWith(asked));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  return found === undefined
    ? { diagnostics: [unknownEdition(cube, editions, asked, begun)] }
    : { value: found, diagnostics: [] };
}

function unknownEdition(
  cube: string,
  editions: readonly EditionManifest[],
  asked: string,
  begun: readonly EditionManifest[],
) {
  const ids = (some: readonly EditionManifest[]) => some.map(({ id }) => id);
  const span = { file: '--edition', start: 0, end: asked.length };
  if (begun.length > 1) {
    const message = `Several editions of "${cube}" begin with "${asked}": ${ids(begun).join(', ')}.`;
    return diagnostic('unknown-edition', message, { span, hint: 'write more of the id, or its number' });
  }
  const hint = didYouMean(asked, ids(editions)) ?? `the newest are ${ids(editions.slice(-3)).join(', ')}`;
  return diagnostic('unknown-edition', `The cube "${cube}" has no edition "${asked}".`, { span, hint });
}
