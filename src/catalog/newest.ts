import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { canonicalBytes, parsedJson } from './canonicalJson.ts';
import { editionSeries } from './editions.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { retractionSeries } from './retractions.ts';
import { hasShape, orNull, type Shape } from './shape.ts';
import { lastOf } from './signedSeries.ts';
import type { Signer } from './signingKey.ts';
import type { Store } from './store.ts';
import { maySign, type TrustedKey, type TrustRoot } from './trust.ts';

/**
 * What the publisher last said is the newest: `cubes/published/<cube>/newest.json`. Editions and retractions are
 * committed by themselves; this only says that a reader who sees less, or hears nothing for long, is cut off.
 */
export interface NewestClaim {
  readonly format: 1;
  readonly cube: string;
  /** There are at least so many editions, and the last of them hashes to this; 0 and null before the first. */
  readonly number: number;
  readonly sha256: string | null;
  /** There are at least so many retractions. */
  readonly retractions: number;
  /** ISO times: when it was said, and from when on it counts no more. */
  readonly at: string;
  readonly expires: string;
}

/** A publisher who publishes every month renews it in time, also where nothing has changed. */
export const claimDays = 45;

const payloadType = 'application/vnd.flis-kuber.newest+json';

const shape: Shape = {
  format: 'number',
  cube: 'text',
  number: 'number',
  sha256: orNull('text'),
  retractions: 'number',
  at: 'text',
  expires: 'text',
};

export const claimPath = (cube: string): string => `${cube}/newest.json`;

/** Says anew what is the newest. It commits nothing, so another publisher may be faster or slower with it. */
export async function renewClaim(store: Store, cube: string, signer: Signer, now: Date): Promise<void> {
  const last = await lastOf(store, editionSeries(cube));
  const retracted = await lastOf(store, retractionSeries(cube));
  const claim: NewestClaim = {
    format: 1,
    cube,
    number: last?.number ?? 0,
    sha256: last?.sha256 ?? null,
    retractions: retracted?.number ?? 0,
    at: now.toISOString(),
    expires: new Date(now.getTime() + claimDays * 24 * 60 * 60 * 1000).toISOString(),
  };
  await store.replace(claimPath(cube), sealEnvelope(payloadType, canonicalBytes(claim), signer));
}

/** The claim, if somebody signed it who may sign now; whether it has expired is for whoever asks. */
export async function readClaim(
  store: Store,
  cube: string,
  trust: TrustRoot,
  now: Date,
): Promise<Checked<NewestClaim>> {
  const file = `${store.name}/${claimPath(cube)}`;
  const bytes = await store.read(claimPath(cube));
  if (bytes === null) return { diagnostics: [missing(cube, file)] };
  const opened = openEnvelope(bytes, payloadType, file, trust);
  if (!opened.value) return { diagnostics: opened.diagnostics };
  const { payload, key } = opened.value;
  const claim = parsedJson(payload);
  if (!hasShape(claim, shape) || (claim as NewestClaim).cube !== cube || (claim as NewestClaim).format !== 1)
    return { diagnostics: [misplaced(file)] };
  if (!maySign(key, now)) return { diagnostics: [outOfUse(cube, file, key)] };
  return { value: claim as NewestClaim, diagnostics: [] };
}

const renew = (cube: string): string =>
  `the publisher renews it: flis publish ${cube}; an edition that is named with --edition can be read meanwhile`;

const missing = (cube: string, file: string) =>
  diagnostic(
    'claim-missing',
    `There is no ${file}, so nobody says which edition of "${cube}" is the newest.`,
    {
      hint: renew(cube),
    },
  );

const misplaced = (file: string) =>
  diagnostic('misplaced-record', `The file ${file} is signed, but says that it belongs somewhere else.`, {
    hint: 'somebody has put it there in place of another: restore the file from a backup',
  });

const outOfUse = (cube: string, file: string, { name }: TrustedKey) =>
  diagnostic('key-out-of-use', `The key "${name}" that signed ${file} may not sign any more.`, {
    hint: renew(cube),
  });

/** Why a claim is not to be believed now; a clock that stands wrong, here or there, makes nothing fresh. */
export function staleness(claim: NewestClaim, now: Date): readonly Diagnostic[] {
  if (Date.parse(claim.expires) <= now.getTime()) return [expired(claim)];
  return Date.parse(claim.at) > now.getTime() + tolerated ? [ahead(claim, now)] : [];
}

/** How far two clocks may be apart. */
const tolerated = 24 * 60 * 60 * 1000;

const ahead = ({ cube, at }: NewestClaim, now: Date) =>
  diagnostic(
    'claim-ahead',
    `What is the newest edition of "${cube}" was said at ${at}, and here it is ${now.toISOString()}: a clock stands wrong.`,
    { hint: 'set the clock here; if the publisher had it wrong, the publisher says it anew: flis publish' },
  );

const expired = ({ cube, at, expires }: NewestClaim) =>
  diagnostic(
    'claim-expired',
    `What was said on ${at.slice(0, 10)} to be the newest edition of "${cube}" counted until ${expires.slice(0, 10)}; there may be a newer one that does not reach here.`,
    { hint: renew(cube) },
  );
