/**
 * Columns of a structure whose members have successors, beside its levels. A name that begins with _ cannot be
 * one of a level.
 */
export const mappingColumn = {
  /** The finest member that the figures go to. */
  member: '_member',
  figuresFrom: '_figures_from',
  figuresTo: '_figures_to',
  holds: '_holds',
  /** Numerator over the structure's one denominator. */
  share: '_share',
  imputed: (level: string): string => `_imputed_${level}`,
  broken: (level: string): string => `_broken_${level}`,
} as const;
