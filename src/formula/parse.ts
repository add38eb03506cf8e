import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Expression, TextOrigin } from './expression.ts';
import { lowerTree } from './lower.ts';
import type { ParsedNode } from './parsed-node.ts';
import { scan } from './scan.ts';
import { checkStructure } from './structure.ts';
import type { Problem, Token } from './token.ts';

/** Reads one formula, filter or row condition; a value only if nothing is wrong with it. */
export type FormulaParser = (text: string, origin: TextOrigin) => Checked<Expression>;

const longestText = 10_000;
/** A text that is no formula at all has something wrong at every place; nobody reads more than this. */
const mostProblems = 20;

/**
 * Text -> tokens -> order of tokens checked -> mathjs's tree -> our tree. mathjs costs a good part of
 * a second to import, so it is imported when the first formula is read.
 */
export async function loadParser(): Promise<FormulaParser> {
  const { parseText } = await import('./mathjs.ts');
  return (text, origin) => parse(text, origin, parseText);
}

export async function parseFormula(text: string, origin: TextOrigin): Promise<Checked<Expression>> {
  const parser = await loadParser();
  return parser(text, origin);
}

function parse(
  text: string,
  origin: TextOrigin,
  parseText: (text: string) => ParsedNode,
): Checked<Expression> {
  const { tokens, problems } = check(text);
  if (problems.length > 0)
    return { diagnostics: problems.slice(0, mostProblems).map((problem) => placed(problem, origin)) };
  const name = onlyName(tokens);
  if (name !== null)
    return { value: lowerTree({ type: 'SymbolNode', name }, tokens, origin), diagnostics: [] };
  // The tokens alone, so that no white space or comment means anything to mathjs.
  const tree = parseText(tokens.map((token) => token.text).join(' '));
  return { value: lowerTree(tree, tokens, origin), diagnostics: [] };
}

/** A formula that is one name, as half of them are: mathjs would say no more of it, and takes longer than all else. */
function onlyName([first, another]: readonly Token[]): string | null {
  return first?.kind === 'name' && another === undefined ? first.text : null;
}

function check(text: string): { tokens: readonly Token[]; problems: readonly Problem[] } {
  if (text.length > longestText) return { tokens: [], problems: [tooLong(text)] };
  const { tokens, problems } = scan(text);
  if (problems.length > 0) return { tokens, problems };
  if (tokens.length === 0) return { tokens, problems: [empty(text)] };
  return { tokens, problems: checkStructure(tokens) };
}

function tooLong(text: string): Problem {
  const message = `The formula is longer than ${longestText} characters.`;
  return { code: 'formula-too-long', message, start: longestText, end: text.length };
}

function empty(text: string): Problem {
  return { code: 'formula-empty', message: 'There is no formula.', start: 0, end: text.length };
}

function placed({ code, message, hint, start, end }: Problem, { file, start: base }: TextOrigin): Diagnostic {
  return diagnostic(code, message, { span: { file, start: base + start, end: base + end }, hint });
}
