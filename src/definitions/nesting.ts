import type { Token } from './tokens.ts';

/**
 * Follows the tokens of a text and says how deep the last one stands in lists and mappings, before a parser
 * that calls itself for each level sees the text. In block style a level is a column where something starts
 * further right than what is around it; a list at the column of its key counts as one with it, so the real
 * depth is at most twice this.
 */
export function depthMeter(): (token: Token) => number {
  const columns: number[] = [];
  let flow = 0;
  let lineStart = 0;
  let startsBlock = true;
  return (token) => {
    if (token.type === 'newline') lineStart = token.start + token.source.length;
    if (token.type === 'newline' || token.type === 'comment' || token.type === 'space') {
      startsBlock ||= token.type === 'newline';
      return columns.length + flow;
    }
    if (flow === 0 && startsBlock) {
      const column = token.start - lineStart;
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
    }
    startsBlock = token.type === 'seq-item-ind' || token.type === 'explicit-key-ind';
    flow = Math.max(0, flow + (flowSteps[token.type] ?? 0));
    return columns.length + flow;
  };
}

const flowSteps: Partial<Record<Token['type'], number>> = {
  'flow-seq-start': 1,
  'flow-map-start': 1,
  'flow-seq-end': -1,
  'flow-map-end': -1,
};
