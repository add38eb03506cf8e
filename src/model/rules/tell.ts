import { type DiagnosticCode, diagnostic } from '../../diagnostics/codes.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import type { BindContext } from '../bind/context.ts';

interface Placed {
  readonly spanOf: (path: readonly (string | number)[], part?: 'key' | 'value') => Span;
}

/** Reports a fault at a field of a definition. */
export function tell(
  context: BindContext,
  definition: Placed,
  path: readonly (string | number)[],
  code: DiagnosticCode,
  message: string,
  hint?: string,
  part: 'key' | 'value' = 'value',
): void {
  context.report(
    diagnostic(code, message, {
      span: definition.spanOf(path, part),
      ...(hint === undefined ? {} : { hint }),
    }),
  );
}
