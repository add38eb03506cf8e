import * as z from 'zod';
import { code, dottedName, labelSchema } from './words.ts';

const codesSchema = z.union([code, z.array(code).min(1)]);
export const year = (what: string) =>
  z
    .string()
    .regex(/^\d{4}$/, 'a year in quotes')
    .describe(what);
const selectionNames = z.union([z.string(), z.array(z.string()).min(1)]);

/** A rule selects what all of its keys hold of, without what one of its exceptions selects; and so on down. */
export const selectionRuleSchema = z.strictObject({
  codes: z
    .record(z.string(), codesSchema)
    .optional()
    .describe('Dimension or level to codes, "5.32.*" and "0.22.01..0.22.05"; any of them'),
  selection: selectionNames.optional().describe('Only what this selection, or one of these, selects'),
  get except(): z.ZodOptional<z.ZodArray<typeof selectionRuleSchema>> {
    return z
      .array(selectionRuleSchema)
      .min(1)
      .optional()
      .describe('Rules for what is left out of this one; each may have exceptions of its own');
  },
  confidence: z.enum(['high', 'medium', 'low']).optional().describe('How sure we are of this rule'),
  note: z.string().optional(),
});

const selectionRulesSchema = z
  .array(selectionRuleSchema)
  .min(1)
  .describe('What one of these rules selects is selected');

export const accountSides = ['net', 'expenditure', 'income'] as const;

export const selectionSchema = z.strictObject({
  selection: dottedName('Id: domain.name; "accounts" of a measure and other selections name it'),
  label: labelSchema,
  source: z.string().optional().describe('Where the list comes from'),
  status: z
    .enum(['draft', 'hearing', 'approved', 'retired'])
    .optional()
    .describe('draft: the list is not confirmed; approved if left out'),
  side: z
    .enum(accountSides)
    .optional()
    .describe(
      'net: all of it (default); expenditure or income: what the selection defining that side selects',
    ),
  defines_side: z
    .enum(['expenditure', 'income'])
    .optional()
    .describe('This selection is that side of the accounts, for every other selection'),
  sign: z
    .union([z.literal(1), z.literal(-1)])
    .optional()
    .describe('-1: the amounts are turned around; 1 if left out'),
  rules: selectionRulesSchema.optional(),
  lists: z
    .array(
      z.strictObject({
        valid_from: year('First year; left out: always was').optional(),
        valid_to: year('Last year; left out: still is').optional(),
        rules: selectionRulesSchema,
      }),
    )
    .min(1)
    .optional()
    .describe('In place of rules: a list for each stretch of years'),
  note: z.string().optional(),
});

export const partitionSchema = z.strictObject({
  partition: dottedName('Id: domain.name'),
  label: labelSchema,
  of: z.string().optional().describe('The selection that is parted; left out: everything'),
  parts: z
    .array(z.string())
    .min(2)
    .describe('Selections that share nothing with each other and leave nothing out'),
  note: z.string().optional(),
});
