import { z } from 'zod';

/**
 * The definition language, written once: the types of the records below and the JSON Schemas in
 * `kpi-definitions/schema/` both come from here. One definition a file; the first key names its kind.
 */

/** Danish and English, always both. */
export const labelSchema = z.strictObject({
  da: z.string().min(1).describe('Danish text'),
  en: z.string().min(1).describe('English text'),
});

const name = (what: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'a name in lower-case letters, digits and _')
    .describe(what);
const dottedName = (what: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'domain.name in lower-case letters, digits and _')
    .describe(what);
const date = z.iso.date('a date like 2027-01-01').describe('A date, YYYY-MM-DD');
/** Where this schema stands, even text must be quoted if an older YAML reader would not take it as text. */
export const codeSchema = z.string().describe('A code, in quotes');
const code = codeSchema;
const formula = (what: string) => z.string().min(1).describe(what);

// --- classification -----------------------------------------------------------------------------

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

// --- dimension ----------------------------------------------------------------------------------

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

// --- source contract ----------------------------------------------------------------------------

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

// --- rows ---------------------------------------------------------------------------------------

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

// --- KPI ----------------------------------------------------------------------------------------

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

// --- accounts -----------------------------------------------------------------------------------

const codesSchema = z.union([code, z.array(code).min(1)]);
const year = (what: string) =>
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

// --- prices -------------------------------------------------------------------------------------

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

// --- cube ---------------------------------------------------------------------------------------

export const reconciliationSchema = z.strictObject({
  id: name('Id within the cube'),
  kpi: z.string().describe('Our figure'),
  level: z.string(),
  against: z.string().describe("source_total: the source's own total; else another KPI of this cube"),
  tolerance: z.number().min(0).optional().describe('Largest difference passed without a word; 0 if left out'),
});

export const cubeSchema = z.strictObject({
  cube: name('Id'),
  label: labelSchema,
  kpis: z.array(z.string()).min(1),
  dimensions: z.array(z.string()).min(1).describe('Kept at their finest level'),
  wait_for: z
    .array(z.string())
    .min(1)
    .describe('Sources without which there is no edition; the first gives the period its name'),
  reconcile: z.array(reconciliationSchema).optional(),
});

export type Label = z.infer<typeof labelSchema>;
export type ClassificationRecord = z.infer<typeof classificationSchema>;
export type MemberRecord = z.infer<typeof memberSchema>;
export type DimensionRecord = z.infer<typeof dimensionSchema>;
export type SourceRecord = z.infer<typeof sourceSchema>;
export type ColumnRecord = z.infer<typeof columnSchema>;
export type MeasureRecord = z.infer<typeof measureSchema>;
export type FlisRecordFields = z.infer<typeof flisRecordSchema>;
export type StepRecord = z.infer<typeof stepSchema>;
export type RowsRecord = z.infer<typeof rowsSchema>;
export type KpiRecord = z.infer<typeof kpiSchema>;
export type SelectionRecord = z.infer<typeof selectionSchema>;
export type SelectionRuleRecord = z.infer<typeof selectionRuleSchema>;
export type PricesRecord = z.infer<typeof pricesSchema>;
export type PartitionRecord = z.infer<typeof partitionSchema>;
export type CubeRecord = z.infer<typeof cubeSchema>;
export type EmptyMeaning = (typeof emptyMeanings)[number];
export type Frequency = (typeof frequencies)[number];
export type AccountSide = (typeof accountSides)[number];
export type OverTime = (typeof overTimeRules)[number];

/** Kind of definition to its schema; the key is also the first key of the file. */
export const schemas = {
  classification: classificationSchema,
  dimension: dimensionSchema,
  source: sourceSchema,
  selection: selectionSchema,
  partition: partitionSchema,
  rows: rowsSchema,
  prices: pricesSchema,
  kpi: kpiSchema,
  cube: cubeSchema,
} as const;

export type DefinitionKind = keyof typeof schemas;
