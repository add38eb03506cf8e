import type { MemberRecord } from '../../definitions/schema.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import { dayAfter } from '../periods.ts';
import { beginningOfTime, type Classification, endOfTime, type SemanticModel } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** Parents: a level that exists, a code in it that holds on those days, and never two at once. */
export function parentsOfMembers(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.classifications) {
    const tell = tellIn(context, definition);
    for (const [position, member] of definition.record.members.entries()) {
      for (const [level, parent] of Object.entries(member.parents ?? {})) {
        const path = ['members', position, 'parents', level];
        const classification = lookUp(model.classifications, level);
        if (classification) checkParents(classification, member, parent, path, tell);
        else {
          const hint = didYouMean(level, Object.keys(model.classifications));
          const message = `There is no classification for the level "${level}".`;
          tell('unknown-level', path, message, hint, 'key');
        }
      }
    }
  }
}

type Parents = NonNullable<MemberRecord['parents']>[string];
type Path = readonly (string | number)[];

/** Days, the first and the last within. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

const stretchOf = (dated: { readonly valid_from?: string; readonly valid_to?: string }): Stretch => ({
  from: dated.valid_from ?? beginningOfTime,
  to: dated.valid_to ?? endOfTime,
});

function checkParents(
  classification: Classification,
  member: MemberRecord,
  parents: Parents,
  path: Path,
  tell: Tell,
): void {
  const dated = typeof parents === 'string' ? [{ code: parents }] : parents;
  for (const [place, entry] of dated.entries()) {
    const at = typeof parents === 'string' ? path : [...path, place, 'code'];
    const { from, to } = stretchOf(entry);
    if (to < from) {
      tell('empty-validity', at, `The parent "${entry.code}" ends on ${to}, before it begins on ${from}.`);
      continue;
    }
    const earlier = dated.slice(0, place).map(stretchOf);
    if (earlier.some((other) => from <= other.to && other.from <= to)) {
      const message = `Member "${member.code}" has two parents in "${classification.id}" on the same day.`;
      tell('overlapping-validity', at, message);
    }
    checkParent(classification, entry.code, shared(stretchOf(member), { from, to }), (code, message, hint) =>
      tell(code, at, message, hint),
    );
  }
}

function checkParent(
  { id, members }: Classification,
  code: string,
  used: Stretch,
  say: (code: 'unknown-code' | 'parent-not-valid', message: string, hint?: string) => void,
): void {
  const holding = members.filter((candidate) => candidate.code === code);
  if (holding.length === 0) {
    const codes = members.map((candidate) => candidate.code);
    say('unknown-code', `There is no member "${code}" in "${id}".`, didYouMean(code, codes));
    return;
  }
  const open = firstDayWithout(
    used,
    holding.map(({ validFrom, validTo }) => ({ from: validFrom, to: validTo })),
  );
  if (open === null) return;
  const hint = 'give the parent a valid_from and valid_to, and name the one that holds then';
  say(
    'parent-not-valid',
    `Member "${code}" of "${id}" does not hold on ${open}, but is a parent then.`,
    hint,
  );
}

/** The days that lie in both; ISO dates have the order of their text. */
function shared(one: Stretch, other: Stretch): Stretch {
  const [, from = one.from] = [one.from, other.from].sort();
  const [to = one.to] = [one.to, other.to].sort();
  return { from, to };
}

/** The first day of a stretch that none of the others holds; null where they hold them all. */
function firstDayWithout(stretch: Stretch, others: readonly Stretch[]): string | null {
  let day = stretch.from;
  for (const { from, to } of [...others].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (day > stretch.to || from > day) break;
    if (to >= stretch.to) return null;
    if (to >= day) day = dayAfter(to);
  }
  return day <= stretch.to ? day : null;
}
