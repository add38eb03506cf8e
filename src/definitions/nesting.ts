import type { Token } from './tokens.ts';

/**
 * Finds the first token that stands deeper than `limit` lists and mappings, before a parser that calls itself
 * for each level sees the text. In block style a level is a column where something starts further right than
 * what is around it; a list at the column of its key is counted with it, so real depth is at most twice this.
 */
export function tooDeep(tokens: Iterable<Token>, limit: number): Token | undefined {
  const columns: number[] = [];
  let flow = 0;
  let lineStart = 0;
  let startsBlock = true;
  for (const token of tokens) {
    if (token.type === 'newline' || token.type === 'comment' || token.type === 'space') {
      if (token.type === 'newline') lineStart = token.start + token.source.length;
      startsBlock ||= token.type === 'newline';
      continue;
    }
    if (flow === 0 && startsBlock) {
      const column = token.start - lineStart;
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
    }
    startsBlock = token.type === 'seq-item-ind' || token.type === 'explicit-key-ind';
    flow = Math.max(0, flow + (flowSteps[token.type] ?? 0));
    if (columns.length + flow > limit) return token;
  }
  return undefined;
}

const flowSteps: Partial<Record<Token['type'], number>> = {
  'flow-seq-start': 1,
  'flow-map-start': 1,
  'flow-seq-end': -1,
  'flow-map-end': -1,
};
