import { type DiagnosticCode, diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DefinitionFile } from './definition.ts';
import { depthMeter } from './nesting.ts';
import { lexemesOf, type Token, tokensOf } from './tokens.ts';

/** Far above any definition (a classification of 3,000 codes is 300 kB), far below what hurts. */
export const largestFile = 4 * 1024 * 1024;
export const deepestNesting = 100;

/**
 * What can be said of a text before it is parsed: size, depth, and the parts of YAML that definitions do
 * without. The value is the pieces of the text, for the parser; without one it must not be parsed at all.
 */
export function checkLayout({ file, text }: DefinitionFile): Checked<readonly string[]> {
  if (text.length > largestFile) {
    const size = (text.length / 1024 / 1024).toFixed(1);
    const message = `The file is ${size} MiB large, and a definition is at most 4 MiB.`;
    return { diagnostics: [diagnostic('file-too-large', message, { span: { file, start: 0, end: 0 } })] };
  }
  const diagnostics: Diagnostic[] = [];
  const depthOf = depthMeter();
  const lexemes = lexemesOf(text);
  for (const token of tokensOf(text, lexemes)) {
    if (depthOf(token) > deepestNesting) {
      const message = `Lists and mappings stand more than ${deepestNesting} deep in each other.`;
      return { diagnostics: [diagnostic('nesting-too-deep', message, { span: spanOfToken(file, token) })] };
    }
    const refusal = refusals[token.type];
    if (refusal !== undefined) diagnostics.push(refused(file, token, refusal));
  }
  return { value: lexemes, diagnostics };
}

interface Refusal {
  readonly code: DiagnosticCode;
  readonly what: string;
  readonly hint: (source: string) => string;
}

const quote = (source: string): string => `if "${source}" is meant as text, write it in quotes`;

const refusals: Partial<Record<Token['type'], Refusal>> = {
  'directive-line': {
    code: 'directive-not-allowed',
    what: 'a directive',
    hint: () => 'leave the line out; every definition is YAML 1.2',
  },
  anchor: { code: 'anchor-not-allowed', what: 'an anchor', hint: quote },
  alias: { code: 'alias-not-allowed', what: 'an alias', hint: quote },
  tag: { code: 'tag-not-allowed', what: 'a tag', hint: quote },
};

function refused(file: string, token: Token, { code, what, hint }: Refusal): Diagnostic {
  const source = token.source.trimEnd();
  const message = `${source} is ${what}, and definitions have none.`;
  return diagnostic(code, message, { span: spanOfToken(file, { ...token, source }), hint: hint(source) });
}

const spanOfToken = (file: string, { source, start }: Token) => ({ file, start, end: start + source.length });
