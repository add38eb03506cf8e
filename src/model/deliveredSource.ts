import { lookUp } from './lookUp.ts';
import type { SemanticModel, Source } from './types.ts';

/** The source whose deliveries the rows of another come from in the end; itself where its rows are delivered. */
export function deliveredSource(model: Pick<SemanticModel, 'sources'>, id: string): Source | undefined {
  const source = lookUp(model.sources, id);
  return source?.derivation ? deliveredSource(model, source.derivation.from) : source;
}
