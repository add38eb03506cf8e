import type { Checked } from '../diagnostics/diagnostic.ts';
import { canonicalBytes } from './canonicalJson.ts';
import { hasShape, orNull, type Shape } from './shape.ts';
import { appendSigned, readAllSigned, type SignedSeries } from './signedSeries.ts';
import type { Signer } from './signingKey.ts';
import type { Store } from './store.ts';
import type { TrustRoot } from './trust.ts';

/** An edition taken back: `cubes/published/<cube>/retractions/<n, 8 digits>.json`, signed. Its files stay. */
export interface Retraction {
  readonly format: 1;
  readonly cube: string;
  /** Of the retraction itself. */
  readonly number: number;
  /** SHA-256 of the retraction before it, byte for byte; null for the first. */
  readonly previous: string | null;
  /** Number and id of the edition, and the hash of its file. */
  readonly edition: number;
  readonly id: string;
  readonly sha256: string;
  readonly reason: string;
  readonly by: string;
  /** ISO time. */
  readonly at: string;
}

const shape: Shape = {
  format: 'number',
  cube: 'text',
  number: 'number',
  previous: orNull('text'),
  edition: 'number',
  id: 'text',
  sha256: 'text',
  reason: 'text',
  by: 'text',
  at: 'text',
};

export const retractionSeries = (cube: string): SignedSeries<Retraction> => ({
  folder: `${cube}/retractions`,
  digits: 8,
  payloadType: 'application/vnd.flis-kuber.retraction+json',
  format: 1,
  wrap: canonicalBytes,
  unwrap: (payload) => {
    if (!hasShape(payload, shape)) return null;
    const retraction = payload as Retraction;
    return retraction.format === 1 && retraction.cube === cube ? retraction : null;
  },
});

/** What was taken back of a cube, in order. */
export async function readRetractions(
  store: Store,
  cube: string,
  trust: TrustRoot,
): Promise<Checked<readonly Retraction[]>> {
  const { value, diagnostics } = await readAllSigned(store, retractionSeries(cube), trust);
  return { value: value.map((each) => each.value), diagnostics };
}

/** Takes an edition back; null where it has been meanwhile. */
export const appendRetraction = (
  store: Store,
  cube: string,
  signer: Signer,
  make: (number: number, previous: string | null) => Retraction | null | Promise<Retraction | null>,
): Promise<Retraction | null> => appendSigned(store, retractionSeries(cube), signer, make);
