import type { MemberRecord } from '../../definitions/schema.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { parseWeight } from '../bind/classifications.ts';
import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import { dayAfter } from '../periods.ts';
import { add, compare, one, zero } from '../rational.ts';
import { type Classification, endOfTime, type SemanticModel } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** Successors: members that hold on the day after, each once, with weights that make 1 and say where they are from. */
export function successorsOfMembers(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.classifications) {
    const tell = tellIn(context, definition);
    const list = lookUp(model.classifications, definition.record.classification);
    for (const [position, member] of definition.record.members.entries()) {
      if (list && member.successors !== undefined)
        checkSuccessors(list, member, member.successors, ['members', position], tell);
    }
  }
}

type Path = readonly (string | number)[];

function checkSuccessors(
  list: Classification,
  member: MemberRecord,
  written: NonNullable<MemberRecord['successors']>,
  path: Path,
  tell: Tell,
): void {
  const at = [...path, 'successors'];
  const { valid_to: last = endOfTime } = member;
  if (last === endOfTime) {
    const message = `Member "${member.code}" has successors but no last day.`;
    tell(
      'successor-without-end',
      at,
      message,
      'give it a valid_to, the day before its successors begin',
      'key',
    );
    return;
  }
  const { to = [], kind, basis } = typeof written === 'string' ? { to: [{ code: written }] } : written;
  if (to.length === 0 && kind !== 'broken') {
    const message = `Member "${member.code}" does not say what it became.`;
    tell('successors-missing', at, message, 'name the members under to, or write kind: broken', 'key');
    return;
  }
  for (const [place, { code }] of to.entries()) {
    const where = typeof written === 'string' ? at : [...at, 'to', place, 'code'];
    const again = to.findIndex((other) => other.code === code) < place;
    if (again)
      tell('named-twice', where, `"${code}" is named twice among the successors of "${member.code}".`);
    checkSuccessor(list, code, dayAfter(last), where, tell);
  }
  if (to.length > 0) checkWeights(member, to, at, tell);
  if (to.length > 1 && basis === undefined) {
    const message = `Member "${member.code}" is split between ${to.length} members, and nothing says what the weights are made of.`;
    tell('split-without-basis', at, message, 'write basis: with da and en', 'key');
  }
}

function checkSuccessor(list: Classification, code: string, first: string, at: Path, tell: Tell): void {
  const holding = list.members.filter((candidate) => candidate.code === code);
  if (holding.length === 0) {
    const codes = list.members.map((candidate) => candidate.code);
    tell('unknown-code', at, `There is no member "${code}" in "${list.id}".`, didYouMean(code, codes));
  } else if (!holding.some(({ validFrom, validTo }) => validFrom <= first && first <= validTo)) {
    tell('successor-not-valid', at, `The successor "${code}" does not hold on ${first}.`);
  }
}

function checkWeights(
  member: MemberRecord,
  to: readonly { readonly weight?: string | undefined }[],
  at: Path,
  tell: Tell,
): void {
  const total = to.map(({ weight = '1' }) => parseWeight(weight)).reduce(add, zero);
  if (compare(total, one) === 0) return;
  const text = total.denominator === 1n ? String(total.numerator) : `${total.numerator}/${total.denominator}`;
  const message = `The weights of the successors of "${member.code}" make ${text}, not 1.`;
  tell('weights-not-one', at, message, undefined, 'key');
}
