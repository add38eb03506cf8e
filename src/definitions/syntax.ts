import type { ErrorCode, YAMLError } from 'yaml';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DefinitionFile } from './definition.ts';

/**
 * What the parser found wrong. It goes on after a mistake and often stumbles again at the same place, so of
 * each place only the first is told.
 */
export function syntaxErrors(
  { file, text }: DefinitionFile,
  errors: readonly YAMLError[],
): readonly Diagnostic[] {
  const places = new Set<number>();
  const found: Diagnostic[] = [];
  for (const { code, message, pos } of errors) {
    const start = Math.min(pos[0], text.length);
    if (code === 'MULTIPLE_DOCS' || places.has(start)) continue;
    places.add(start);
    const span = { file, start, end: Math.max(start, Math.min(pos[1], text.length)) };
    found.push(diagnostic('yaml-syntax', sentence(message), { span, hint: hints[code] }));
  }
  return found;
}

/** The second document of a file, if there is one; the first is read all the same. */
export function severalDocuments(
  { file, text }: DefinitionFile,
  errors: readonly YAMLError[],
): readonly Diagnostic[] {
  const second = errors.find(({ code }) => code === 'MULTIPLE_DOCS');
  if (second === undefined) return [];
  const start = second.pos[0];
  const lineEnd = text.slice(start).search(/[\r\n]/);
  const span = { file, start, end: lineEnd < 0 ? text.length : start + lineEnd };
  const message = 'A second document begins here, and a file holds one definition.';
  return [diagnostic('several-documents', message, { span, hint: 'put it into a file of its own' })];
}

/** The parser's own words; they are good, but for their end. */
const sentence = (message: string): string => `${message.trim().replace(/[.:]$/, '')}.`;

const hints: Partial<Record<ErrorCode, string>> = {
  BAD_SCALAR_START: 'write the value in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value with ": " in it stands in quotes; a mapping begins on a line of its own',
  MULTILINE_IMPLICIT_KEY: 'is there a ":" missing after the key?',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_DQ_ESCAPE: "write \\\\ for a backslash, or use '...' quotes",
};
