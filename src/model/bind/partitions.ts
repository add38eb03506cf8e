import type { PartitionDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import type { Selections } from '../accounts/selected.ts';
import type { Partition } from '../accounts/types.ts';
import type { BindContext } from './context.ts';
import { selectionNamed } from './selectionNamed.ts';

/** Partitions whose selections are all there; of others it is told what is not. */
export function bindPartitions(context: BindContext, selections: Selections): Record<string, Partition> {
  return Object.fromEntries(
    context.definitions.partitions.flatMap((definition) => {
      const partition = bindPartition(context, definition, selections);
      return partition ? [[partition.id, partition]] : [];
    }),
  );
}

function bindPartition(
  context: BindContext,
  definition: PartitionDefinition,
  selections: Selections,
): Partition | null {
  const { partition: id, label, of, parts } = definition.record;
  const universe = of === undefined ? null : selectionNamed(context, definition, ['of'], of, selections);
  const named = parts.map((name, at) => selectionNamed(context, definition, ['parts', at], name, selections));
  const found = named.flatMap((selection) => (selection ? [selection.id] : []));
  const twice = found.findIndex((part, at) => found.indexOf(part) !== at);
  if (twice >= 0) {
    const message = `The partition names "${found[twice]}" twice.`;
    context.report(diagnostic('named-twice', message, { span: definition.spanOf(['parts', twice]) }));
  }
  const isWhole = found.length === parts.length && twice < 0 && (of === undefined || universe !== null);
  return isWhole ? { id, label, of: universe?.id ?? null, parts: found } : null;
}
