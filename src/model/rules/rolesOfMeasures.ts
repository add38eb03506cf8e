import type { SemanticModel, SourceColumn } from '../types.ts';
import type { RuleContext } from './rule.ts';
import type { WrittenMeasure } from './writtenMeasures.ts';

/** A measure can be cut by one column of each dimension: where its source has several, it says which role is meant. */
export function rolesOfMeasures(_model: SemanticModel, context: RuleContext): void {
  for (const written of context.written) {
    // A role that is not there is told of where it is bound.
    if (written.record.role === undefined) checkRoles(written);
  }
}

type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

function checkRoles({ name, source, path, tell }: WrittenMeasure): void {
  const columns = (source?.columns ?? []).filter((column): column is CodeColumn => column.kind === 'code');
  const twice = columns.find(({ dimension }, position) =>
    columns.slice(0, position).some((earlier) => earlier.dimension === dimension),
  );
  if (!source || !twice) return;
  const same = columns.filter(({ dimension }) => dimension === twice.dimension);
  // Two of one role are told of at the contract.
  if (source.derivation === null && new Set(same.map(({ role }) => role)).size < same.length) return;
  const roles = same.map((column) => column.role ?? column.name);
  const message = `"${source.id}" has ${same.length} columns of "${twice.dimension}", and "${name}" does not say which is meant.`;
  tell('role-ambiguous', [...path, 'source'], message, `write role: ${roles.join(', or role: ')}`);
}
