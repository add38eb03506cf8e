import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { beginningOfTime, endOfTime, type SemanticModel } from '../types.ts';
import { tell } from './tell.ts';

/** Parents: a level that exists, a code in it, and never two at once. */
export function parentsOfMembers(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.classifications) {
    for (const [position, member] of definition.record.members.entries()) {
      for (const [level, parent] of Object.entries(member.parents ?? {})) {
        const path = ['members', position, 'parents', level];
        const classification = model.classifications[level];
        if (!classification) {
          tell(
            context,
            definition,
            path,
            'unknown-level',
            `There is no classification for the level "${level}".`,
            didYouMean(level, Object.keys(model.classifications)),
            'key',
          );
          continue;
        }
        const codes = classification.members.map(({ code }) => code);
        const dated: readonly { code: string; valid_from?: string; valid_to?: string }[] =
          typeof parent === 'string' ? [{ code: parent }] : parent;
        for (const [place, entry] of dated.entries()) {
          if (!codes.includes(entry.code)) {
            const at = typeof parent === 'string' ? path : [...path, place, 'code'];
            tell(
              context,
              definition,
              at,
              'unknown-code',
              `There is no member "${entry.code}" in "${level}".`,
              didYouMean(entry.code, codes),
            );
          }
          const from = entry.valid_from ?? beginningOfTime;
          const to = entry.valid_to ?? endOfTime;
          const overlaps = dated
            .slice(0, place)
            .some(
              (other) => from <= (other.valid_to ?? endOfTime) && (other.valid_from ?? beginningOfTime) <= to,
            );
          if (overlaps) {
            tell(
              context,
              definition,
              [...path, place, 'code'],
              'overlapping-validity',
              `Member "${member.code}" has two parents in "${level}" on the same day.`,
            );
          }
        }
      }
    }
  }
}
