import type { MemberRecord } from '../../definitions/schema.ts';
import { compareCodes } from '../codeOrder.ts';
import { parseDecimal, type Rational, rational } from '../rational.ts';
import {
  beginningOfTime,
  type Classification,
  type DatedParent,
  endOfTime,
  type Member,
  type Successors,
} from '../types.ts';
import type { BindContext } from './context.ts';

/** Classifications with every date written out and members in the order of their codes. */
export function bindClassifications(context: BindContext): Record<string, Classification> {
  const bound: Record<string, Classification> = {};
  for (const { record } of context.definitions.classifications) {
    bound[record.classification] = {
      id: record.classification,
      label: record.label,
      ...(record.code_length === undefined ? {} : { codeLength: record.code_length }),
      members: record.members.map(bindMember).sort((a, b) => compareCodes(a.code, b.code)),
    };
  }
  return bound;
}

function bindMember(member: MemberRecord): Member {
  return {
    code: member.code,
    label: member.label,
    validFrom: member.valid_from ?? beginningOfTime,
    validTo: member.valid_to ?? endOfTime,
    parents: Object.fromEntries(
      Object.entries(member.parents ?? {}).map(([level, parent]) => [level, bindParents(parent)]),
    ),
    ...(member.of === undefined ? {} : { of: bindGroup(member.of) }),
    ...(member.successors === undefined ? {} : { successors: bindSuccessors(member.successors) }),
    aliases: member.aliases ?? [],
    expected: member.expected ?? true,
    provisional: member.provisional ?? false,
  };
}

function bindGroup(written: NonNullable<MemberRecord['of']>): NonNullable<Member['of']> {
  const undated = written.filter((each) => typeof each === 'string');
  if (undated.length > 0) return [{ members: undated, validFrom: beginningOfTime, validTo: endOfTime }];
  return written.flatMap((each) =>
    typeof each === 'string'
      ? []
      : [
          {
            members: each.members,
            validFrom: each.valid_from ?? beginningOfTime,
            validTo: each.valid_to ?? endOfTime,
          },
        ],
  );
}

function bindSuccessors(successors: NonNullable<MemberRecord['successors']>): Successors {
  const written = typeof successors === 'string' ? { to: [{ code: successors }] } : successors;
  return {
    kind: written.kind ?? 'mapped',
    to: (written.to ?? []).map(({ code, weight }) => {
      const { numerator, denominator } = parseWeight(weight ?? '1');
      return { code, numerator: String(numerator), denominator: String(denominator) };
    }),
    basis: written.basis ?? null,
    note: written.note ?? null,
  };
}

/** `0.25` or `1/3`, as the schema lets through. */
export function parseWeight(text: string): Rational {
  const [above = '', below] = text.split('/');
  return below === undefined ? parseDecimal(above) : rational(BigInt(above), BigInt(below));
}

function bindParents(parent: NonNullable<MemberRecord['parents']>[string]): DatedParent[] {
  const dated = typeof parent === 'string' ? [{ code: parent }] : parent;
  return dated
    .map((entry: { code: string; valid_from?: string; valid_to?: string }) => ({
      code: entry.code,
      validFrom: entry.valid_from ?? beginningOfTime,
      validTo: entry.valid_to ?? endOfTime,
    }))
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}
