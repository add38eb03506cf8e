import { CST, Lexer } from 'yaml';

/** A lexical token of a YAML text: a piece of the text as it stands there. */
export interface Token {
  readonly type: CST.TokenType | 'text';
  readonly source: string;
  readonly start: number;
}

/** The pieces that a text is made of; the parser takes them too, so that a text is cut up once. */
export function lexemesOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)];
}

/**
 * The tokens of a text in order; together they are the whole text. The lexer keeps no stack, so any text
 * may be handed to it. (It puts control characters between the tokens, which are no part of the text.)
 */
export function* tokensOf(text: string, lexemes: Iterable<string> = lexemesOf(text)): Generator<Token> {
  let start = 0;
  let isText = false;
  for (const source of lexemes) {
    const type: Token['type'] = isText ? 'text' : (CST.tokenType(source) ?? 'text');
    isText = type === 'scalar';
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') continue;
    yield { type, source, start };
    start += source.length;
  }
}
