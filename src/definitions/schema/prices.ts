import * as z from 'zod';
import { date, labelSchema, name } from './words.ts';

export const priceRateSchema = z.strictObject({
  rate: z.number().describe('From the year before to this year, in pct.'),
  correction: z
    .number()
    .optional()
    .describe('Correction of the level of the years before, in pct., beside the rate; 0 if left out'),
  source: z.string().optional().describe("Where this rate comes from, if not where the edition's do"),
  made_up: z.literal(true).optional().describe('The rate is invented, for trying things out'),
});

export const pricesSchema = z.strictObject({
  prices: name('Id; "prices" of a KPI names it'),
  label: labelSchema,
  types: z.record(z.string(), labelSchema).describe('Types of expenditure that rates are given for'),
  editions: z
    .array(
      z.strictObject({
        edition: z.string().min(1).describe('Id of the edition, as people call it: 2025-06'),
        published: date,
        source: z.string().optional().describe('Where the rates come from'),
        rates: z
          .record(z.string(), z.record(z.string().regex(/^\d{4}$/, 'a year'), priceRateSchema))
          .describe('Type to year to its rate; the years follow each other'),
      }),
    )
    .min(1),
  note: z.string().optional(),
});
