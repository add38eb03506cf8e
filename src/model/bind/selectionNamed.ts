import type { AnyDefinition, FieldPath } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import type { Selections } from '../accounts/selected.ts';
import type { Selection } from '../accounts/types.ts';
import type { BindContext } from './context.ts';
import { resolveId } from './names.ts';

/** The selection that a field of a definition names; null where there is none, which is told. */
export function selectionNamed(
  context: BindContext,
  definition: Pick<AnyDefinition, 'spanOf'>,
  path: FieldPath,
  name: string,
  selections: Selections,
): Selection | null {
  const resolved = resolveId(name, selections);
  if (resolved.kind === 'found') return resolved.value;
  const span = definition.spanOf(path);
  if (resolved.kind === 'ambiguous') {
    const hint = `write one of ${resolved.candidates.join(', ')}`;
    context.report(
      diagnostic('ambiguous-name', `"${name}" is the name of several selections.`, { span, hint }),
    );
    return null;
  }
  // A selection whose own file is wrong is told of there.
  const isDefined = context.definitions.selections.some(
    ({ record }) => record.selection === name || record.selection.endsWith(`.${name}`),
  );
  if (!isDefined) {
    const { hint } = resolved;
    context.report(diagnostic('unknown-selection', `There is no selection named "${name}".`, { span, hint }));
  }
  return null;
}
