import { nearName } from '../../diagnostics/nearName.ts';
import { compareCodes } from '../codeOrder.ts';
import { type Classification, unknownMember } from '../types.ts';

/** The codes of a list in their order, and the other ways to write them. */
export interface CodeList {
  readonly codes: readonly string[];
  readonly aliases: ReadonlyMap<string, string>;
  /** Whether dots are part of the codes; if not, they may be written between the digits for reading. */
  readonly hasDots: boolean;
}

export function codeListOf({ members }: Pick<Classification, 'members'>): CodeList {
  const codes = [...new Set(members.map(({ code }) => code))];
  const aliases = members.flatMap(({ code, aliases: others }) =>
    others.map((alias) => [alias, code] as const),
  );
  return { codes, aliases: new Map(aliases), hasDots: codes.some((code) => code.includes('.')) };
}

/** Codes that a text stands for, or why it stands for none. */
export type Matched =
  | { readonly kind: 'codes'; readonly codes: readonly string[] }
  | { readonly kind: 'unknown'; readonly near: string | undefined }
  | { readonly kind: 'empty' }
  | { readonly kind: 'backwards' };

/**
 * A code (`"5.32.30"`), all codes that begin alike (`"5.32.*"`), or a range with both ends within
 * (`"0.22.01..0.22.05"`, `"2.*..6.*"`). The unknown member is meant only where it is written.
 */
export function matchCodes(written: string, list: CodeList): Matched {
  const range = /^(.+?)\s*\.\.\s*(.+)$/.exec(written);
  if (range) return between(bare(range[1] ?? '', list), bare(range[2] ?? '', list), list);
  const text = bare(written, list);
  if (text.endsWith('*')) return someOf(startingWith(text, list));
  return oneCode(written, text, list);
}

const bare = (written: string, { hasDots }: CodeList): string =>
  hasDots ? written.trim() : written.trim().replaceAll('.', '');

function oneCode(written: string, text: string, { codes, aliases }: CodeList): Matched {
  const code = [written, aliases.get(written), text].find(
    (each) => each !== undefined && isCode(each, codes),
  );
  if (code !== undefined) return { kind: 'codes', codes: [code] };
  return { kind: 'unknown', near: nearName(text, codes) };
}

const isCode = (text: string, codes: readonly string[]): boolean =>
  text === unknownMember || codes.includes(text);

function startingWith(pattern: string, { codes }: CodeList): readonly string[] {
  const start = pattern.slice(0, -1);
  return codes.filter((code) => code.startsWith(start));
}

function between(from: string, to: string, list: CodeList): Matched {
  const first = from.endsWith('*') ? startingWith(from, list)[0] : from;
  const last = to.endsWith('*') ? startingWith(to, list).at(-1) : to;
  if (first === undefined || last === undefined) return { kind: 'empty' };
  if (compareCodes(first, last) > 0) return { kind: 'backwards' };
  return someOf(list.codes.filter((code) => compareCodes(first, code) <= 0 && compareCodes(code, last) <= 0));
}

const someOf = (codes: readonly string[]): Matched =>
  codes.length > 0 ? { kind: 'codes', codes } : { kind: 'empty' };
