import type { Diagnostic } from './diagnostic.ts';

/** By file, then by where in the file; what has no place comes first. Ties by words, so that a run prints the same every time. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (one, other) =>
      compare(fileOf(one), fileOf(other)) ||
      compare(positionOf(one), positionOf(other)) ||
      compare(one.span?.end ?? 0, other.span?.end ?? 0) ||
      compare(one.place?.column ?? '', other.place?.column ?? '') ||
      compare(one.code, other.code) ||
      compare(one.message, other.message),
  );
}

const fileOf = ({ span, place }: Diagnostic): string => span?.file ?? place?.file ?? '';
const positionOf = ({ span, place }: Diagnostic): number => span?.start ?? place?.row ?? 0;

/** By code unit, not by locale: the order is the same on every machine. */
const compare = <T extends string | number>(one: T, other: T): number =>
  one < other ? -1 : one > other ? 1 : 0;
