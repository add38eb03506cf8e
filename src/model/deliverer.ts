import { deliveredSource } from './deliveredSource.ts';
import { lookUp } from './lookUp.ts';
import { relationsBeneath } from './relations.ts';
import type { SemanticModel, Source, SourceColumn } from './types.ts';

export type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;
type Known = Pick<SemanticModel, 'sources'>;

/** The column that says who delivers a source whose silence is zero. */
export function delivererOf({ absence, deliveredBy, columns }: Source): CodeColumn | undefined {
  if (absence !== 'zero') return undefined;
  return columns.find(
    (column): column is CodeColumn => column.kind === 'code' && column.name === deliveredBy,
  );
}

/** Whether a relation's column of the deliverer's dimension is of the deliverer's own role. */
export function isSameRole(source: Source | undefined, deliverer: CodeColumn): boolean {
  return (source?.columns ?? []).some(
    (column) =>
      column.kind === 'code' && column.dimension === deliverer.dimension && column.role === deliverer.role,
  );
}

/**
 * What says of a relation's figures whether they are known, in words that are the same where it is the same: whose
 * delivery, by which role, and which other rows it is made of. Null where rows themselves say so.
 */
export function knownBy(model: Known, id: string): string | null {
  const source = lookUp(model.sources, id);
  const root = deliveredSource(model, id);
  const deliverer = root && delivererOf(root);
  if (!source || !root || !deliverer || root.columns.some(canBeHidden)) return null;
  const beyond = relationsBeneath(id, model.sources).flatMap((each) =>
    (model.sources[each]?.derivation?.steps ?? []).flatMap(({ step }) =>
      step.kind === 'match' || (step.kind === 'order' && step.within) ? [step] : [],
    ),
  );
  const role = isSameRole(source, deliverer) ? deliverer.dimension : '';
  return JSON.stringify([root.id, source.frequency, role, beyond]);
}

/** Whether a value may be missing in a row that has come. */
const canBeHidden = (column: SourceColumn): boolean => column.kind === 'number' && column.empty.length > 0;
