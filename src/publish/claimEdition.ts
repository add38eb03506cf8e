import { appendEdition, editionId } from '../catalog/editions.ts';
import { renewClaim } from '../catalog/newest.ts';
import type { Signer } from '../catalog/signingKey.ts';
import type { Store } from '../catalog/store.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { comparePeriods } from '../model/periods.ts';

/** A manifest whose place in the series is not yet known. */
export type Draft = Omit<EditionManifest, 'number' | 'id' | 'previous' | 'publishedAt'>;

export interface ClaimContext {
  readonly editionStore: Store;
  readonly now: () => Date;
  readonly signer: Signer;
}

/** What a new edition comes after. */
export interface Before {
  /** Of the newest edition; 0 where there is none. */
  readonly number: number;
  readonly last: EditionManifest | null;
  /** How many editions there are of the same period. */
  readonly ofPeriod: number;
}

/**
 * The step from a built version to an edition; every file that the draft names lies in the store by now.
 * Claims the number after `before`; null where another publisher has meanwhile taken it.
 */
export async function claimEdition(
  draft: Draft,
  before: Before,
  { editionStore, now, signer }: ClaimContext,
): Promise<EditionManifest | null> {
  const { last, ofPeriod } = before;
  const id = editionId(draft, ofPeriod + 1);
  const newestPeriod = newestOf(draft, last);
  // Said before the first one lies there, so that no reader ever meets an edition without a claim.
  if (before.number === 0) await renewClaim(editionStore, draft.cube, signer, now());
  const claimed = await appendEdition(editionStore, draft.cube, signer, (number, previous) => {
    // Not the next one that is free: what has come in between may be this very edition.
    if (number !== before.number + 1) return null;
    return {
      ...draft,
      ...(newestPeriod === null ? {} : { newestPeriod }),
      number,
      id,
      previous,
      publishedAt: publishedAt(now(), last),
    };
  });
  if (claimed !== null) await renewClaim(editionStore, draft.cube, signer, now());
  return claimed;
}

/** Null where the editions so far do not say theirs. */
function newestOf({ period }: Draft, last: EditionManifest | null): string | null {
  if (last === null) return period;
  if (last.newestPeriod === undefined) return null;
  return comparePeriods(period, last.newestPeriod) > 0 ? period : last.newestPeriod;
}

/** Never before the edition before it, whatever the clock says: `--as-of` relies on the order. */
function publishedAt(now: Date, last: EditionManifest | null): string {
  const least = last ? Date.parse(last.publishedAt) + 1 : Number.NEGATIVE_INFINITY;
  return new Date(Math.max(now.getTime(), least)).toISOString();
}
