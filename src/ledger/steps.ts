import type { EditionInput, Receipt } from '../catalog/types.ts';
import { groupBy } from '../model/groupBy.ts';
import { comparePeriods, dateOf, parsePeriod } from '../model/periods.ts';
import { changedKpis } from '../serve/changedKpis.ts';
import { changesBetween, priceChanges, structureChanges, withPrices, withStructure } from './mixedModel.ts';
import {
  inputOf,
  type LedgerState,
  refsByPeriod,
  type SnapshotRef,
  type SnapshotsBySource,
  withInput,
} from './state.ts';
import type { Cause, DefinitionCause, DeliveryCause, JointCause, WindowCause } from './types.ts';

/** One cause let in, and what the cube is made of then. */
export interface Step {
  readonly cause: Exclude<Cause, JointCause>;
  readonly state: LedgerState;
  /** Of a delivery: whose rows it exchanges, source by source, for telling rows apart by their key. */
  readonly exchanged: readonly Exchange[];
}

/** Periods of one source that come from other snapshots than before. */
export interface Exchange {
  readonly source: string;
  readonly before: readonly Exchanged[];
  readonly after: readonly Exchanged[];
}
export interface Exchanged {
  readonly ref: SnapshotRef;
  readonly periods: readonly string[];
}

export interface Making {
  readonly snapshots: SnapshotsBySource;
  readonly receipts: readonly Receipt[];
  /** As asked for; only as-is looks at the newest month. */
  readonly hierarchy: string;
  /** Whether both editions were made by the very same frozen definitions; telling these apart takes long. */
  readonly sameModel: boolean;
}

/**
 * From one making to the other, a cause at a time, in the order that docs/ledger.md gives: deliveries by
 * receipt, code lists and hierarchies, prices, definitions, periods gone, periods new. A cause that is not
 * there is no step. Each follows from what really happens in a month: deliveries come under the definitions
 * of their time, and only then somebody changes those.
 */
export function stepsBetween(before: LedgerState, after: LedgerState, making: Making): readonly Step[] {
  const sides = periodsOfSides(before, after, making);
  const steps: Step[] = [];
  let state = before;
  const add = (step: Step) => {
    steps.push(step);
    state = step.state;
  };
  for (const [receipt, exchanges] of deliveries(sides))
    add(deliveryStep(state, after, receipt, exchanges, making));
  const changes = making.sameModel ? [structureStep] : [structureStep, pricesStep, definitionStep];
  for (const make of changes) {
    const step = make(state, after, making);
    if (step) add(step);
  }
  for (const step of windowSteps(state, after, sides)) add(step);
  return steps;
}

// --- deliveries ------------------------------------------------------------------------------------

interface Sides {
  readonly source: string;
  readonly before: ReadonlyMap<string, SnapshotRef>;
  readonly after: ReadonlyMap<string, SnapshotRef>;
  /** Periods that both hold. */
  readonly shared: readonly string[];
}

/** Sources that both cubes read. */
function periodsOfSides(before: LedgerState, after: LedgerState, { snapshots }: Making): readonly Sides[] {
  const both = before.cube.sources.filter((source) => after.cube.sources.includes(source));
  return both.map((source) => {
    const [then, now] = [before, after].map(({ inputs }) =>
      refsByPeriod(
        inputs.find((input) => input.source === source),
        snapshots,
      ),
    );
    const [left, right] = [then ?? new Map(), now ?? new Map()];
    const shared = [...left.keys()].filter((period) => right.has(period)).sort(comparePeriods);
    return { source, before: left, after: right, shared };
  });
}

/** Receipts whose rows stand in the second edition in place of others, oldest first. */
function deliveries(sides: readonly Sides[]): [number, readonly Exchange[]][] {
  const exchanges = sides.flatMap(({ source, before, after, shared }) => {
    const moved = shared.flatMap((period) => {
      const [then, now] = [before.get(period), after.get(period)];
      return then && now && then.sha256 !== now.sha256 ? [{ period, then, now }] : [];
    });
    return [...groupBy(moved, ({ now }) => now.receipt)].map(([receipt, all]) => ({
      receipt,
      exchange: {
        source,
        before: partsOf(all.map(({ period, then }) => [period, then])),
        after: partsOf(all.map(({ period, now }) => [period, now])),
      },
    }));
  });
  const byReceipt = groupBy(exchanges, ({ receipt }) => receipt);
  return [...byReceipt]
    .sort(([a], [b]) => a - b)
    .map(([receipt, all]) => [receipt, all.map(({ exchange }) => exchange)]);
}

function partsOf(periods: readonly (readonly [string, SnapshotRef])[]): readonly Exchanged[] {
  return [...groupBy(periods, ([, ref]) => ref.sha256).values()].flatMap((all) => {
    const [first] = all;
    return first ? [{ ref: first[1], periods: all.map(([period]) => period) }] : [];
  });
}

function deliveryStep(
  state: LedgerState,
  after: LedgerState,
  receipt: number,
  exchanged: readonly Exchange[],
  { snapshots, receipts }: Making,
): Step {
  const sources = exchanged.map(({ source }) => ({ source, rows: null }));
  const cause = deliveryCause(receipt, 'all', sources, receipts, exchanged);
  const inputs = exchanged.reduce(
    (all, exchange) =>
      exchangedInput(
        all,
        exchange,
        exchange.after.map(({ ref, periods }) => ({ ref, periods })),
        snapshots,
        isSynthetic(after.inputs, exchange.source),
      ),
    state.inputs,
  );
  return { cause, state: { ...state, inputs }, exchanged };
}

