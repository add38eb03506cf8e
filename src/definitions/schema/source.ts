import * as z from 'zod';
import { code, dottedName, formula, labelSchema } from './words.ts';

export const emptyMeanings = ['suppressed', 'not_applicable', 'not_delivered'] as const;

const emptySchema = z.union([
  z.enum(emptyMeanings),
  z
    .array(
      z.strictObject({
        when: formula('Condition on the columns of this contract').optional(),
        means: z.enum(emptyMeanings),
      }),
    )
    .min(1),
]);

const noneSchema = z.literal('none').describe('An empty value is no value; left out: it is refused');

export const columnSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('code'),
    from: z.string().describe('Column of the delivered file'),
    dimension: z.string().describe('The dimension that the codes belong to'),
    levels: z
      .array(z.string())
      .min(1)
      .optional()
      .describe(
        "Levels whose members occur; left out: the finest. Rows above the finest are the source's own totals",
      ),
    role: z.string().optional().describe('bopæls-, betalings-, handle-, skoleejer-, arbejdsgiverkommune'),
    match: z
      .enum(['code', 'name'])
      .optional()
      .describe('What the file holds: codes (default) or names; aliases always count'),
    empty: z
      .literal('uoplyst')
      .optional()
      .describe('An empty value is the unknown member; left out: an empty value is refused'),
    unknown: z
      .enum(['refuse', 'uoplyst'])
      .optional()
      .describe('A code that is in no list: refused (default), or the unknown member'),
    expect: z
      .union([z.literal('all'), z.literal('delivered'), z.array(code).min(1)])
      .optional()
      .describe(
        "Members that a complete delivery holds: all, these, or just what came ('delivered', the default)",
      ),
  }),
  z.strictObject({
    type: z.literal('period'),
    from: z.string().optional(),
    constant: z.string().optional().describe('The period of every row, where the file has no such column'),
  }),
  z.strictObject({
    type: z.literal('text'),
    from: z.string(),
    values: z.array(code).min(1).optional().describe('The only values allowed'),
  }),
  z.strictObject({
    type: z.literal('integer'),
    from: z.string(),
    empty: emptySchema.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal('decimal'),
    from: z.string(),
    decimals: z.int().min(0).max(9).describe('Decimals kept exactly; a value with more is refused'),
    empty: emptySchema.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({
    type: z.literal('date'),
    from: z.string(),
    empty: noneSchema.optional(),
  }),
  z.strictObject({
    type: z.literal('time'),
    from: z.string().describe('A day and a time of it, to the minute: 2026-07-31T13:05'),
    empty: noneSchema.optional(),
  }),
  z.strictObject({
    type: z.literal('key'),
    from: z.string(),
    of: z.enum(['integer', 'text']).describe('What the identifier is written as; integers have 64 bits'),
    personal: z
      .literal(true)
      .optional()
      .describe('It names a person: its values are never printed, in no message and no log'),
    empty: noneSchema.optional(),
  }),
]);

export const frequencies = ['D', 'U', 'M', 'K', 'Å', 'Å_Primo'] as const;

export const sourceSchema = z.strictObject({
  source: dottedName('Id: supplier.name'),
  label: labelSchema,
  supplier: z.string().describe('The supplying system'),
  origin: z.string().optional().describe('Where the figures come from, and under which terms'),
  frequency: z
    .enum(frequencies)
    .describe('How often a period ends: day, week, month, quarter, year, 1 January'),
  counted_on: z
    .enum(['first_day', 'last_day'])
    .optional()
    .describe('The day of its period that a stock is counted on; the last (default), or the first'),
  weeks: z
    .literal('by_thursday')
    .optional()
    .describe('A week belongs to the month, quarter and year of its Thursday; left out: to none of them'),
  delivery: z
    .enum(['full', 'periods'])
    .describe('full: the newest delivery is all there is; periods: it replaces the periods it holds'),
  file: z.strictObject({
    names: z.array(z.string()).min(1).describe('Patterns of file names, * for any run of characters'),
    format: z.enum(['csv', 'parquet']),
    encoding: z
      .enum(['utf-8', 'latin1', 'windows-1252'])
      .optional()
      .describe('utf-8 if left out; a BOM is taken off'),
    delimiter: z.string().length(1).optional().describe(', if left out'),
    decimal: z.enum(['.', ',']).optional().describe('. if left out'),
    header: z
      .array(z.string())
      .min(1)
      .describe('The columns that the file must have; others are told of and left alone'),
    rows: formula('Which rows are this source, by the columns of the file').optional(),
    synthetic: z
      .strictObject({ column: z.string(), contains: z.string() })
      .optional()
      .describe('Made-up figures carry this mark in this column'),
  }),
  columns: z.record(z.string(), columnSchema),
  key: z
    .array(z.string())
    .min(1)
    .describe('The columns that name a row; a second row with the same key is refused'),
  absence: z
    .enum(['missing', 'zero'])
    .optional()
    .describe(
      'What a row that is not there means: missing (default), or zero where its deliverer has sent any row of the period',
    ),
  delivered_by: z
    .string()
    .optional()
    .describe('With absence: zero: the code column, with "expect", whose members deliver'),
  note: z.string().optional(),
});
