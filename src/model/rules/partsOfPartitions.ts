import { type PartsViolation, proveParts } from '../accounts/proveParts.ts';
import { changeYears, combinationInWords, firstYear } from '../accounts/selected.ts';
import type { Partition } from '../accounts/types.ts';
import { lookUp } from '../lookUp.ts';
import type { Rule } from './rule.ts';
import { tellIn } from './tell.ts';

/** Parts share nothing and leave nothing out, over all combinations that the code lists allow. */
export const partsOfPartitions: Rule = (model, context) => {
  for (const definition of context.definitions.partitions) {
    const partition = lookUp(model.partitions, definition.record.partition);
    if (!partition) continue;
    const tell = tellIn(context, definition);
    checkYears(partition);
    const told = new Set<string>();
    for (const violation of proveParts(partition, model)) {
      // What is wrong in one stretch of years mostly is in the next one too.
      const key = JSON.stringify([violation.kind, violation.parts]);
      if (told.has(key)) continue;
      told.add(key);
      const { code, message } = violationInWords(violation);
      const part = partition.parts.indexOf(violation.parts.at(-1) ?? '');
      tell(code, part < 0 ? ['parts'] : ['parts', part], message, undefined, part < 0 ? 'key' : 'value');
    }

    function checkYears({ of, parts }: Partition): void {
      for (const id of parts) {
        const missing = changeYears([...(of === null ? [] : [of]), ...parts], model.selections).find(
          (year) => isHeld(of ?? parts[0] ?? '', year) && !isHeld(id, year),
        );
        if (missing === undefined) continue;
        const message = `"${id}" has no list for ${missing}, a year that is parted.`;
        tell('selection-gap', ['parts', parts.indexOf(id)], message);
      }
    }
    function isHeld(id: string, year: string): boolean {
      const lists = lookUp(model.selections, id)?.lists ?? [];
      return lists.some(({ validFrom, validTo }) => validFrom <= year && year <= validTo);
    }
  }
};

/** What a violation is told as, wherever it is found. */
export const codesOfViolations = {
  shared: 'parts-overlap',
  'left-out': 'parts-leave-out',
  outside: 'parts-reach-outside',
} as const satisfies Record<PartsViolation['kind'], string>;

/** A violation as a sentence, for whoever can put it right. */
export function violationInWords({ kind, parts, year, example }: PartsViolation) {
  const combination = combinationInWords(example);
  const when = year === firstYear ? '' : ` from ${year}`;
  const messages = {
    shared: `"${parts[0]}" and "${parts[1]}" both select ${combination}${when}.`,
    'left-out': `No part selects ${combination}${when}.`,
    outside: `"${parts[0]}" selects ${combination}${when}, which is not among what is parted.`,
  };
  return { code: codesOfViolations[kind], message: messages[kind] };
}
