import type { Span } from '../diagnostics/diagnostic.ts';
import { assertNever, invariant } from '../diagnostics/invariant.ts';
import type {
  ArithmeticExpression,
  ComparisonExpression,
  Expression,
  LogicExpression,
  TextOrigin,
} from './expression.ts';
import type { ParsedNode } from './parsed-node.ts';
import type { Token } from './token.ts';

/**
 * An expression with its first and last token, round brackets around it included, while its own span
 * leaves them out. `nots` are the leading `not` that mathjs bound too tightly: they are carried
 * outwards past comparisons and applied where the operand of `and`, `or`, a bracket or the text ends.
 */
interface Lowered {
  readonly expression: Expression;
  readonly first: Token;
  readonly last: Token;
  readonly nots: readonly Token[];
}

/**
 * Turns mathjs's tree into ours. The tree is walked in the order of the text and takes one token after
 * another, so every node gets its place, and a tree that does not say what the text says is found.
 */
export function lowerTree(tree: ParsedNode, tokens: readonly Token[], origin: TextOrigin): Expression {
  let position = 0;
  const { expression } = lowerWhole(tree);
  invariant(position === tokens.length, 'mathjs read less than the formula holds');
  return expression;

  function take(text?: string): Token {
    const token = tokens[position];
    invariant(token !== undefined && (text ?? token.text) === token.text, `mathjs read "${text}" elsewhere`);
    position++;
    return token;
  }

  function span(first: Token, last: Token): Span {
    return { file: origin.file, start: origin.start + first.start, end: origin.start + last.end };
  }

  function lower(node: ParsedNode): Lowered {
    switch (node.type) {
      case 'ConstantNode':
        return lowerConstant(node.value);
      case 'SymbolNode':
      case 'AccessorNode':
        return lowerName(nameOf(node));
      case 'ParenthesisNode':
        return lowerParentheses(node.content);
      case 'FunctionNode':
        return lowerCall(nameOf(node.fn), node.args);
      case 'OperatorNode':
        return lowerOperator(node.op, node.args);
      case 'ArrayNode':
        throw new Error('invariant: a list stands only after "in"');
      default:
        return assertNever(node);
    }
  }

  /** With the `not` that were carried outwards now applied, the innermost first. */
  function lowerWhole(node: ParsedNode): Lowered {
    const { expression: inner, first, last, nots } = lower(node);
    let expression = inner;
    for (const not of nots.toReversed()) expression = negation(expression, span(not, last));
    return { expression, first: nots[0] ?? first, last, nots: [] };
  }

  function lowerConstant(read: unknown): Lowered {
    const token = take();
    const { value } = token;
    const kind = typeof read === 'string' ? 'text' : 'number';
    invariant(kind === token.kind, 'mathjs read a literal elsewhere');
    invariant(kind === 'number' || read === value, 'mathjs read another text than the scan');
    return { expression: { kind, value, span: span(token, token) }, first: token, last: token, nots: [] };
  }

  function lowerName(name: string): Lowered {
    const token = take(name);
    return {
      expression: { kind: 'name', name, span: span(token, token) },
      first: token,
      last: token,
      nots: [],
    };
  }

  function lowerParentheses(content: ParsedNode): Lowered {
    const first = take('(');
    const { expression } = lowerWhole(content);
    return { expression, first, last: take(')'), nots: [] };
  }

  function lowerCall(name: string, nodes: readonly ParsedNode[]): Lowered {
    const first = take(name);
    take('(');
    const values = lowerSeparated(nodes);
    const last = take(')');
    const nameSpan = span(first, first);
    return {
      expression: { kind: 'call', name, nameSpan, arguments: values, span: span(first, last) },
      first,
      last,
      nots: [],
    };
  }

  function lowerSeparated(nodes: readonly ParsedNode[]): readonly Expression[] {
    return nodes.map((node, index) => {
      if (index > 0) take(',');
      return lowerWhole(node).expression;
    });
  }

  function lowerOperator(operator: string, [left, right]: readonly ParsedNode[]): Lowered {
    invariant(left !== undefined, 'an operator has operands');
    if (right === undefined) return lowerPrefix(operator, left);
    if (operator === 'in') return lowerIn(left, right);
    return lowerBinary(left, operator, right);
  }

  function lowerPrefix(operator: string, node: ParsedNode): Lowered {
    const first = take(operator);
    const lowered = lower(node);
    const { expression: operand, last, nots } = lowered;
    if (operator === 'not') return { ...lowered, nots: [first, ...lowered.nots] };
    invariant(operator === '-' && nots.length === 0, 'a minus stands before a number');
    const expression: Expression = { kind: 'unary', operator: 'negate', operand, span: span(first, last) };
    return { expression, first, last, nots: [] };
  }

  function lowerBinary(left: ParsedNode, operator: string, right: ParsedNode): Lowered {
    const build = binaries.get(operator);
    invariant(build !== undefined, `mathjs read the operator "${operator}"`);
    const part = operator === 'and' || operator === 'or' ? lowerWhole : lower;
    const before = part(left);
    take(operator);
    const after = part(right);
    invariant(after.nots.length === 0, '"not" begins an operand of "and" and "or"');
    const expression = build({
      left: before.expression,
      right: after.expression,
      span: span(before.first, after.last),
    });
    return { expression, first: before.first, last: after.last, nots: before.nots };
  }

  function lowerIn(left: ParsedNode, right: ParsedNode): Lowered {
    const operand = lower(left);
    take('in');
    take('[');
    invariant(right.type === 'ArrayNode', 'after "in" stands a list');
    const list = lowerSeparated(right.items);
    const last = take(']');
    const expression: Expression = {
      kind: 'in',
      operand: operand.expression,
      list,
      negated: false,
      span: span(operand.first, last),
    };
    return { ...operand, expression, last };
  }
}

/** `ledige`, or `beskaeftigelse.ledige`, which mathjs takes for a property of a variable. */
function nameOf(node: ParsedNode): string {
  if (node.type === 'SymbolNode') return node.name;
  invariant(node.type === 'AccessorNode', 'only names have names');
  return `${nameOf(node.object)}.${node.name}`;
}

/** `not k in [..]` is one node, with or without brackets. */
function negation(operand: Expression, span: Span): Expression {
  if (operand.kind === 'in' && !operand.negated) return { ...operand, negated: true, span };
  return { kind: 'unary', operator: 'not', operand, span };
}

interface Operands {
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

const binaries: ReadonlyMap<string, (operands: Operands) => Expression> = new Map([
  ...(['+', '-', '*', '/'] as const).map(arithmetic),
  ...(['==', '!=', '<', '<=', '>', '>='] as const).map(comparison),
  ...(['and', 'or'] as const).map(logic),
]);

type Builder = [string, (operands: Operands) => Expression];

function arithmetic(operator: ArithmeticExpression['operator']): Builder {
  return [operator, (operands) => ({ kind: 'arithmetic', operator, ...operands })];
}

function comparison(operator: ComparisonExpression['operator']): Builder {
  return [operator, (operands) => ({ kind: 'comparison', operator, ...operands })];
}

function logic(operator: LogicExpression['operator']): Builder {
  return [operator, (operands) => ({ kind: 'logic', operator, ...operands })];
}
