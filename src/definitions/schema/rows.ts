import * as z from 'zod';
import { dottedName, labelSchema } from './words.ts';

const rowExpression = (what: string) => z.string().min(1).describe(what);
const periodLevels = ['D', 'U', 'M', 'K', 'Å'] as const;
const oneNumber = z.int().positive();

const takenSchema = z
  .strictObject({
    sum: z.string().optional().describe('Column to add'),
    count: z.literal('rows').optional().describe('Count the rows'),
    distinct: z
      .union([z.string(), z.array(z.string()).min(1)])
      .optional()
      .describe('Column, or columns together, of which to count the different values'),
    min: z.string().optional().describe('Column to take the least of'),
    max: z.string().optional().describe('Column to take the greatest of'),
  })
  .describe('One aggregate over the rows of a group');

/** A map of one key in the file; that there is just one is checked where it is bound, with a better word. */
export const stepSchema = z.strictObject({
  where: rowExpression('Keep the rows for which this holds').optional(),
  derive: z
    .record(
      z.string(),
      z.strictObject({
        value: rowExpression('Worked out of the columns of each row, as they are before this step'),
        dimension: z.string().optional().describe('The result is a code of this dimension'),
        role: z.string().optional().describe('Role of the kommune, where the dimension has several'),
      }),
    )
    .optional()
    .describe('Adds columns, or replaces those of the same name'),
  group: z
    .strictObject({
      by: z.array(z.string()).min(1).describe('One row for each combination of these'),
      level: z.enum(periodLevels).optional().describe('Bring the period column to this coarser level'),
      take: z.record(z.string(), takenSchema),
    })
    .optional()
    .describe('One row for each group of rows'),
  spread: z
    .strictObject({
      level: z.enum(periodLevels),
      from: z.string().describe('Column with the first day'),
      to: z.string().describe('Column with the last day; empty: not ended'),
      on: z
        .enum(['first_day', 'last_day', 'any_day'])
        .describe('Which day of the period the interval must cover'),
    })
    .optional()
    .describe('One row for each period that an interval covers'),
  match: z
    .strictObject({
      rows: z.string().describe('A source or rows'),
      on: z.record(z.string(), z.string()).describe('Our column to the column of the other: a key there'),
      shift: z.int().optional().describe('Look that many periods later; negative: earlier'),
      take: z.record(z.string(), z.string()).optional().describe('New column to the column of the other'),
      valid: z
        .strictObject({
          on: z.string().describe('Our column with the day that the row is looked up on'),
          from: z.string().describe('Column of the other with the first day; empty: always was'),
          to: z.string().optional().describe('Column of the other with the last day; empty: still is'),
          until: z.string().optional().describe('Instead of "to": the day after the last one'),
        })
        .optional()
        .describe('The other has several rows of a key, one at a time'),
      found: z.string().optional().describe('A column of 1 where there was a match and 0 where not'),
      every: z
        .literal(true)
        .optional()
        .describe('Several rows of the other may fit: one row for each of them, so that figures count each'),
    })
    .optional()
    .describe('Looks each row up in another relation'),
  order: z
    .strictObject({
      by: z.array(z.string()).min(1).describe('Rows with these in common are neighbours'),
      along: z.array(z.string()).min(1).describe('In this order'),
      within: oneNumber
        .optional()
        .describe(
          'Only rows of the last (or the next) that many periods, its own counted; what lies further is none',
        ),
      take: z.record(
        z.string(),
        z.strictObject({
          next: z.string().optional(),
          previous: z.string().optional(),
          places: oneNumber.optional().describe('How many rows away, 1 if nothing is said'),
        }),
      ),
    })
    .optional()
    .describe('Takes values from the row before or after'),
  join_stays: z
    .strictObject({
      by: z.array(z.string()).min(1).describe('Rows with these in common may become one'),
      from: z.string(),
      to: z.string(),
      within: z.strictObject({
        days: oneNumber.optional(),
        hours: oneNumber.optional(),
        minutes: oneNumber.optional(),
      }),
    })
    .optional()
    .describe('Intervals that follow each other within a time become one'),
});

export const rowsSchema = z.strictObject({
  rows: dottedName('Id: domain.name; measures and other rows use it as their source'),
  label: labelSchema,
  from: z.string().describe('A source or rows'),
  steps: z.array(stepSchema).min(1).describe('In order, each a map with one key'),
  note: z.string().optional(),
});
