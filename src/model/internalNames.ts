/**
 * Names of columns that the program itself puts beside those of a definition, in snapshots, in the
 * files of an edition and on the way to an answer. A level or a column of that name would hide one.
 */
export const internalNames: readonly string[] = [
  '_row',
  'periode',
  'out_period',
  'structure_date',
  'weight_period',
  'weight_member',
  'part',
  'expected',
  'weight',
  'valid_from',
  'valid_to',
];
