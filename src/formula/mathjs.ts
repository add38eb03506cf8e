import { create, parseDependencies } from 'mathjs/number';
import { invariant } from '../diagnostics/invariant.ts';
import type { ParsedNode } from './parsed-node.ts';

invariant(parseDependencies !== undefined, 'mathjs has its parser');

/**
 * The one place that imports mathjs, and of it the parser alone: nothing here evaluates a formula.
 * Literals come from our own tokens, so that none is rounded on the way; of the two builds of mathjs the one with
 * plain numbers starts a tenth of a second sooner.
 */
const { parse } = create(parseDependencies, {});

/** The node kinds are not checked here: `lower.ts` stops at any that it does not know. */
export function parseText(text: string): ParsedNode {
  const node: unknown = parse(text);
  return node as ParsedNode;
}
