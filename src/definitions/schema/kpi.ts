import * as z from 'zod';
import { dottedName, formula, labelSchema } from './words.ts';

export const overTimeRules = [
  'sum',
  'mean',
  'last',
  'first',
  'last_held',
  'first_held',
  'none',
  'pooled',
] as const;
export const alignments = ['Å_Primo', 'Å_Midt', 'Å_SenSkoleStart'] as const;

const overSchema = z.union([
  z.enum(['sum', 'none', 'source_total']),
  z.strictObject({ weighted_by: z.string().describe('A measure of this KPI') }),
]);

const extremeSchema = z.strictObject({
  of: z.string().describe('Column to add'),
  by: z.string().describe('Column that says what is earlier: a date, a time, a number'),
  per: z
    .array(z.string())
    .describe(
      'Each combination of these has its own earliest or latest; none: all rows of the period together',
    ),
});

export const measureSchema = z.strictObject({
  source: z.string().describe('A source or rows'),
  role: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe('Which role column of the source is the dimension; a list is an ordered fallback'),
  sum: z.string().optional().describe('Column to add, or an expression over columns'),
  count: z.literal('rows').optional().describe('Count the rows'),
  min: z.string().optional().describe('Column to take the least of'),
  max: z.string().optional().describe('Column to take the greatest of'),
  mean: z.string().optional().describe('Column to take the mean of, row by row'),
  variance: z.string().optional().describe('Column to take the sample variance of, row by row'),
  distinct: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe('Column or columns whose different values are counted, each once'),
  median: z.string().optional().describe('Column to take the median of, row by row'),
  quantile: z
    .strictObject({
      of: z.string().describe('Column'),
      at: z
        .string()
        .regex(/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/, 'a share of the rows from 0 to 1, in quotes: "0.9"')
        .describe('Share of the rows that lie below: "0.9"'),
      value: z
        .literal('reached')
        .optional()
        .describe('The least value at which the share is reached, instead of one between two rows'),
    })
    .optional()
    .describe('Value that a share of the rows lie below, between two rows in proportion'),
  first: extremeSchema.optional().describe('Column to add in the earliest rows of each period'),
  last: extremeSchema.optional().describe('Column to add in the latest rows of each period'),
  where: formula('Which rows, by the columns of the contract').optional(),
  accounts: z.string().optional().describe('Only rows on the accounts of this selection'),
  unit: z.string().describe('Unit of one value: person, kr., kr./borger, pct.'),
  over: z
    .record(z.string(), overSchema)
    .optional()
    .describe('Dimension to rule: sum (default), none, source_total, weighted_by; time has its own key'),
  over_time: z.enum(overTimeRules),
  period: z
    .union([z.enum(alignments), z.string().regex(/^\d{4}$/, 'a year in quotes')])
    .optional()
    .describe(
      "Å_Primo and Å_Midt: 1 January and 1 July of the asked period's year; Å_SenSkoleStart: the newest 1 September; a year in quotes: always that year",
    ),
  reason: labelSchema.optional().describe('Why a dimension does not add, said to whoever asks for it'),
});

/** What a FLIS record says that has no other home in a KPI; `flis export flis-record` writes it out again. */
export const flisRecordSchema = z.strictObject({
  titel: z.string().optional().describe('Nøgletals titel, where it is not the Danish label'),
  dataomraade: z.string().optional().describe('Dataområde'),
  hovedomraade: z.string().optional().describe('Hovedområde'),
  noegletalstype: z.string().optional().describe('Hovednøgletal or Supplerende nøgletal'),
  beskrivelse: z.string().optional().describe('Beskrivelse'),
  definition: z.string().optional().describe('Definition, where it is not the Danish definition'),
  opgoerelsesniveau: z.string().optional().describe('Opgørelsesniveau'),
  visningstype: z.string().optional().describe('Visningstype: Normal or Procent'),
  taeller: z.string().optional().describe('Tæller'),
  taellerbeskrivelse: z.string().optional().describe('Tællerbeskrivelse'),
  taeller_dataomraade: z.string().optional().describe('Tæller dataområde'),
  naevner: z.string().optional().describe('Nævner'),
  naevnerbeskrivelse: z.string().optional().describe('Nævnerbeskrivelse'),
  naevner_dataomraade: z.string().optional().describe('Nævner dataområde'),
  senest_beregnet: z.string().optional().describe('Senest beregnet'),
  senest_revideret: z.string().optional().describe('Senest revideret'),
  andet: z.record(z.string(), z.string()).optional().describe('Fields that are not listed here'),
});

export const kpiSchema = z.strictObject({
  kpi: dottedName('Id: domain.name'),
  version: z.int().positive(),
  status: z.enum(['draft', 'hearing', 'approved', 'retired']),
  valid_from: z.string().describe('First period it holds for: 2021M07, 2026'),
  valid_to: z.string().optional(),
  successor: z.string().optional().describe('The KPI that takes over; a new version of the same needs none'),
  reason: labelSchema.optional().describe('Why it was retired, where nothing succeeds it'),
  flis_id: z.string().optional().describe('NøgletalID, e.g. 100-0110-003-6-0-0'),
  label: labelSchema,
  definition: labelSchema.optional(),
  unit: z.string(),
  decimals: z.int().min(0).max(9).describe('Decimals shown on terminals and in workbooks'),
  direction: z.enum(['higher_is_better', 'lower_is_better', 'neutral']),
  formula: formula('Over measures and other KPIs, in base units'),
  missing: z.strictObject({
    parts: z.enum(['require_all', 'skip', 'as_zero']).describe('Absent or suppressed parts of a total'),
    coverage: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('With skip: the least share of parts that must be known'),
    operand: z.enum(['require_all', 'as_zero']).describe('A missing operand of the formula'),
  }),
  measures: z.record(z.string(), measureSchema).optional(),
  prices: z
    .strictObject({
      index: z.string().describe('The prices that in_prices_of reads'),
      type: z.string().describe('Type of expenditure'),
      edition: z.string().optional().describe('One edition of them; left out: the newest'),
    })
    .optional(),
  breaks: z
    .array(z.strictObject({ from: z.string().describe('First period after the break'), label: labelSchema }))
    .optional(),
  owner: z.string().optional(),
  legal_basis: z.string().optional(),
  note: z.string().optional(),
  flis_record: flisRecordSchema.optional().describe('The record as FLIS keeps it'),
});
