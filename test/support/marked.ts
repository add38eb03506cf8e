import { expect } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

/** A text without its markers, and the place that they stood around. */
export interface Marked {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Takes a text with one bad place between `⟦` and `⟧`, so that a test shows the place instead of
 * counting characters: `marked('formula: ⟦ledge⟧ / folketal')`.
 */
export function marked(text: string): Marked {
  const parts = text.split(/[⟦⟧]/);
  const [before, inside, after] = parts;
  const ordered = text.indexOf('⟦') < text.indexOf('⟧');
  if (parts.length !== 3 || !ordered || before === undefined || inside === undefined) {
    throw new Error('marked: the text needs exactly one ⟦bad place⟧');
  }
  return { text: before + inside + (after ?? ''), start: before.length, end: before.length + inside.length };
}

/** Asserts that a diagnostic with this code stands at the marked place, and returns it. */
export function expectDiagnostic(
  diagnostics: readonly Diagnostic[],
  code: Diagnostic['code'],
  place: Pick<Marked, 'start' | 'end'>,
): Diagnostic {
  const said = diagnostics.map(({ code, span }) => ({ code, start: span?.start, end: span?.end }));
  expect(said).toContainEqual({ code, start: place.start, end: place.end });
  const found = diagnostics.find(
    (one) => one.code === code && one.span?.start === place.start && one.span.end === place.end,
  );
  if (found === undefined) throw new Error('expectDiagnostic: unreachable');
  return found;
}
