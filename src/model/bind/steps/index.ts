import type { StepRecord } from '../../../definitions/schema.ts';
import { bindDerive } from './derive.ts';
import { bindGroup } from './group.ts';
import { bindJoinStays } from './joinStays.ts';
import { bindMatch } from './match.ts';
import { bindOrder } from './order.ts';
import { type BoundStep, type StepKind, type StepScope, tell } from './scope.ts';
import { bindSpread } from './spread.ts';
import { bindWhere } from './where.ts';

/** A step to what it does and the columns after it; null where something is wrong, which is told. */
export function bindStep(scope: StepScope): BoundStep | null {
  const record = scope.definition.record.steps[scope.position] ?? {};
  const kinds = (Object.keys(record) as StepKind[]).filter((kind) => record[kind] !== undefined);
  const [kind] = kinds;
  if (kinds.length !== 1 || kind === undefined) {
    const message =
      kinds.length === 0
        ? 'This step says nothing.'
        : `This step says ${kinds.length} things: ${kinds.join(', ')}.`;
    return tell(scope, 'rows-step', [], message, 'a step is a map with one key; write a step for each');
  }
  return binders[kind](scope, record);
}

const binders: Readonly<Record<StepKind, (scope: StepScope, record: StepRecord) => BoundStep | null>> = {
  where: (scope, { where }) => bindWhere(scope, where ?? ''),
  derive: (scope, { derive }) => bindDerive(scope, derive ?? {}),
  group: (scope, { group }) => group && bindGroup(scope, group),
  spread: (scope, { spread }) => spread && bindSpread(scope, spread),
  match: (scope, { match }) => match && bindMatch(scope, match),
  order: (scope, { order }) => order && bindOrder(scope, order),
  join_stays: (scope, { join_stays }) => join_stays && bindJoinStays(scope, join_stays),
} as Readonly<Record<StepKind, (scope: StepScope, record: StepRecord) => BoundStep | null>>;
