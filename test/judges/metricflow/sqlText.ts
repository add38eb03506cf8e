/** The little SQL that filters and formulas of the judge are written in, as a tree. */
export type Sql =
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'hole'; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Sql;
      readonly right: Sql;
    }
  | { readonly kind: 'not'; readonly operand: Sql }
  | { readonly kind: 'isNull'; readonly operand: Sql; readonly negated: boolean }
  | { readonly kind: 'in'; readonly operand: Sql; readonly list: readonly Sql[] }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Sql[] };

export type BinaryOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

const token =
  /\s*(?:(\d+(?:\.\d+)?)|'((?:[^']|'')*)'|\{(\d+)\}|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|<>|!=|[=<>+\-*/(),]))/y;

interface Token {
  readonly kind: 'number' | 'text' | 'hole' | 'word' | 'sign';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const kinds = ['number', 'text', 'hole', 'word', 'sign'] as const;
  const tokens: Token[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`cannot read ${JSON.stringify(text.slice(at))}`);
    const found = match.slice(1).findIndex((group) => group !== undefined);
    tokens.push({ kind: kinds[found] ?? 'sign', text: match[found + 1] ?? '' });
  }
  return tokens;
}

/** Operators from the loosest to the tightest. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['=', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];
const notLevel = 2;

export function parseSql(text: string): Sql {
  const tokens = tokensOf(text);
  let at = 0;
  const is = (word: string) => {
    const next = tokens[at];
    return (
      next !== undefined && (next.kind === 'word' || next.kind === 'sign') && next.text.toLowerCase() === word
    );
  };
  const take = (word: string) => {
    if (!is(word)) return false;
    at += 1;
    return true;
  };
  const need = (word: string) => {
    if (!take(word)) throw new Error(`"${word}" is wanted in ${text}`);
  };
  const binary = (level: number): Sql => {
    const operators = levels[level];
    if (!operators) return primary();
    if (level === notLevel && take('not')) return { kind: 'not', operand: binary(level) };
    let left = binary(level + 1);
    if (level === notLevel) left = tested(left);
    for (;;) {
      const operator = operators.find((each) => take(each) || (each === '!=' && take('<>')));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
  };
  const tested = (operand: Sql): Sql => {
    if (take('is')) {
      const negated = take('not');
      need('null');
      return { kind: 'isNull', operand, negated };
    }
    if (take('in')) {
      need('(');
      return { kind: 'in', operand, list: listed() };
    }
    return operand;
  };
  const listed = (): Sql[] => {
    const list = [binary(0)];
    while (take(',')) list.push(binary(0));
    need(')');
    return list;
  };
  const primary = (): Sql => {
    if (take('(')) {
      const inner = binary(0);
      need(')');
      return inner;
    }
    if (take('cast')) {
      need('(');
      const inner = binary(0);
      need('as');
      at += 1;
      need(')');
      return inner;
    }
    const next = tokens[at];
    if (!next || next.kind === 'sign') throw new Error(`cannot read ${text}`);
    at += 1;
    if (next.kind === 'number') return { kind: 'number', value: next.text };
    if (next.kind === 'text') return { kind: 'text', value: next.text.replaceAll("''", "'") };
    if (next.kind === 'hole') return { kind: 'hole', at: Number(next.text) };
    if (take('(')) return { kind: 'call', name: next.text.toLowerCase(), operands: listed() };
    return { kind: 'name', name: next.text };
  };
  const parsed = binary(0);
  if (at < tokens.length) throw new Error(`cannot read all of ${text}`);
  return parsed;
}
