import type { RowsDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { internalNames } from '../internalNames.ts';
import type { Relation } from '../relation.ts';
import { tableColumns } from '../relations.ts';
import type { BindContext } from './context.ts';

/** Whether no two columns after a step need one name in a table, and none is a name of the program's own. */
export function checkRelation(
  context: BindContext,
  definition: RowsDefinition,
  position: number,
  { columns }: Relation,
): boolean {
  const owners = new Map<string, string>();
  for (const column of columns) {
    const names = tableColumns(column).map((name) => name.toLowerCase());
    const own = names.find((name) =>
      column.kind === 'code' ? internalNames.includes(name) : name === '_row',
    );
    const taken = names.find((name) => owners.has(name));
    const span = definition.spanOf(['steps', position]);
    const hint = 'give it another name';
    if (own !== undefined) {
      context.report(
        diagnostic('reserved-code', `"${own}" is a name that the program itself uses.`, { span, hint }),
      );
      return false;
    }
    if (taken !== undefined) {
      const message = `Column "${column.name}" and "${owners.get(taken)}" both need the name "${taken}".`;
      context.report(diagnostic('named-twice', message, { span, hint }));
      return false;
    }
    for (const name of names) owners.set(name, column.name);
  }
  return true;
}
