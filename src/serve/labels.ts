import type { Label } from '../definitions/schema.ts';
import type { TimeLevel } from '../model/periods.ts';
import { type SemanticModel, unknownMember } from '../model/types.ts';
import type { AnswerLevel, AnswerRow } from '../query/answer.ts';
import type { BoundQuery } from '../query/bound.ts';

const timeLabels: Readonly<Record<TimeLevel, Label>> = {
  dag: { da: 'Dag', en: 'Day' },
  uge: { da: 'Uge', en: 'Week' },
  maaned: { da: 'Måned', en: 'Month' },
  kvartal: { da: 'Kvartal', en: 'Quarter' },
  aar: { da: 'År', en: 'Year' },
  skoleaar: { da: 'Skoleår', en: 'School year' },
};

export const unknownLabel: Label = { da: 'Uoplyst', en: 'Unknown' };

/** The asked levels with the labels of the members that occur. */
export function levelsOfAnswer(
  query: BoundQuery,
  model: SemanticModel,
  rows: readonly AnswerRow[],
): AnswerLevel[] {
  return query.levels.map((level, position) => {
    const codes = new Set(rows.map((row) => row.members[position] ?? ''));
    const classification = level.kind === 'member' ? model.classifications[level.name] : undefined;
    const labelOf = (code: string): Label => {
      if (code === unknownMember) return unknownLabel;
      // Of several members with one code in time the newest names it.
      const member = classification?.members.findLast((each) => each.code === code);
      return member?.label ?? { da: code, en: code };
    };
    return {
      name: level.name,
      label:
        level.kind === 'time'
          ? timeLabels[level.name]
          : (classification?.label ?? { da: level.name, en: level.name }),
      members: Object.fromEntries([...codes].map((code) => [code, labelOf(code)])),
    };
  });
}
