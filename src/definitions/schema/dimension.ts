import * as z from 'zod';
import { labelSchema, name } from './words.ts';

export const dimensionSchema = z.strictObject({
  dimension: name('Id; a column of a source names it'),
  label: labelSchema,
  hierarchies: z
    .record(z.string(), z.array(z.string()).min(1))
    .describe('Name to levels, finest first; every hierarchy starts at the same finest level'),
  groups: z
    .array(z.string())
    .optional()
    .describe('Levels whose members are lists of finest members (of:), in which one may stand several times'),
});
