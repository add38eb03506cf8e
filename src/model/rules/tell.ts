import type { FieldPath } from '../../definitions/definition.ts';
import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import type { BindContext } from '../bind/context.ts';

/** Says what is wrong at a field of one definition: at its value, or where `part` says so at its key. */
export type Tell = (
  code: DiagnosticCode,
  path: FieldPath,
  message: string,
  hint?: string,
  part?: 'key' | 'value',
) => void;

interface Placed {
  readonly spanOf: (path: FieldPath, part?: 'key' | 'value') => Span;
}

export function tellIn(context: BindContext, definition: Placed): Tell {
  return (code, path, message, hint, part = 'value') =>
    context.report(diagnostic(code, message, { span: definition.spanOf(path, part), hint }));
}
