import type { GateApproval, GateResult } from '../../catalog/types.ts';

/** What somebody approves: a result by its id, or all results of a gate by its name. */
export type Approval = Omit<GateApproval, 'at'>;

export interface Overruled {
  /** What still stands in the way. */
  readonly blocked: readonly GateResult[];
  /** One for each result that blocked and was approved. */
  readonly approvals: readonly Approval[];
}

export const isOf = ({ gate, id }: GateResult, approval: Approval): boolean =>
  approval.gate === id || approval.gate === gate;

/**
 * Approvals are one decision about one version: where one of them is of something that does not block, none of
 * them was given for what lies here.
 */
export function overrule(results: readonly GateResult[], given: readonly Approval[]): Overruled {
  const blocking = results.filter(({ outcome }) => outcome === 'blocked');
  const isMeant = given.every((approval) => blocking.some((result) => isOf(result, approval)));
  if (!isMeant) return { blocked: blocking, approvals: [] };
  const approvals = blocking.flatMap((result) => {
    const approval = given.find((each) => isOf(result, each));
    return approval ? [{ ...approval, gate: result.id }] : [];
  });
  return { blocked: blocking.filter(({ id }) => !approvals.some(({ gate }) => gate === id)), approvals };
}
