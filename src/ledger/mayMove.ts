import type { DeliveredBy } from '../catalog/types.ts';
import { groupBy } from '../model/groupBy.ts';
import { deliveredBeneath } from '../model/relations.ts';
import type { BoundColumn, MeasureUse, UsedExpression } from '../query/bound.ts';
import { formulasFor } from '../query/versions.ts';
import type { PreparedQuery } from '../serve/ask.ts';
import { cellKey } from '../serve/cellKey.ts';
import type { MeasureComponents } from '../serve/components.ts';
import type { OpenEdition } from '../serve/openEdition.ts';

/** A question in one state, with what the engine gave. */
export interface AskedState {
  readonly state: OpenEdition;
  readonly prepared: PreparedQuery;
  readonly components: ReadonlyMap<string, MeasureComponents>;
}

/** Whether the row of a period and members may be another one in one state than in another. */
export type MayMove = (period: string, members: readonly string[]) => boolean;

const all: MayMove = () => true;

/**
 * Rows that need not be finished, since nothing that makes them differs between any two states: finishing is
 * most of the work, and most rows never move. In doubt a row may move. `sameDefinitions` is for states whose
 * definitions of the asked columns are equal, code lists among them.
 */
export function mayMove(asked: readonly AskedState[], sameDefinitions: boolean): MayMove {
  const [first, ...others] = asked;
  if (!first || !sameDefinitions || !first.prepared.bound.columns.every((each) => isPlain(each, first)))
    return all;
  const keys = new Set<string>();
  const periods = new Set<string>();
  let before = first;
  for (const next of others) {
    const found = differing(before, next);
    if (found === null) return all;
    for (const key of found.keys) keys.add(key);
    for (const period of found.periods) periods.add(period);
    before = next;
  }
  return (period, members) => periods.has(period) || keys.has(cellKey(period, members));
}

/** Whether a row stands on components of its own place and periods only. */
function isPlain(column: BoundColumn, { prepared }: AskedState): boolean {
  const { bound } = prepared;
  const asked = bound.levels.flatMap((level) => (level.kind === 'member' ? [level.name] : [])).join();
  const formulas = formulasFor(column, bound.periods);
  const uses = bound.measures.filter(({ id }) => column.uses.some((each) => each.id === id));
  return (
    formulas.length === 1 &&
    formulas.every(({ expression }) => isSimple(expression)) &&
    uses.every(({ askedOf, levels }) => askedOf === null && levels.map(({ name }) => name).join() === asked)
  );
}

function isSimple(expression: UsedExpression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'use':
      return true;
    case 'negate':
      return isSimple(expression.operand);
    case 'arithmetic':
      return isSimple(expression.left) && isSimple(expression.right);
    case 'call':
      return expression.operands.every(isSimple);
    default:
      return false;
  }
}

/** Rows and whole periods that are not the same; null where that cannot be told. */
function differing(
  before: AskedState,
  after: AskedState,
): { readonly keys: ReadonlySet<string>; readonly periods: ReadonlySet<string> } | null {
  const [then, now] = [before, after].map(({ prepared }) => prepared.bound.measures);
  if (then?.map(({ id }) => id).join('\n') !== now?.map(({ id }) => id).join('\n')) return null;
  const keys = new Set<string>();
  const periods = new Set<string>();
  for (const [at, use] of (then ?? []).entries()) {
    for (const period of otherPairs(use, now?.[at] ?? use)) periods.add(period);
    const [left, right] = [before.components.get(use.id), after.components.get(use.id)];
    for (const kind of ['parts', 'totals', 'rows'] as const)
      for (const key of differingKeys(left?.[kind] ?? none, right?.[kind] ?? none)) keys.add(key);
    const late = latePeriods(use, before, after);
    if (late === null) return null;
    for (const { out, source } of use.pairs) if (late.has(source)) periods.add(out);
  }
  return { keys, periods };
}

/** Periods of the answer that are not made of the same periods in the same structure. */
function otherPairs(before: MeasureUse, after: MeasureUse): readonly string[] {
  const [then, now] = [before, after].map(({ pairs }) => groupBy(pairs, ({ out }) => out));
  const periods = new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...periods].filter((out) => JSON.stringify(then?.get(out)) !== JSON.stringify(now?.get(out)));
}

const none: ReadonlyMap<string, object> = new Map();

function* differingKeys(
  before: ReadonlyMap<string, object>,
  after: ReadonlyMap<string, object>,
): Generator<string> {
  for (const [key, value] of after) {
    const other = before.get(key);
    if (!other || !isSame(other as Fields, value as Fields)) yield key;
  }
  for (const key of before.keys()) if (!after.has(key)) yield key;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields are numbers, big integers and truths. */
function isSame(one: Fields, other: Fields): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** Source periods that only one state holds, or that others delivered there; null where rows look further. */
function latePeriods(
  { measure, weight }: MeasureUse,
  before: AskedState,
  after: AskedState,
): ReadonlySet<string> | null {
  const sources = [measure.source, ...(weight ? [weight.measure.source] : [])];
  const late = new Set<string>();
  for (const source of sources) {
    const [then, now] = [before, after].map(({ state }) => heldOf(state, source));
    for (const period of [...(then ?? []), ...(now ?? [])])
      if (!(then?.has(period) && now?.has(period))) late.add(period);
    const beneath = deliveredBeneath(source, after.state.model.sources);
    for (const each of beneath) {
      const moved = movedDeliverers(before.prepared.delivered.get(each), after.prepared.delivered.get(each));
      // A row made of rows may stand on other periods than its own.
      if (each !== source && moved.length > 0) return null;
      for (const period of moved) late.add(period);
    }
  }
  // Periods of a weight are not those of the measure.
  return weight && late.size > 0 ? null : late;
}

const heldOf = ({ manifest }: OpenEdition, source: string): ReadonlySet<string> =>
  new Set(manifest.tables.find((table) => table.source === source)?.periods);

function movedDeliverers(before: DeliveredBy | undefined, after: DeliveredBy | undefined): string[] {
  const [then, now] = [before?.periods ?? {}, after?.periods ?? {}];
  return Object.keys({ ...then, ...now }).filter(
    (period) => (then[period] ?? []).join() !== (now[period] ?? []).join(),
  );
}
