import type { ClassificationDefinition } from '../../definitions/definition.ts';
import type { BindContext } from '../bind/context.ts';
import { beginningOfTime, endOfTime, totalMember, unknownMember } from '../types.ts';
import type { Rule } from './rule.ts';
import { type Tell, tellIn } from './tell.ts';

/** Members: dates that are in order, one meaning of a code on one day, no code of ours. */
export const membersOfClassifications: Rule = (_model, context: BindContext) => {
  for (const definition of context.definitions.classifications) {
    const tell = tellIn(context, definition);
    checkMembers(definition, tell);
    checkAliases(definition, tell);
  }
};

function checkMembers({ record }: ClassificationDefinition, tell: Tell): void {
  const seen = new Map<string, { from: string; to: string }[]>();
  for (const [position, member] of record.members.entries()) {
    const { code, valid_from: from = beginningOfTime, valid_to: to = endOfTime } = member;
    const path = ['members', position];
    if (to < from) {
      const message = `Member "${code}" ends on ${to}, before it begins on ${from}.`;
      tell('empty-validity', [...path, 'valid_to'], message);
    }
    if (code === unknownMember) {
      const message = `"${unknownMember}" is the unknown member that every dimension has already.`;
      tell('reserved-code', [...path, 'code'], message);
    }
    if (code === totalMember) {
      const message = `"${totalMember}" is what files write in the row over everything.`;
      tell('reserved-code', [...path, 'code'], message);
    }
    const before = seen.get(code) ?? [];
    if (before.some((other) => from <= other.to && other.from <= to)) {
      const message = `Member "${code}" is in "${record.classification}" twice on the same day.`;
      const hint = 'give each a valid_from and valid_to that do not overlap';
      tell('overlapping-validity', [...path, 'code'], message, hint);
    }
    seen.set(code, [...before, { from, to }]);
  }
}

function checkAliases({ record }: ClassificationDefinition, tell: Tell): void {
  const owners = new Map(record.members.map(({ code }) => [code, code]));
  for (const [position, { code, aliases = [] }] of record.members.entries()) {
    for (const [place, alias] of aliases.entries()) {
      const owner = owners.get(alias);
      if (owner !== undefined && owner !== code) {
        const message = `"${alias}" already stands for member "${owner}".`;
        tell('ambiguous-alias', ['members', position, 'aliases', place], message);
      }
      owners.set(alias, code);
    }
  }
}
