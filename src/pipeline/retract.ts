import { findEdition, readSignedEditions } from '../catalog/editions.ts';
import { renewClaim } from '../catalog/newest.ts';
import { appendRetraction, type Retraction, readRetractions } from '../catalog/retractions.ts';
import { remember, standingOf } from '../catalog/shelf.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { openNamed } from './opened.ts';
import { type Outcome, type Outside, withWorkspace } from './outside.ts';
import { signingOf } from './signing.ts';

export interface RetractQuestion {
  readonly cube: string;
  /** Id or number of the edition, or the beginning of its id. */
  readonly edition: string;
  readonly reason: string;
  /** Who takes it back; null: the name of the key that signs. */
  readonly by: string | null;
}

export interface Retracted {
  readonly retraction: Retraction;
  /** Id of the edition that is the newest now; null: none is left. */
  readonly newest: string | null;
}

/**
 * Takes an edition back, with a reason. Its files stay and it can be asked by name; it is never again the newest, and
 * the reason is told wherever it is met.
 */
export async function retract(outside: Outside, question: RetractQuestion): Promise<Outcome<Retracted>> {
  return withWorkspace(outside, async (workspace) => {
    const { cube, edition: asked, reason } = question;
    const texts = new Map([
      ['CUBE', cube],
      ['--edition', asked],
    ]);
    const now = outside.now();
    const { editionStore, keys, memory } = workspace;
    const signing = await signingOf(workspace, now);
    if (!signing.value) return { diagnostics: signing.diagnostics, texts };
    const { trust, signer } = signing.value;
    const shelf = { store: editionStore, trust, memory, now };
    const standing = await standingOf(shelf, cube);
    const read = await readSignedEditions(editionStore, cube, trust);
    const wrong = [...read.diagnostics, ...standing.wrong, ...standing.wrongRetractions];
    if (hasErrors(wrong)) return { diagnostics: wrong, texts };
    const editions = read.value ?? [];
    const found = findEdition(
      cube,
      editions.map(({ manifest }) => manifest),
      asked,
    );
    if (!found.value) return { diagnostics: found.diagnostics, texts };
    const { id, number } = found.value;
    const signed = editions.find(({ manifest }) => manifest.number === number);
    const by = question.by ?? trust.keys.find(({ keyid }) => keyid === signer.keyid)?.name ?? keys.folder;
    const made = await appendRetraction(editionStore, cube, signer, async (next, previous) => {
      const before = await readRetractions(editionStore, cube, trust);
      if (before.value?.some(({ edition }) => edition === number)) return null;
      return {
        format: 1,
        cube,
        number: next,
        previous,
        edition: number,
        id,
        sha256: signed?.sha256 ?? '',
        reason,
        by,
        at: now.toISOString(),
      };
    });
    if (made === null) {
      const earlier = standing.retractions.find(({ edition }) => edition === number);
      const why = earlier ? `: ${earlier.reason}` : '';
      const message = `The edition ${id} was taken back before${why}.`;
      return { diagnostics: [diagnostic('already-retracted', message)], texts };
    }
    await renewClaim(editionStore, cube, signer, now);
    const last = editions.at(-1);
    const after = { ...standing, retractions: [...standing.retractions, made] };
    const said = last ? await remember(shelf, cube, last, after) : [];
    const newest = await openNamed(workspace, cube, null);
    return {
      value: { retraction: made, newest: newest.value?.manifest.id ?? null },
      diagnostics: said,
      texts,
    };
  });
}

/** Said to who publishes: the same again is what was taken back, and is not given out a second time. */
export function stillTakenBack(
  { id, number }: Pick<EditionManifest, 'id' | 'number'>,
  retractions: readonly Retraction[],
): readonly Diagnostic[] {
  const found = retractions.find(({ edition }) => edition === number);
  if (!found) return [];
  const message = `${id} was taken back on ${found.at.slice(0, 10)}, and what it was made of has not changed since, so nothing is published in its place.`;
  return [
    diagnostic('edition-retracted', message, {
      hint: 'readers get the edition before it until another delivery or definition makes a new one',
    }),
  ];
}
