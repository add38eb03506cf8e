import type { AnyDefinition, Definitions, FieldPath } from '../../definitions/definition.ts';
import { spanOfPart } from '../../definitions/spanOfPart.ts';
import type { Checked, Diagnostic, Span } from '../../diagnostics/diagnostic.ts';
import type { Expression, TextOrigin } from '../../formula/expression.ts';
import { moveSpans } from '../../formula/moveSpans.ts';

/** What every binder gets: the definitions, the formula parser, and where to say what is wrong. */
export interface BindContext {
  readonly definitions: Definitions;
  readonly parse: (text: string, origin: TextOrigin) => Checked<Expression>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Parses a formula where it stands in a definition; what is wrong with it is reported. */
export function parseAt(
  context: BindContext,
  definition: Pick<AnyDefinition, 'file' | 'text' | 'spanOf'>,
  path: FieldPath,
  text: string,
): Expression | null {
  const { start, end } = definition.spanOf(path);
  const { file } = definition;
  if (definition.text.slice(start, end) === text) {
    const { value, diagnostics } = context.parse(text, { file, start });
    for (const found of diagnostics) context.report(found);
    return value ?? null;
  }
  // Folded over several lines, or with escapes: what stands in the file is longer than the formula.
  const { value, diagnostics } = context.parse(text, { file, start: 0 });
  const move = (span: Span) => spanOfPart(definition, path, text, span);
  for (const found of diagnostics) context.report({ ...found, span: found.span && move(found.span) });
  return value ? moveSpans(value, move) : null;
}
