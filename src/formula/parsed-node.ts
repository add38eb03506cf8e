/** What we look at of mathjs's nodes; its own types know neither `in` nor which kinds there are. */
export type ParsedNode =
  | { readonly type: 'ConstantNode'; readonly value: unknown }
  | { readonly type: 'SymbolNode'; readonly name: string }
  | { readonly type: 'AccessorNode'; readonly object: ParsedNode; readonly name: string }
  | { readonly type: 'ParenthesisNode'; readonly content: ParsedNode }
  | { readonly type: 'FunctionNode'; readonly fn: ParsedNode; readonly args: readonly ParsedNode[] }
  | { readonly type: 'OperatorNode'; readonly op: string; readonly args: readonly ParsedNode[] }
  | { readonly type: 'ArrayNode'; readonly items: readonly ParsedNode[] };
