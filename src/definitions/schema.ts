import type * as z from 'zod';
import {
  type accountSides,
  partitionSchema,
  type selectionRuleSchema,
  selectionSchema,
} from './schema/accounts.ts';
import { classificationSchema, type memberSchema } from './schema/classification.ts';
import { cubeSchema } from './schema/cube.ts';
import { dimensionSchema } from './schema/dimension.ts';
import type { gateActions, gatesSchema, releaseSchema } from './schema/gates.ts';
import { type flisRecordSchema, kpiSchema, type measureSchema, type overTimeRules } from './schema/kpi.ts';
import { pricesSchema } from './schema/prices.ts';
import { rowsSchema, type stepSchema } from './schema/rows.ts';
import { type columnSchema, type emptyMeanings, type frequencies, sourceSchema } from './schema/source.ts';
import type { labelSchema } from './schema/words.ts';

/**
 * The definition language, written once: the types of the records below and the JSON Schemas in
 * `kpi-definitions/schema/` both come from here. One definition a file; the first key names its kind.
 */
export { accountSides, partitionSchema, selectionRuleSchema, selectionSchema } from './schema/accounts.ts';
export { classificationSchema, memberSchema, successorsSchema } from './schema/classification.ts';
export { cubeSchema, reconciliationSchema } from './schema/cube.ts';
export { dimensionSchema } from './schema/dimension.ts';
export { gateActions, gatesSchema, preliminarySchema, releaseSchema } from './schema/gates.ts';
export { alignments, flisRecordSchema, kpiSchema, measureSchema, overTimeRules } from './schema/kpi.ts';
export { priceRateSchema, pricesSchema } from './schema/prices.ts';
export { rowsSchema, stepSchema } from './schema/rows.ts';
export { columnSchema, emptyMeanings, frequencies, sourceSchema } from './schema/source.ts';
export { codeSchema, labelSchema } from './schema/words.ts';

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
export type GatesRecord = z.infer<typeof gatesSchema>;
export type ReleaseRecord = z.infer<typeof releaseSchema>;
export type GateAction = (typeof gateActions)[number];
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
