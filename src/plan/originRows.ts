import type { RowExpression } from '../model/rowSteps.ts';
import type { SourceColumn } from '../model/types.ts';
import type { PlannedStep, RowsPlan } from './plan.ts';

/** Which of a source's snapshots a row lies in, from 0, and where in the delivery: columns for following rows back. */
export const originFile = '_file';
export const originRow = '_row';

const origin: readonly SourceColumn[] = [originFile, originRow].map((name) => ({
  kind: 'key',
  name,
  from: name,
  of: 'integer',
  personal: false,
  emptyIsNone: false,
}));

/** The way to some rows, each with where it was delivered for as long as a row is still one that was delivered. */
export function withOrigin(plan: RowsPlan): RowsPlan {
  if (!plan.from) return { ...plan, columns: [...plan.columns, ...origin] };
  const from = withOrigin(plan.from);
  let isOne = isOfOrigin(from.columns);
  const steps = plan.steps.map((step): PlannedStep => {
    const before = isOne ? [...step.before, ...origin] : step.before;
    isOne &&= step.step.kind !== 'group' && step.step.kind !== 'join_stays';
    return { ...step, before, columns: isOne ? [...step.columns, ...origin] : step.columns };
  });
  return { ...plan, from, steps, columns: isOne ? [...plan.columns, ...origin] : plan.columns };
}

/** Whether rows with these columns say where they were delivered. */
export const isOfOrigin = (columns: readonly SourceColumn[]): boolean =>
  columns.some(({ name }) => name === originFile);

/** The same rows with a step for each of the conditions that hold all together, in the order they are written. */
export function conditionByCondition(plan: RowsPlan): RowsPlan {
  if (!plan.from) return plan;
  const steps = plan.steps.flatMap((planned): PlannedStep[] => {
    const { step, before, columns } = planned;
    if (step.kind !== 'where') return [planned];
    const conditions = conjunctsOf(step.condition);
    return conditions.map((condition, at) => ({
      ...planned,
      step: { ...step, condition },
      columns: at === conditions.length - 1 ? columns : before,
    }));
  });
  return { ...plan, from: conditionByCondition(plan.from), steps };
}

function conjunctsOf(condition: RowExpression): readonly RowExpression[] {
  if (condition.kind !== 'logic' || condition.operator !== 'and') return [condition];
  return [...conjunctsOf(condition.left), ...conjunctsOf(condition.right)];
}
