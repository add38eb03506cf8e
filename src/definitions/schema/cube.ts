import * as z from 'zod';
import { gatesSchema, preliminarySchema, releaseSchema } from './gates.ts';
import { labelSchema, name } from './words.ts';

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
  gates: gatesSchema.optional().describe('What an edition must pass before it is published'),
  release: releaseSchema.optional().describe('When an edition is due'),
  preliminary: preliminarySchema.optional().describe('Which figures may still move as a matter of course'),
});
