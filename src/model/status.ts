/**
 * Why a cell has a number or not. One table for the whole product: finishing, totals, exports and
 * documentation read it.
 *
 * `precedence`: where several operands of a formula, or several parts of a total, are not `ok`, the
 * one with the highest precedence is the status of the whole. The order is from "nobody knows" to
 * "we know, but there is no number": what is missing for want of a delivery hides what is merely
 * suppressed, since with the delivery the reason could change.
 */
export const statuses = {
  ok: { precedence: 0, mark: '', da: 'tal', en: 'a number' },
  undefined: { precedence: 1, mark: 'x', da: 'ikke defineret (nævner 0)', en: 'undefined (denominator 0)' },
  not_applicable: { precedence: 2, mark: '-', da: 'ikke relevant', en: 'not applicable' },
  below_coverage: { precedence: 3, mark: '<', da: 'for ringe dækning', en: 'below coverage' },
  suppressed: { precedence: 4, mark: '*', da: 'diskretioneret', en: 'suppressed' },
  not_delivered: { precedence: 5, mark: '..', da: 'ikke leveret', en: 'not delivered' },
} as const;

export type Status = keyof typeof statuses;

/** The status of two things together. Associative, commutative, idempotent; `ok` changes nothing. */
export function worseStatus(a: Status, b: Status): Status {
  return statuses[a].precedence >= statuses[b].precedence ? a : b;
}

/** Flags stand beside a status; they are a set, kept in this order everywhere. */
export const flags = {
  preliminary: { mark: 'p', da: 'foreløbigt', en: 'preliminary' },
  revised: { mark: 'r', da: 'revideret', en: 'revised' },
  imputed: { mark: 'i', da: 'imputeret', en: 'imputed' },
  break: { mark: 'b', da: 'databrud', en: 'break in series' },
  source_total: { mark: 't', da: 'kildens egen total', en: "the source's own total" },
  weighted: { mark: 'w', da: 'vægtet', en: 'weighted' },
  synthetic: { mark: 's', da: 'syntetiske tal', en: 'synthetic figures' },
} as const;

export type Flag = keyof typeof flags;

const flagOrder = Object.keys(flags) as Flag[];

/** The union of several sets of flags, in the table's order. */
export function unionOfFlags(sets: Iterable<readonly Flag[]>): Flag[] {
  const found = new Set<Flag>();
  for (const set of sets) for (const flag of set) found.add(flag);
  return flagOrder.filter((flag) => found.has(flag));
}
