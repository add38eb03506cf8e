import { type BuildContext, buildCube } from '../build/buildCube.ts';
import { verifiedPath } from '../catalog/objects.ts';
import { StoreError } from '../catalog/store.ts';
import type { EditionManifest } from '../catalog/types.ts';
import { invariant } from '../diagnostics/invariant.ts';
import { tableColumns } from '../model/relations.ts';
import type { Source } from '../model/types.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import { type SplitRows, splitRows } from './splitRows.ts';
import type { LedgerState, SnapshotRef } from './state.ts';
import { stateOf } from './state.ts';
import {
  deliveryCause,
  type Exchange,
  exchangedInput,
  isSynthetic,
  type Making,
  type Step,
  stepsBetween,
} from './steps.ts';
import type { Cause, DeliveryCause } from './types.ts';

/** Two editions and what lies between: one cause more than there are states between them. */
export interface Chain {
  readonly states: readonly OpenEdition[];
  readonly causes: readonly Cause[];
}

export interface ChainContext extends Making {
  /** Its stores take what is built here, and give what the editions are made of. */
  readonly build: BuildContext;
  /** Whether rows of a delivery are told apart by key. */
  readonly rows: boolean;
}

/**
 * Every state between two editions, built as a cube is built. What cannot be built parts nothing: the causes
 * around it are one, and the reason is kept.
 */
export async function chainBetween(
  from: OpenEdition,
  to: OpenEdition,
  context: ChainContext,
): Promise<Chain> {
  const [first, last] = [stateOf(from), stateOf(to)];
  const steps: Step[] = [];
  let before = first;
  for (const step of stepsBetween(first, last, context)) {
    steps.push(...(context.rows ? await rowSteps(step, before, last, context) : [step]));
    before = step.state;
  }
  const states: OpenEdition[] = [from];
  const causes: Cause[] = [];
  let waiting: Step['cause'][] = [];
  let reason = '';
  for (const [position, { cause, state }] of steps.entries()) {
    const isLast = position === steps.length - 1;
    waiting.push(cause);
    const built = isLast
      ? { edition: to }
      : await builtState(state, [from, to], states.at(-1) ?? from, context);
    if ('reason' in built) {
      reason = built.reason;
      continue;
    }
    causes.push(joined(waiting, reason));
    states.push(built.edition);
    waiting = [];
  }
  return states.length > 1 ? { states, causes } : { states: [from, to], causes: [otherProgram(from, to)] };
}

/** Where the same was made of the same, only what made it can be another. */
const otherProgram = (from: OpenEdition, to: OpenEdition): Cause => ({
  kind: 'program',
  id: 'program',
  before: programOf(from),
  after: programOf(to),
});
const programOf = ({ manifest }: OpenEdition): string => `flis ${manifest.builder}, ${manifest.engine}`;

function joined(causes: readonly Step['cause'][], reason: string): Cause {
  const [only] = causes;
  invariant(only, 'a state is reached by a cause');
  if (causes.length === 1) return only;
  return { kind: 'joint', id: causes.map(({ id }) => id).join('+'), of: causes, reason };
}

type Built = { readonly edition: OpenEdition } | { readonly reason: string };

async function builtState(
  state: LedgerState,
  ends: readonly [OpenEdition, OpenEdition],
  before: OpenEdition,
  { build, snapshots }: ChainContext,
): Promise<Built> {
  const unlike = otherColumns(state, ends);
  if (unlike !== null)
    return { reason: `The contract of ${unlike} has other columns than some of its rows.` };
  try {
    const built = await buildCube(state.model, state.cube, state.inputs, snapshots, before.manifest, build);
    if (!built.value) return { reason: built.diagnostics[0]?.message ?? 'The cube cannot be built.' };
    const { presence: _presence, ...manifest } = before.manifest;
    const between: EditionManifest = {
      ...manifest,
      period: state.period,
      inputs: state.inputs,
      ...built.value,
      reconciliations: [],
    };
    return { edition: { manifest: between, model: state.model, cube: state.cube } };
  } catch (error) {
    // Parts of two makings need not fit together; that is no fault of anybody's.
    if (error instanceof StoreError || !(error instanceof Error)) throw error;
    return { reason: error.message.split('\n')[0] ?? '' };
  }
}

