import { aggregates } from './aggregates.ts';
import type { BoundExpression } from './boundExpression.ts';
import { deliveredSource } from './deliveredSource.ts';
import { type CodeColumn, delivererOf, knownBy } from './deliverer.ts';
import { everyPart, measuresOf } from './measuresOf.ts';
import type { Measure, SemanticModel, Source } from './types.ts';

type Known = Pick<SemanticModel, 'measures' | 'sources' | 'dimensions'>;

/**
 * How a formula of several operands leaves out parts: one operand is no question, nor are several of one delivery whose
 * silence is zero, since who did not deliver is missing in all of them; a mean over members leaves out members; and else the same parts are left out of all operands, by the dimensions that all of them count.
 */
export type Skipping =
  | { readonly kind: 'alone' }
  | { readonly kind: 'alike' }
  | { readonly kind: 'members' }
  | { readonly kind: 'matched'; readonly dimensions: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

export function skippingOf(
  model: Known,
  expression: BoundExpression,
  kept: readonly string[] = Object.keys(model.dimensions),
): Skipping {
  if (isOneOperand(expression)) return { kind: 'alone' };
  if (expression.kind === 'mean_over' && !hasOwnGrain(expression.operand)) return { kind: 'members' };
  if (isAlike(model, expression)) return { kind: 'alike' };
  if (hasOwnGrain(expression))
    return { kind: 'refused', why: 'a total or a mean has other parts than what stands beside it' };
  const measures = measuresOf(expression).flatMap((id) => model.measures[id] ?? []);
  const stiff = measures.find(
    ({ aggregate, over }) => !isMerged(aggregate) || Object.values(over).some(({ kind }) => kind !== 'sum'),
  );
  if (stiff) return { kind: 'refused', why: `the parts of "${stiff.name}" do not add` };
  const [first = [], ...rest] = measures.map(({ source }) => countedDimensions(model.sources[source], kept));
  const dimensions = first.filter((each) => rest.every((others) => others.includes(each)));
  return dimensions.length > 0
    ? { kind: 'matched', dimensions }
    : { kind: 'refused', why: 'its measures count no parts in common' };
}

/** Whether a formula has one measure, asked in one way. */
function isOneOperand(expression: BoundExpression): boolean {
  const leaves = everyPart(expression).filter(({ kind }) => kind === 'measure');
  const isTotal = everyPart(expression).some(({ kind }) => kind === 'moved' || hasGrain(kind));
  return leaves.length <= 1 || (measuresOf(expression).length === 1 && !isTotal);
}

/** Whether operands are of the same deliveries and periods, so that what one of them lacks all of them lack. */
function isAlike(model: Known, expression: BoundExpression): boolean {
  const measures = measuresOf(expression).flatMap((id) => model.measures[id] ?? []);
  const says = new Set(measures.map((measure) => askedOf(model, measure)));
  const [first] = measures;
  const root = first && deliveredSource(model, first.source);
  const deliverer = root && delivererOf(root);
  if (!deliverer || says.size !== 1 || says.has(null)) return false;
  return everyPart(expression).every(
    (part) =>
      part.kind !== 'moved' &&
      part.kind !== 'mean_over' &&
      part.kind !== 'of_each' &&
      !(part.kind === 'total' && part.dimensions.includes(deliverer.dimension)),
  );
}

/** Whose deliveries a measure takes of which periods; null where that is not all that says what is missing. */
function askedOf(model: Known, { source, alignment, overTime }: Measure): string | null {
  const known = knownBy(model, source);
  return known && JSON.stringify([known, alignment, takesOne[overTime] ?? 'all']);
}

/** Rules over time that take one period of several. */
const takesOne: Readonly<Partial<Record<Measure['overTime'], string>>> = {
  last: 'last',
  first: 'first',
  last_held: 'last_held',
  first_held: 'first_held',
};

const hasGrain = (kind: BoundExpression['kind']): boolean =>
  kind === 'total' || kind === 'mean_over' || kind === 'of_each';
const hasOwnGrain = (expression: BoundExpression): boolean =>
  everyPart(expression).some(({ kind }) => hasGrain(kind));

/** Whether finished figures of parts are merged into that of the whole. */
function isMerged(aggregate: keyof typeof aggregates): boolean {
  return aggregates[aggregate].finish === 'state';
}

/** Dimensions whose members are parts, as coverage counts them. */
function countedDimensions(source: Source | undefined, kept: readonly string[]): string[] {
  const columns = (source?.columns ?? []).filter(
    (column): column is CodeColumn => column.kind === 'code' && kept.includes(column.dimension),
  );
  const expecting = columns.filter(({ expect }) => expect !== 'delivered');
  return (expecting.length > 0 ? expecting : columns.slice(0, 1)).map(({ dimension }) => dimension);
}
