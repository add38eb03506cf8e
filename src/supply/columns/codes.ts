import { didYouMean } from '../../diagnostics/nearName.ts';
import { unknownMember } from '../../model/types.ts';
import { type CodeColumn, type CodeLists, codeLookup } from '../codeLookup.ts';
import { holdsPersonNumber, personNumber, shown } from '../personNumber.ts';
import type { Problem } from '../problem.ts';
import type { Parsed } from './parsedColumn.ts';

interface Code {
  readonly code: string;
  readonly level: string;
  readonly key: string;
  readonly isUnmapped: boolean;
}

/** Reads a column of codes or names as codes and the level of each. */
export function parseCodes(column: CodeColumn, cells: readonly string[], lists: CodeLists): Parsed<'code'> {
  const read = reader(column, lists);
  // Columns of codes hold few different texts.
  const known = new Map<string, Code | Problem>();
  const found = cells.map((cell) => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const now = read(cell);
    known.set(cell, now);
    return now;
  });
  return {
    kind: 'code',
    column,
    codes: found.map((one) => ('reason' in one ? null : one.code)),
    levels: found.map((one) => ('reason' in one ? null : one.level)),
    keys: found.map((one) => ('reason' in one ? null : one.key)),
    unmapped: found.flatMap((one, row) =>
      !('reason' in one) && one.isUnmapped ? [{ row, text: cells[row] ?? '' }] : [],
    ),
    problems: found.flatMap((one, row) => ('reason' in one ? [{ ...one, row }] : [])),
  };
}

function reader(column: CodeColumn, lists: CodeLists): (text: string) => Code | Problem {
  const lookup = codeLookup(column, lists);
  const finest = column.levels[0] ?? column.dimension;
  const unknown = { code: unknownMember, level: finest };
  const what = column.levels.join(', ');
  return (text) => {
    const written = text.trim();
    if (written === '') {
      if (column.emptyIsUnknown) return { ...unknown, key: unknownMember, isUnmapped: false };
      return {
        code: 'empty-value',
        reason: `The code of ${what} is empty, and the contract does not say what that means.`,
      };
    }
    const found = lookup.find(text);
    if (found !== null) return { ...found, key: found.code, isUnmapped: false };
    if (holdsPersonNumber(text)) return personNumber;
    if (column.unknown === 'uoplyst')
      return { ...unknown, key: `${unknownMember} ${written}`, isUnmapped: true };
    const hint = didYouMean(written, lookup.known());
    const reason = `There is no "${shown(written)}" in ${what}.`;
    return { code: 'unknown-code', reason, ...(hint === undefined ? {} : { hint }) };
  };
}
