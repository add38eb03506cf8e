import type { KpiDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import type { Expression } from '../../formula/expression.ts';
import { conditionOf } from '../accounts/conditionOf.ts';
import { codeListOf } from '../accounts/patterns.ts';
import { dimensionsOfSelections, type Selections } from '../accounts/selected.ts';
import { lookUp } from '../lookUp.ts';
import type { MeasureAccounts, SemanticModel, Source } from '../types.ts';
import type { BindContext } from './context.ts';
import { selectionNamed } from './selectionNamed.ts';

type Structured = Pick<SemanticModel, 'classifications' | 'dimensions' | 'sources' | 'selections'>;

/** What `accounts` of a measure says: which rows, and how their amounts count. Null where it says nothing whole. */
export function bindAccounts(
  context: BindContext,
  definition: KpiDefinition,
  measure: string,
  name: string,
  structured: Structured,
  source: Source | undefined,
): { readonly condition: Expression; readonly accounts: MeasureAccounts } | null {
  const path = ['measures', measure, 'accounts'];
  const selection = selectionNamed(context, definition, path, name, structured.selections);
  if (!selection || !source) return null;
  const columns = columnsByDimension(source, [selection.id], structured.selections);
  const span = definition.spanOf(path);
  for (const [dimension, found] of columns) {
    if (found.length === 1) continue;
    const message =
      found.length === 0
        ? `"${selection.id}" selects by ${dimension}, and "${source.id}" has no such column.`
        : `"${selection.id}" selects by ${dimension}, and "${source.id}" has several such columns: ${found.join(', ')}.`;
    context.report(diagnostic('accounts-column', message, { span }));
  }
  if ([...columns.values()].some((found) => found.length !== 1)) return null;
  const condition = conditionOf(selection.id, structured.selections, {
    columnOf: (dimension) => columns.get(dimension)?.[0] ?? dimension,
    periodColumn: source.columns.find(({ kind }) => kind === 'period')?.name ?? 'periode',
    codesOf: (dimension) => codesOfDimension(dimension, structured),
    span,
  });
  const { id, side, sign, lists } = selection;
  const validFrom = lists[0]?.validFrom ?? '';
  return {
    condition,
    accounts: { selection: id, side, sign, validFrom, validTo: lists.at(-1)?.validTo ?? '' },
  };
}

/** Dimension of the selections to the columns of a source that hold its codes. */
export function columnsByDimension(
  source: Source,
  ids: readonly string[],
  selections: Selections,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    dimensionsOfSelections(ids, selections).map((dimension) => [
      dimension,
      source.columns.flatMap((column) =>
        column.kind === 'code' && column.dimension === dimension ? [column.name] : [],
      ),
    ]),
  );
}

export function codesOfDimension(
  dimension: string,
  { classifications, dimensions }: Pick<SemanticModel, 'classifications' | 'dimensions'>,
): readonly string[] {
  const leaf = lookUp(dimensions, dimension)?.leaf ?? dimension;
  return codeListOf({ members: lookUp(classifications, leaf)?.members ?? [] }).codes;
}
