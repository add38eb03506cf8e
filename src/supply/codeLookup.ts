import type { Classification, Dimension, SourceColumn } from '../model/types.ts';

export type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

export interface CodeLists {
  readonly classifications: Readonly<Record<string, Classification>>;
  readonly dimensions: Readonly<Record<string, Dimension>>;
}

/** A member as a delivered text names it. */
export interface FoundCode {
  readonly code: string;
  readonly level: string;
}

export interface CodeLookup {
  readonly find: (text: string) => FoundCode | null;
  /** Everything that would have been found; for near names. */
  readonly known: () => Iterable<string>;
}

/**
 * Finds the member that a text names, in the levels of a column, finest first. What is written exactly as in
 * a list comes first, then codes brought to the length of their list ("0101" is 101, "2820" is 02820).
 */
export function codeLookup(column: CodeColumn, { classifications }: CodeLists): CodeLookup {
  const exact = new Map<string, FoundCode>();
  const spellings: string[] = [];
  const lists = column.levels.flatMap((level) => classifications[level] ?? []);
  const add = (spelling: string, found: FoundCode) => {
    const key = fold(spelling);
    spellings.push(spelling);
    if (!exact.has(key)) exact.set(key, found);
  };
  // All codes or names before any alias: an alias of one member must not hide the code of another.
  for (const { id, members } of lists) {
    for (const { code, label } of members) {
      for (const spelling of column.match === 'code' ? [code] : [label.da, label.en])
        add(spelling, { code, level: id });
    }
  }
  for (const { id, members } of lists) {
    for (const { code, aliases } of members) for (const alias of aliases) add(alias, { code, level: id });
  }
  const normalised = column.match === 'code' ? lists.map(byNormalisedCode) : [];
  return {
    find: (text) => {
      const written = exact.get(fold(text));
      if (written !== undefined) return written;
      for (const find of normalised) {
        const found = find(text.trim());
        if (found !== null) return found;
      }
      return null;
    },
    known: () => spellings,
  };
}

/** Case and spaces at the ends are no difference; a Mac writes å as a and a ring. */
const fold = (text: string): string => text.trim().normalize('NFC').toLowerCase();

function byNormalisedCode({ id, codeLength, members }: Classification): (text: string) => FoundCode | null {
  const codes = new Set(members.map(({ code }) => code));
  return (text) => {
    if (codeLength === undefined || !/^[0-9]+$/.test(text)) return null;
    const code = text.replace(/^0+/, '').padStart(codeLength, '0');
    return codes.has(code) ? { code, level: id } : null;
  };
}
