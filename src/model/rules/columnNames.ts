import type { SourceDefinition } from '../../definitions/definition.ts';
import type { BindContext } from '../bind/context.ts';
import { internalNames } from '../internalNames.ts';
import { lookUp } from '../lookUp.ts';
import type { SemanticModel, SourceColumn } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/**
 * Columns of a snapshot have names of their own, one role of a dimension each. Engines do not tell `Antal` from
 * `antal`, and a number column brings a second one for the reason why it is empty.
 */
export function columnNames(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.sources) {
    const source = lookUp(model.sources, definition.record.source);
    if (!source) continue;
    const tell = tellIn(context, definition);
    checkNames(source.columns, tell);
    checkDimensions(source.columns, tell);
    checkHeaderNames(definition, tell);
  }
}

function checkNames(columns: readonly SourceColumn[], tell: Tell): void {
  const hint = 'give it another name; "from" says where it comes from';
  const owners = new Map<string, string>();
  for (const column of columns) {
    const path = ['columns', column.name];
    const names = snapshotNames(column).map((name) => name.toLowerCase());
    const ours = names.find((name) => isInternal(column, name));
    const taken = names.find((name) => owners.has(name));
    if (ours !== undefined) {
      tell('reserved-code', path, `"${ours}" is a name that the program itself uses.`, hint, 'key');
    } else if (taken !== undefined) {
      const message = `This column and "${owners.get(taken)}" both need the name "${taken}" in a snapshot.`;
      tell('named-twice', path, message, hint, 'key');
    }
    for (const name of names) owners.set(name, column.name);
  }
}

/** Codes keep the names of their columns all the way to an answer, the others end in the snapshot. */
const isInternal = ({ kind }: SourceColumn, name: string): boolean =>
  kind === 'code' ? internalNames.includes(name) : name === '_row';

function snapshotNames(column: SourceColumn): string[] {
  if (column.kind === 'code' && column.levels.length > 1) return [column.name, `${column.name}_level`];
  return column.kind === 'number' ? [column.name, `${column.name}_status`] : [column.name];
}

/** Several columns of one dimension are several roles of it, each with its name. */
function checkDimensions(columns: readonly SourceColumn[], tell: Tell): void {
  const owners = new Map<string, Map<string | null, string>>();
  for (const column of columns) {
    if (column.kind !== 'code') continue;
    const roles = owners.get(column.dimension) ?? new Map<string | null, string>();
    owners.set(column.dimension, roles);
    // A role of none is the same role as any other: nobody could say which of the two is meant.
    const owner =
      roles.get(column.role) ?? roles.get(null) ?? (column.role === null ? first(roles) : undefined);
    if (owner !== undefined) {
      const message = `Column "${owner}" has the dimension "${column.dimension}" already.`;
      const hint = 'give each of them a "role" of its own';
      tell('named-twice', ['columns', column.name, 'dimension'], message, hint);
    }
    roles.set(column.role, column.name);
  }
}

const first = (roles: ReadonlyMap<string | null, string>): string | undefined => [...roles.values()][0];

function checkHeaderNames({ record }: SourceDefinition, tell: Tell): void {
  for (const [position, name] of record.file.header.entries()) {
    if (record.file.header.indexOf(name) === position) continue;
    tell('named-twice', ['file', 'header', position], `The header has "${name}" twice.`);
  }
}
