import { create, parseDependencies } from 'mathjs';
import { invariant } from '../diagnostics/invariant.ts';
import type { ParsedNode } from './parsed-node.ts';

invariant(parseDependencies !== undefined, 'mathjs has its parser');

/**
 * The one place that imports mathjs, and of it the parser alone: nothing here evaluates a formula.
 * BigNumber, so that no literal is rounded on the way.
 */
const { parse } = create(parseDependencies, { number: 'BigNumber' });

/** The node kinds are not checked here: `lower.ts` stops at any that it does not know. */
export function parseText(text: string): ParsedNode {
  const node: unknown = parse(text);
  return node as ParsedNode;
}