export function deliveryCause(
  receipt: number,
  rows: DeliveryCause['rows'],
  sources: DeliveryCause['sources'],
  receipts: readonly Receipt[],
  exchanged: readonly Exchange[],
): DeliveryCause {
  const told = receipts.find(({ number }) => number === receipt);
  const [first] = exchanged.flatMap(({ after }) => after);
  return {
    kind: 'delivery',
    id: rows === 'all' ? `delivery-${receipt}` : `delivery-${receipt}-${rows}`,
    receipt,
    file: told?.file ?? '',
    sender: told?.sender ?? null,
    received: told?.received ?? first?.ref.received ?? '',
    rows,
    sources,
  };
}

/** The inputs with some periods of one source taken from other files. */
export function exchangedInput(
  inputs: readonly EditionInput[],
  { source }: Exchange,
  parts: readonly Exchanged[],
  snapshots: SnapshotsBySource,
  synthetic: boolean,
): readonly EditionInput[] {
  const own = inputs.find((input) => input.source === source);
  const refs = new Map(refsByPeriod(own, snapshots));
  for (const { ref, periods } of parts) for (const period of periods) refs.set(period, ref);
  return withInput(inputs, source, inputOf(source, refs, synthetic || (own?.synthetic ?? false)));
}

export const isSynthetic = (inputs: readonly EditionInput[], source: string): boolean =>
  inputs.find((input) => input.source === source)?.synthetic ?? false;

// --- code lists, prices, definitions ---------------------------------------------------------------

function structureStep(state: LedgerState, after: LedgerState, making: Making): Step | null {
  const { hierarchy, sameModel } = making;
  const changes = sameModel ? nothing : structureChanges(state.model, after.model);
  const model = withStructure(state.model, after.model);
  const [then, now] = [lastDay(state.period), lastDay(after.period)];
  const moves =
    hierarchy === 'as-is' && then !== now && changesBetween(model, min(then, now), max(then, now));
  if (changes.classifications.length + changes.dimensions.length === 0 && !moves) return null;
  const asIs = moves ? { before: state.period, after: after.period } : null;
  return {
    cause: { kind: 'structure', id: 'structure', ...changes, asIs },
    state: { ...state, model, period: after.period },
    exchanged: [],
  };
}

const nothing = { classifications: [], dimensions: [] };

const lastDay = (code: string): string => {
  const period = parsePeriod(code);
  return period ? dateOf(period.lastDay) : '';
};
const min = (a: string, b: string): string => (a < b ? a : b);
const max = (a: string, b: string): string => (a < b ? b : a);

function pricesStep(state: LedgerState, after: LedgerState): Step | null {
  const prices = priceChanges(state.model, after.model);
  if (prices.length === 0) return null;
  return {
    cause: { kind: 'prices', id: 'prices', prices },
    state: { ...state, model: withPrices(state.model, after.model) },
    exchanged: [],
  };
}

/** A source that only one of the cubes reads comes and goes with the definitions that read it. */
function definitionStep(state: LedgerState, after: LedgerState): Step | null {
  const changed = changedKpis(state, after);
  const kpis = changed.map(({ kpi, parts }): DefinitionCause['kpis'][number] => ({
    kpi,
    before: versionOf(state, kpi),
    after: versionOf(after, kpi),
    parts,
  }));
  if (kpis.length === 0) return null;
  const kept = state.inputs.filter(({ source }) => after.cube.sources.includes(source));
  const fresh = after.inputs.filter(({ source }) => !state.cube.sources.includes(source));
  const inputs = [...kept, ...fresh].sort((a, b) => (a.source < b.source ? -1 : 1));
  return {
    cause: { kind: 'definition', id: 'definition', kpis },
    state: { ...state, model: after.model, cube: after.cube, inputs },
    exchanged: [],
  };
}

const versionOf = ({ model, cube }: LedgerState, kpi: string): number | null =>
  cube.kpis.includes(kpi) ? (model.kpis[kpi]?.version ?? null) : null;

// --- the window ------------------------------------------------------------------------------------

function windowSteps(start: LedgerState, after: LedgerState, sides: readonly Sides[]): readonly Step[] {
  const gone = sides.flatMap((side) => onlyIn(side, side.before, side.after));
  const fresh = sides.flatMap((side) => onlyIn(side, side.after, side.before));
  const steps: Step[] = [];
  let state = start;
  if (gone.length > 0) {
    const inputs = sides.reduce((all, side) => keeping(all, side, after), state.inputs);
    state = { ...state, inputs };
    steps.push({
      cause: { kind: 'window', id: 'window-gone', change: 'gone', sources: gone },
      state,
      exchanged: [],
    });
  }
  if (fresh.length > 0) {
    state = { ...state, inputs: after.inputs, period: after.period };
    steps.push({
      cause: { kind: 'window', id: 'window-new', change: 'new', sources: fresh },
      state,
      exchanged: [],
    });
  }
  return steps;
}

function onlyIn(
  { source }: Sides,
  own: ReadonlyMap<string, SnapshotRef>,
  other: ReadonlyMap<string, SnapshotRef>,
): WindowCause['sources'] {
  const periods = [...own.keys()].filter((period) => !other.has(period)).sort(comparePeriods);
  if (periods.length === 0) return [];
  const receipts = new Set(periods.flatMap((period) => own.get(period)?.receipt ?? []));
  return [{ source, periods, receipts: [...receipts].sort((a, b) => a - b) }];
}

/** Of a source only the periods that the second edition still holds, from where it has them. */
function keeping(inputs: readonly EditionInput[], side: Sides, after: LedgerState): readonly EditionInput[] {
  if (side.shared.length === side.before.size) return inputs;
  const refs = new Map(
    side.shared.flatMap((period) => {
      const ref = side.after.get(period);
      return ref ? [[period, ref] as const] : [];
    }),
  );
  return withInput(inputs, side.source, inputOf(side.source, refs, isSynthetic(after.inputs, side.source)));
}
