import * as z from 'zod';
import { code, date, labelSchema, name } from './words.ts';

const parentSchema = z.union([
  code,
  z.array(z.strictObject({ code, valid_from: date.optional(), valid_to: date.optional() })).min(1),
]);

const weightPattern = /^(\d+(\.\d{1,9})?|[1-9]\d*\/[1-9]\d*)$/;

export const successorsSchema = z.union([
  code,
  z.strictObject({
    kind: z
      .enum(['mapped', 'broken'])
      .optional()
      .describe(
        'mapped (default), or broken: what came after is not the same, so figures carry the flag break',
      ),
    to: z
      .array(
        z.strictObject({
          code,
          weight: z
            .string()
            .regex(weightPattern, 'a weight in quotes, like "0.25" or "1/3"')
            .optional()
            .describe('Share of the figures; left out: all of them. Weights of a split make 1'),
        }),
      )
      .min(1)
      .optional()
      .describe('Members of the day after; a broken member may have none'),
    basis: labelSchema.optional().describe('What the weights of a split are made of'),
    note: labelSchema.optional().describe('What changed, said to whoever sees figures of both sides'),
  }),
]);

export const memberSchema = z.strictObject({
  code,
  label: labelSchema,
  valid_from: date.optional().describe('First day; left out: always was'),
  valid_to: date.optional().describe('Last day; left out: still is'),
  parents: z
    .record(z.string(), parentSchema)
    .optional()
    .describe('Level name to parent code, dated where it changes'),
  of: z
    .union([
      z.array(code).min(1),
      z
        .array(
          z.strictObject({
            members: z.array(code).min(1),
            valid_from: date.optional(),
            valid_to: date.optional(),
          }),
        )
        .min(1),
    ])
    .optional()
    .describe('Of a group: the finest members in it, dated where the list changes'),
  successors: successorsSchema.optional().describe('What the member became on the day after valid_to'),
  aliases: z.array(code).optional().describe('Other codes and names that deliveries use for this member'),
  expected: z.boolean().optional().describe('false: deliveries need not hold it (Christiansø)'),
  provisional: z.boolean().optional().describe('true: the code is ours until the official one is public'),
});

export const classificationSchema = z.strictObject({
  classification: name('Id; a level of the same name uses it'),
  label: labelSchema,
  source: z.string().optional().describe('Where the list comes from'),
  code_length: z
    .int()
    .positive()
    .optional()
    .describe('Codes are brought to this length: padded with 0, or a leading 0 taken off'),
  members: z.array(memberSchema).min(1),
});
