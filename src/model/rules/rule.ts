import type { KpiDefinition } from '../../definitions/definition.ts';
import type { Expression } from '../../formula/expression.ts';
import type { BindContext } from '../bind/context.ts';
import type { SemanticModel } from '../types.ts';
import type { WrittenMeasure } from './writtenMeasures.ts';

/** What every rule gets beside the model: what was written, and where to say what is wrong with it. */
export interface RuleContext extends BindContext {
  /** KPI id to its formula as written; null where it could not be read. */
  readonly formulas: Readonly<Record<string, Expression | null>>;
  /** All versions of all KPIs as they were written; in the definitions older ones have names of their own. */
  readonly versions: readonly KpiDefinition[];
  /** All measures of all KPIs, in the order of their files; most rules walk over them. */
  readonly written: readonly WrittenMeasure[];
}

/** One check: looks at the whole model, reports what is wrong, changes nothing. */
export type Rule = (model: SemanticModel, context: RuleContext) => void;
