import type { Definitions } from '../../definitions/definition.ts';
import type { Checked, Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Expression, TextOrigin } from '../../formula/expression.ts';

/** What every binder gets: the definitions, the formula parser, and where to say what is wrong. */
export interface BindContext {
  readonly definitions: Definitions;
  readonly parse: (text: string, origin: TextOrigin) => Checked<Expression>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Parses a formula where it stands in a definition; what is wrong with it is reported. */
export function parseAt(
  context: BindContext,
  definition: {
    readonly file: string;
    readonly spanOf: (path: readonly (string | number)[]) => { start: number };
  },
  path: readonly (string | number)[],
  text: string,
): Expression | null {
  const { value, diagnostics } = context.parse(text, {
    file: definition.file,
    start: definition.spanOf(path).start,
  });
  for (const diagnostic of diagnostics) context.report(diagnostic);
  return value ?? null;
}
