import type { Definitions } from '../../definitions/definition.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

const missing: ReadonlySet<DiagnosticCode> = new Set([
  'unknown-dimension',
  'unknown-kpi',
  'unknown-level',
  'unknown-measure',
  'unknown-prices',
  'unknown-selection',
  'unknown-source',
] as const);

/**
 * Whether a name is called unknown only because its definition could not be read or, of rows, bound: that is told where
 * the definition stands, and not again wherever somebody names it.
 */
export function namesUnread(
  { code, span }: Diagnostic,
  definitions: Definitions,
  unbound: readonly string[] = [],
): boolean {
  if (!missing.has(code) || span === undefined) return false;
  const { classifications, dimensions, sources, rows, selections, partitions, prices, kpis, cubes, unread } =
    definitions;
  const all = [
    ...classifications,
    ...dimensions,
    ...sources,
    ...rows,
    ...selections,
    ...partitions,
    ...prices,
    ...kpis,
    ...cubes,
  ];
  const name = all.find(({ file }) => file === span.file)?.text.slice(span.start, span.end);
  return [...unread, ...unbound].some((id) => id === name || id.endsWith(`.${name}`));
}
