import type { MemberRecord } from '../../definitions/schema.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import { beginningOfTime, endOfTime, type SemanticModel } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** Levels of groups: a classification each, in no hierarchy, whose members are lists of finest members. */
export function groupsOfDimensions(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.dimensions) {
    const { dimension: id, groups = [] } = definition.record;
    const tell = tellIn(context, definition);
    const dimension = lookUp(model.dimensions, id);
    for (const [position, level] of groups.entries()) {
      const path = ['groups', position];
      const isLevel = Object.values(model.dimensions).some(({ levels }) => levels.includes(level));
      if (isLevel) {
        tell('named-twice', path, `"${level}" is a level of a hierarchy already.`);
      } else if (!lookUp(model.classifications, level)) {
        const hint = didYouMean(level, Object.keys(model.classifications));
        tell('unknown-level', path, `There is no classification for the level "${level}".`, hint);
      } else if (dimension) checkMembers(model, context, level, dimension.leaf);
    }
  }
}

function checkMembers(model: SemanticModel, context: BindContext, level: string, leaf: string): void {
  const definition = context.definitions.classifications.find(
    ({ record }) => record.classification === level,
  );
  if (!definition) return;
  const tell: Tell = tellIn(context, definition);
  const codes = (lookUp(model.classifications, leaf)?.members ?? []).map(({ code }) => code);
  for (const [position, { code, of }] of definition.record.members.entries()) {
    const path = ['members', position];
    if (of === undefined) {
      const message = `Group "${code}" does not say of what it is.`;
      tell('group-without-members', [...path, 'code'], message, `write of: with codes of ${leaf}`);
      continue;
    }
    checkOnce(code, of, path, tell);
    for (const [place, each] of of.entries()) {
      const list = typeof each === 'string' ? [each] : each.members;
      for (const [at, member] of list.entries()) {
        if (codes.includes(member)) continue;
        const where = typeof each === 'string' ? [place] : [place, 'members', at];
        const message = `There is no member "${member}" in "${leaf}".`;
        tell('unknown-code', [...path, 'of', ...where], message, didYouMean(member, codes));
      }
    }
  }
}

type Lists = NonNullable<MemberRecord['of']>;

/** A member that stood twice in a group on one day would be counted twice. */
function checkOnce(code: string, of: Lists, path: readonly (string | number)[], tell: Tell): void {
  const lists = of.map((each) => (typeof each === 'string' ? null : each));
  const undated = of.flatMap((each) => (typeof each === 'string' ? [each] : []));
  for (const [place, each] of of.entries()) {
    const list: readonly string[] = typeof each === 'string' ? undated.slice(0, place + 1) : each.members;
    const last = list.at(-1);
    const twice =
      typeof each === 'string'
        ? list.slice(0, -1).find((one) => one === last)
        : list.find((one, at) => list.indexOf(one) < at);
    if (twice !== undefined)
      tell('named-twice', [...path, 'of', place], `"${twice}" stands twice in the group "${code}".`);
    const { valid_from: from = beginningOfTime, valid_to: to = endOfTime } =
      typeof each === 'string' ? {} : each;
    const overlaps = lists
      .slice(0, place)
      .some(
        (other) =>
          other && from <= (other.valid_to ?? endOfTime) && (other.valid_from ?? beginningOfTime) <= to,
      );
    if (overlaps) {
      tell(
        'overlapping-validity',
        [...path, 'of', place],
        `Two lists of the group "${code}" hold on one day.`,
      );
    }
  }
}
