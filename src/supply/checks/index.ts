import { cells } from './cells.ts';
import type { KeptCheck, RowCheck } from './check.ts';
import { duplicateRows } from './duplicateRows.ts';
import { expectedParts } from './expectedParts.ts';
import { limits } from './limits.ts';
import { memberDates } from './memberDates.ts';
import { membersMissing } from './membersMissing.ts';
import { unmappedCodes } from './unmappedCodes.ts';

/** Cells before rows, so that a row is refused for what it says before what it repeats. */
export const rowChecks: readonly RowCheck[] = [...cells, limits, duplicateRows];

/** What is odd about the rows that were kept; from the least to the most of them. */
export const keptChecks: readonly KeptCheck[] = [unmappedCodes, memberDates, membersMissing, expectedParts];
