import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { beginningOfTime, endOfTime, type SemanticModel, unknownMember } from '../types.ts';
import { tell } from './tell.ts';

/** Members: dates that exist and are in order, one meaning of a code on one day, no code of ours. */
export function membersOfClassifications(_model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.classifications) {
    const { members, classification } = definition.record;
    const seen = new Map<string, { from: string; to: string }[]>();
    for (const [position, member] of members.entries()) {
      const from = member.valid_from ?? beginningOfTime;
      const to = member.valid_to ?? endOfTime;
      if (to < from) {
        tell(
          context,
          definition,
          ['members', position, 'valid_to'],
          'empty-validity',
          `Member "${member.code}" ends on ${to}, before it begins on ${from}.`,
        );
      }
      if (member.code === unknownMember) {
        tell(
          context,
          definition,
          ['members', position, 'code'],
          'reserved-code',
          `"${unknownMember}" is the unknown member that every dimension has already.`,
        );
      }
      const before = seen.get(member.code) ?? [];
      if (before.some((other) => from <= other.to && other.from <= to)) {
        tell(
          context,
          definition,
          ['members', position, 'code'],
          'overlapping-validity',
          `Member "${member.code}" is in "${classification}" twice on the same day.`,
          'give each a valid_from and valid_to that do not overlap',
        );
      }
      seen.set(member.code, [...before, { from, to }]);
    }
    tellClashingAliases(context, definition);
  }
}

type ClassificationDefinition = BindContext['definitions']['classifications'][number];

function tellClashingAliases(context: BindContext, definition: ClassificationDefinition): void {
  const owners = new Map<string, string>();
  for (const member of definition.record.members) owners.set(member.code, member.code);
  for (const [position, member] of definition.record.members.entries()) {
    for (const [place, alias] of (member.aliases ?? []).entries()) {
      const owner = owners.get(alias);
      if (owner !== undefined && owner !== member.code) {
        tell(
          context,
          definition,
          ['members', position, 'aliases', place],
          'ambiguous-alias',
          `"${alias}" already stands for member "${owner}".`,
        );
      }
      owners.set(alias, member.code);
    }
  }
}

/** A near name among codes, labels and aliases; for other rules that look up members. */
export function nearMember(code: string, codes: readonly string[]): string | undefined {
  return didYouMean(code, codes);
}
