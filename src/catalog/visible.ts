import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { findEdition } from './editions.ts';
import { momentOf } from './moment.ts';
import type { EditionManifest } from './types.ts';

/** The edition that is meant: by id, number or the beginning of an id; what was known at a time; null: the newest. */
export type WhichEdition = string | null | { readonly asOf: string };

/** What is known of a cube's editions beside themselves. */
export interface Visibility {
  /** Now, as ISO text in UTC. */
  readonly now: string;
  /** Editions that were taken back, by number, and when. */
  readonly retractions: readonly { readonly edition: number; readonly at: string }[];
}

/**
 * The editions that anybody could take for the newest at a time, oldest first: published by then, not taken back by
 * then, and not held back until later. With `at` null it is now, and then the clock hides nothing that is published:
 * numbers give the order, and a clock that was set back makes no edition younger.
 */
export function visibleEditions(
  editions: readonly EditionManifest[],
  at: string | null,
  { now, retractions }: Visibility,
): readonly EditionManifest[] {
  const time = at ?? now;
  const takenBack = new Set(
    retractions.filter((each) => at === null || each.at <= at).map(({ edition }) => edition),
  );
  return editions.filter(
    ({ number, publishedAt, release }) =>
      (at === null || publishedAt <= at) &&
      !takenBack.has(number) &&
      (release?.embargoUntil ?? '') <= time &&
      // What is held back now is shown to nobody, whatever time they ask for.
      (release?.embargoUntil ?? '') <= now,
  );
}

/** The edition that was asked for; where none is named, the newest that is visible. */
export function chooseEdition(
  cube: string,
  editions: readonly EditionManifest[],
  which: WhichEdition,
  visibility: Visibility,
): Checked<EditionManifest> {
  if (typeof which === 'string' || editions.length === 0)
    return findEdition(cube, editions, typeof which === 'string' ? which : null);
  const moment = which === null ? null : timeAsked('--as-of', which.asOf, 'last');
  if (moment !== null && moment.value === undefined) return { diagnostics: moment.diagnostics };
  const newest = visibleEditions(editions, moment?.value ?? null, visibility).at(-1);
  if (newest) return { value: newest, diagnostics: [] };
  return { diagnostics: [nothingYet(cube, editions, which)] };
}

/** A time as it was written for an option, as ISO text in UTC. */
export function timeAsked(option: string, text: string, ofDate: 'first' | 'last'): Checked<string> {
  const value = momentOf(text, ofDate);
  if (value !== null) return { value, diagnostics: [] };
  const span = { file: option, start: 0, end: text.length };
  const hint = 'write it like 2026-08-19 or 2026-08-19T05:03:20Z';
  return { diagnostics: [diagnostic('bad-time', `"${text}" is not a time.`, { span, hint })] };
}

function nothingYet(cube: string, editions: readonly EditionManifest[], which: WhichEdition) {
  const [first] = editions;
  if (which === null || typeof which === 'string') {
    const message = `No edition of "${cube}" may be shown now: each is taken back or held back.`;
    return diagnostic('no-visible-edition', message, { hint: `flis editions ${cube} says which and why` });
  }
  const span = { file: '--as-of', start: 0, end: which.asOf.length };
  const message = `Nothing was known of "${cube}" as of ${which.asOf}.`;
  const hint = `its first edition, ${first?.id}, is from ${first?.publishedAt}`;
  return diagnostic('no-visible-edition', message, { span, hint });
}

/** From when until when an edition was the newest that anybody could see; `to` null: still. */
export interface Reign {
  readonly edition: EditionManifest;
  readonly from: string;
  readonly to: string | null;
}

/** Who was the newest when, in order. One that followed a retracted edition back reigns twice. */
export function reignsOf(editions: readonly EditionManifest[], visibility: Visibility): readonly Reign[] {
  const times = [
    ...editions.map(({ publishedAt }) => publishedAt),
    ...editions.flatMap(({ release }) => release?.embargoUntil ?? []),
    ...visibility.retractions.map(({ at }) => at),
  ];
  const turns = [...new Set(times)].sort().flatMap((from) => {
    const edition = visibleEditions(editions, from, visibility).at(-1) ?? null;
    return from > visibility.now && edition === null ? [] : [{ from, edition }];
  });
  const changes = turns.filter(({ edition }, at) => edition !== (turns[at - 1]?.edition ?? null));
  return changes.flatMap(({ edition, from }, at) =>
    edition === null ? [] : [{ edition, from, to: changes[at + 1]?.from ?? null }],
  );
}
