import { appendEdition } from '../catalog/editions.ts';
import { renewClaim } from '../catalog/newest.ts';
import type { Signer } from '../catalog/signingKey.ts';
import type { Store } from '../catalog/store.ts';
import type { EditionManifest } from '../catalog/types.ts';

/** A manifest whose place in the series is not yet known. */
export type Draft = Omit<EditionManifest, 'number' | 'id' | 'previous' | 'publishedAt'>;

export interface ClaimContext {
  readonly editionStore: Store;
  readonly now: () => Date;
  readonly signer: Signer;
}

/**
 * The step from a built version to an edition; every file that the draft names lies in the store by now.
 * Claims the number after `before`; null where another publisher has meanwhile taken it.
 */
export async function claimEdition(
  draft: Draft,
  before: readonly EditionManifest[],
  { editionStore, now, signer }: ClaimContext,
): Promise<EditionManifest | null> {
  const within = before.filter(({ period }) => period === draft.period).length + 1;
  const id = `${draft.period}-${within}-${draft.inputHash.slice(0, 8)}`;
  // Said before the first one lies there, so that no reader ever meets an edition without a claim.
  if (before.length === 0) await renewClaim(editionStore, draft.cube, signer, now());
  const claimed = await appendEdition(editionStore, draft.cube, signer, (number, previous) => {
    // Not the next one that is free: what has come in between may be this very edition.
    if (number !== before.length + 1) return null;
    return { ...draft, number, id, previous, publishedAt: publishedAt(now(), before.at(-1)) };
  });
  if (claimed !== null) await renewClaim(editionStore, draft.cube, signer, now());
  return claimed;
}

/** Never before the edition before it, whatever the clock says: `--as-of` relies on the order. */
function publishedAt(now: Date, last: EditionManifest | undefined): string {
  const least = last ? Date.parse(last.publishedAt) + 1 : Number.NEGATIVE_INFINITY;
  return new Date(Math.max(now.getTime(), least)).toISOString();
}
