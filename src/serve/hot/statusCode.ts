import { type Status, statuses } from '../../model/status.ts';

/** A status as its place in the order of precedence, so that the worse of two is the greater. */
export const codeOf: Readonly<Record<Status, number>> = Object.fromEntries(
  Object.entries(statuses).map(([status, { precedence }]) => [status, precedence]),
) as Record<Status, number>;

export const statusOf: readonly Status[] = (Object.keys(codeOf) as Status[]).sort(
  (a, b) => codeOf[a] - codeOf[b],
);
