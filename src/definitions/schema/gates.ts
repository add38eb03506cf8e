import * as z from 'zod';
import { name } from './words.ts';

/** What becomes of an edition that a gate finds something in. */
export const gateActions = ['block', 'warn', 'off'] as const;

const gateAction = z
  .enum(gateActions)
  .optional()
  .describe('block: no edition until it is put right or approved; warn: said beside it; off: not asked');
const gateKpi = z
  .string()
  .optional()
  .describe('A KPI of this cube; left out: every one that no other entry names');
const gateLevel = z.string().optional().describe('Asked by this level; left out: the whole');
const share = z.number().min(0);

const sampled = (what: string) =>
  z
    .strictObject({
      sample: z.int().min(1).max(1000).optional().describe('How many questions; 2 if left out'),
      action: gateAction,
    })
    .optional()
    .describe(`${what}, in a sample that follows from what went in`);

export const gatesSchema = z.strictObject({
  deliveries: z.strictObject({ action: gateAction }).optional().describe('Checks and refusals of what came'),
  coverage: z
    .array(
      z.strictObject({
        kpi: gateKpi,
        level: gateLevel,
        at_least: share
          .max(1)
          .optional()
          .describe("Known of expected, from 0 to 1; left out: the KPI's own coverage"),
        periods: z.int().min(1).optional().describe('How many of the newest periods; 1 if left out'),
        action: gateAction,
      }),
    )
    .min(1)
    .optional()
    .describe('How much of what is expected is known'),
  reconciliation: z
    .array(
      z.strictObject({
        id: z
          .string()
          .optional()
          .describe('One under `reconcile`; left out: every one that no other entry names'),
        action: gateAction,
      }),
    )
    .min(1)
    .optional()
    .describe('What `reconcile` compares agrees within its tolerance'),
  cross_source: z
    .array(
      z.strictObject({
        id: name('Id within the cube'),
        kpi: z.string(),
        against: z.string().describe('Another KPI of this cube, of another source'),
        level: gateLevel,
        at_least: share.optional().describe('Least that kpi / against may be'),
        at_most: share.optional().describe('Most that kpi / against may be'),
        action: gateAction,
      }),
    )
    .min(1)
    .optional()
    .describe('Figures of two sources that must lie near each other'),
  revision: z
    .array(
      z.strictObject({
        kpi: gateKpi,
        level: gateLevel,
        at_most: share
          .optional()
          .describe('How far a figure may move, as a share of what it was; 0.02 if left out'),
        open: z
          .int()
          .min(0)
          .optional()
          .describe('How many of the newest periods may move freely; those that are preliminary if left out'),
        action: gateAction,
      }),
    )
    .min(1)
    .optional()
    .describe('Figures of closed periods, beside the edition before'),
  parts: sampled('Parts add up to their total'),
  rollups: sampled('Cells give what base rows give'),
  independence: sampled('A KPI alone is what it is together with others'),
});

export const releaseSchema = z.strictObject({
  day: z.int().min(1).max(31).optional().describe('Day of the month; the last one where it has not so many'),
  months_after: z
    .int()
    .min(0)
    .max(24)
    .optional()
    .describe('Months from the one that the period ends in; 1 if left out'),
  dates: z
    .record(z.string(), z.iso.date())
    .optional()
    .describe('Period to its date, in place of what `day` says'),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 08:00')
    .optional()
    .describe('Danish time; 08:00 if left out'),
  embargo: z.boolean().optional().describe('Whether readers wait for the time; they do not if left out'),
});

export const preliminarySchema = z.strictObject({
  periods: z.int().min(0).optional().describe('How many of the newest periods of a source; 0 if left out'),
  sources: z
    .record(z.string(), z.int().min(0))
    .optional()
    .describe('The same for one source, in place of `periods`'),
});