/** A source some of whose rows were delivered under a contract with other columns than the state reads. */
function otherColumns(
  { model, inputs }: LedgerState,
  ends: readonly [OpenEdition, OpenEdition],
): string | null {
  const found = inputs.find(({ source, snapshots }) => {
    const shape = shapeOf(model.sources[source]);
    const others = ends.filter((end) => shapeOf(end.model.sources[source]) !== shape);
    const fitting = ends.filter((end) => !others.includes(end)).flatMap((end) => filesOf(end, source));
    return others.length > 0 && snapshots.some(({ sha256 }) => !fitting.includes(sha256));
  });
  return found?.source ?? null;
}

const filesOf = ({ manifest }: OpenEdition, source: string): readonly string[] =>
  manifest.inputs
    .filter((input) => input.source === source)
    .flatMap(({ snapshots }) => snapshots.map(({ sha256 }) => sha256));

const shapeOf = (source: Source | undefined): string =>
  JSON.stringify(
    source?.columns.map((each) => [each.kind, tableColumns(each), 'decimals' in each ? each.decimals : 0]),
  );

// --- rows ------------------------------------------------------------------------------------------

const orderOfRows = ['removed', 'changed', 'added'] as const;

/** A delivery as three causes, of sources with a key; what has no key comes first, as one. */
async function rowSteps(
  step: Step,
  before: LedgerState,
  last: LedgerState,
  context: ChainContext,
): Promise<readonly Step[]> {
  const { cause } = step;
  if (cause.kind !== 'delivery') return [step];
  const told: { exchange: Exchange; split: SplitRows }[] = [];
  for (const exchange of step.exchanged) {
    const split = await toldApart(exchange, before, last, context);
    if (split) told.push({ exchange, split });
  }
  const whole = step.exchanged.filter((exchange) => !told.some((each) => each.exchange === exchange));
  const steps: Step[] = [];
  let inputs = before.inputs;
  const exchangeWith = (exchange: Exchange, parts: Exchange['after']) => {
    const synthetic = isSynthetic(last.inputs, exchange.source);
    inputs = exchangedInput(inputs, exchange, parts, context.snapshots, synthetic);
  };
  const add = (rows: DeliveryCause['rows'], sources: DeliveryCause['sources']) =>
    steps.push({
      cause: deliveryCause(cause.receipt, rows, sources, context.receipts, step.exchanged),
      state: { ...before, inputs },
      exchanged: [],
    });
  for (const exchange of whole) exchangeWith(exchange, exchange.after);
  if (whole.length > 0)
    add(
      'all',
      whole.map(({ source }) => ({ source, rows: null })),
    );
  for (const rows of orderOfRows) {
    const present = told.filter(({ split }) => split.rows[rows] > 0);
    for (const { exchange, split } of told) exchangeWith(exchange, partsAfter(rows, exchange, split));
    if (present.length > 0)
      add(
        rows,
        present.map(({ exchange, split }) => ({ source: exchange.source, rows: split.rows[rows] })),
      );
  }
  return steps;
}

function partsAfter(
  rows: (typeof orderOfRows)[number],
  { after }: Exchange,
  { removed, changed }: SplitRows,
): Exchange['after'] {
  if (rows === 'added') return after;
  const [first] = after;
  invariant(first, 'a delivery exchanges something');
  const ref: SnapshotRef = { ...first.ref, ...(rows === 'removed' ? removed : changed), periods: null };
  return [{ ref, periods: after.flatMap(({ periods }) => periods) }];
}

async function toldApart(
  { source, before, after }: Exchange,
  { model }: LedgerState,
  last: LedgerState,
  { build }: ChainContext,
): Promise<SplitRows | null> {
  const contract = model.sources[source];
  if (!contract || shapeOf(contract) !== shapeOf(last.model.sources[source])) return null;
  const placed = async (parts: Exchange['before']) => {
    const rows = [];
    for (const { ref, periods } of parts) {
      const { value } = await verifiedPath(build.snapshotStore, ref, build.verified);
      if (value !== undefined) rows.push({ file: value, periods });
    }
    return rows;
  };
  const [then, now] = [await placed(before), await placed(after)];
  if (then.length < before.length || now.length < after.length) return null;
  return splitRows(contract, then, now, { engine: build.engine, store: build.snapshotStore });
}
