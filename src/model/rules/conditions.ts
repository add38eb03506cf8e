import type { BindContext } from '../bind/context.ts';
import { checkCodesIn } from '../codesInConditions.ts';
import { type ConditionScope, checkCondition, type ValueType } from '../conditions.ts';
import { lookUp } from '../lookUp.ts';
import { literalType } from '../typedLiterals.ts';
import type { SemanticModel, Source } from '../types.ts';

/** Conditions in contracts and measures use columns and codes that are there, and compare like with like. */
export function conditions(model: SemanticModel, { report }: BindContext): void {
  for (const source of Object.values(model.sources)) {
    // Rows have columns of other sources, whose conditions are told of there.
    if (source.derivation) continue;
    if (source.file.rows) checkCondition(source.file.rows, fileScope(source), report);
    for (const column of source.columns) {
      if (column.kind !== 'number') continue;
      for (const { when } of column.empty) if (when) checkCondition(when, contractScope(source), report);
    }
  }
  for (const { where, source: id } of Object.values(model.measures)) {
    const source = lookUp(model.sources, id);
    if (!where || !source) continue;
    checkCondition(where, contractScope(source), report);
    checkCodesIn(where, source.columns, model, report);
  }
}

const fileScope = (source: Source): ConditionScope => ({
  types: Object.fromEntries(source.file.header.map((name): [string, ValueType] => [name, 'text'])),
  where: `the header of "${source.id}"`,
  unknown: 'unknown-column',
});

const contractScope = (source: Source): ConditionScope => ({
  types: Object.fromEntries(
    source.columns.map((column): [string, ValueType] => [
      column.name,
      column.kind === 'number' ? 'number' : (literalType(column) ?? 'text'),
    ]),
  ),
  where: `the contract "${source.id}"`,
  unknown: 'unknown-column',
});
