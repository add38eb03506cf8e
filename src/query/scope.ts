import type { Checked } from '../diagnostics/diagnostic.ts';
import type { Expression, TextOrigin } from '../formula/expression.ts';
import type { SemanticModel } from '../model/types.ts';

/** What a request is bound against. */
export interface QueryScope {
  readonly model: SemanticModel;
  readonly cube: string;
  /** Source to the periods that the edition holds of it, sorted. */
  readonly held: Readonly<Record<string, readonly string[]>>;
  /** Newest period of the source that names the edition; its structure is "as is". */
  readonly newest: string;
  /** Parser of the formula language; null where the request has no `where`, since loading it costs. */
  readonly parse: ((text: string, origin: TextOrigin) => Checked<Expression>) | null;
}
