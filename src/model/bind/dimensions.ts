import type { Dimension } from '../types.ts';
import type { BindContext } from './context.ts';

export function bindDimensions(context: BindContext): Record<string, Dimension> {
  const bound: Record<string, Dimension> = {};
  for (const { record } of context.definitions.dimensions) {
    const hierarchies = Object.values(record.hierarchies);
    bound[record.dimension] = {
      id: record.dimension,
      label: record.label,
      leaf: hierarchies[0]?.[0] ?? record.dimension,
      levels: [...new Set(hierarchies.flat())],
      hierarchies: record.hierarchies,
      ...(record.groups === undefined ? {} : { groups: record.groups }),
    };
  }
  return bound;
}
