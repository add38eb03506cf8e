import type { FieldPath, RowsDefinition } from '../../../definitions/definition.ts';
import type { StepRecord } from '../../../definitions/schema.ts';
import { type DiagnosticCode, diagnostic } from '../../../diagnostics/codes.ts';
import { didYouMean } from '../../../diagnostics/nearName.ts';
import { expandCodeRanges } from '../../codeRanges.ts';
import { checkCodesIn } from '../../codesInConditions.ts';
import { lookUp } from '../../lookUp.ts';
import { columnOfType, type Relation, typeOfColumn, typesOf } from '../../relation.ts';
import { relationsBeneath } from '../../relations.ts';
import { bindRowExpression } from '../../rowExpressions.ts';
import type { RowStep, RowType } from '../../rowSteps.ts';
import { type TypedRow, typeInWords } from '../../rowTyping.ts';
import type { SemanticModel, Source, SourceColumn } from '../../types.ts';
import { type BindContext, parseAt } from '../context.ts';

export type Structured = Pick<SemanticModel, 'classifications' | 'dimensions' | 'sources'>;

/** Another relation by its id, bound when it is first asked for; null where there is none, which is told. */
export type FindRelation = (
  id: string,
  from: RowsDefinition,
  path: readonly (string | number)[],
) => Source | null;

/** A step where it stands, the columns before it, and where other relations are found. */
export interface StepScope {
  readonly context: BindContext;
  readonly structured: Structured;
  readonly definition: RowsDefinition;
  readonly position: number;
  readonly relation: Relation;
  readonly find: FindRelation;
}

export interface BoundStep {
  readonly step: RowStep;
  readonly relation: Relation;
}

export type StepKind = keyof StepRecord;
export type StepOf<Kind extends StepKind> = NonNullable<StepRecord[Kind]>;

/**
 * Intervals are spread over the periods that are wanted in the end. A step that must see all rows, whenever
 * they are, would leave that open, so it stands before.
 */
export function isBeforeSpread(scope: StepScope, kind: StepKind): boolean {
  const { from, steps } = scope.definition.record;
  const earlier = steps.slice(0, scope.position);
  if (!earlier.some(({ spread }) => spread) && !isSpread(scope.structured, from)) return true;
  const message = `Intervals are spread over periods before "${kind}".`;
  tell(scope, 'rows-step', [kind], message, `put the step ${kind} before spread`);
  return false;
}

/** Whether intervals are spread over periods on the way to a relation: only a period says which rows it has then. */
export function isSpread({ sources }: Structured, id: string): boolean {
  return relationsBeneath(id, sources).some((each) =>
    sources[each]?.derivation?.steps.some(({ step }) => step.kind === 'spread'),
  );
}

export function tell(
  { context, definition, position }: StepScope,
  code: DiagnosticCode,
  path: FieldPath,
  message: string,
  hint?: string,
  part: 'key' | 'value' = 'value',
): null {
  const span = definition.spanOf(['steps', position, ...path], part);
  context.report(diagnostic(code, message, { span, hint }));
  return null;
}

/** Parses and binds an expression of a step. */
export function bindText(scope: StepScope, path: FieldPath, text: string): TypedRow | null {
  const { context, definition, position, relation } = scope;
  const parsed = parseAt(context, definition, ['steps', position, ...path], text);
  if (!parsed) return null;
  checkCodesIn(parsed, relation.columns, scope.structured, context.report);
  const expanded = expandCodeRanges(parsed, (name) => codesOf(scope, name));
  return bindRowExpression(
    expanded,
    { types: typesOf(relation), where: `the rows of "${definition.record.rows}" at this step` },
    context.report,
  );
}

/** Codes that a column can hold, at any of its levels; null for columns that hold none. */
function codesOf({ relation, structured }: StepScope, name: string): readonly string[] | null {
  const column = relation.columns.find((candidate) => candidate.name === name);
  if (column?.kind !== 'code') return null;
  return column.levels.flatMap((level) =>
    (lookUp(structured.classifications, level)?.members ?? []).map(({ code }) => code),
  );
}

export function columnNamed(
  scope: StepScope,
  path: FieldPath,
  name: string,
  { columns }: Relation,
  part: 'key' | 'value' = 'value',
  where = `the rows of "${scope.definition.record.rows}" at this step`,
): SourceColumn | null {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  const hint = didYouMean(
    name,
    columns.map((column) => column.name),
  );
  return tell(scope, 'unknown-column', path, `There is no column named "${name}" in ${where}.`, hint, part);
}

/** Columns of a list, or of one key where `key` names it. */
export function columnsNamed(
  scope: StepScope,
  path: FieldPath,
  names: readonly string[],
  key?: string,
): SourceColumn[] | null {
  const found = names.map((name, position) =>
    columnNamed(scope, [...path, key ?? position], name, scope.relation),
  );
  return found.some((one) => one === null) ? null : found.flatMap((one) => one ?? []);
}

export function columnOfKind(
  scope: StepScope,
  path: FieldPath,
  name: string,
  kinds: readonly SourceColumn['kind'][],
): SourceColumn | null {
  const column = columnNamed(scope, path, name, scope.relation);
  if (!column || kinds.includes(column.kind)) return column;
  const type = typeOfColumn(column, scope.relation.frequency);
  return tell(
    scope,
    'type-mismatch',
    path,
    `"${name}" is a ${typeInWords(type)}, and a ${kinds.join(' or a ')} is wanted here.`,
  );
}

/** An expression must be able to name a new column, and the period of rows is not for a step to write over. */
export function checkNewName(scope: StepScope, path: FieldPath, name: string): boolean {
  if (!/^[\p{L}_][\p{L}\d_]*$/u.test(name)) {
    tell(
      scope,
      'invalid-value',
      path,
      `"${name}" is not a name that an expression can use.`,
      'names have letters, digits and _',
      'key',
    );
    return false;
  }
  if (scope.relation.columns.some((column) => column.kind === 'period' && column.name === name)) {
    tell(
      scope,
      'rows-step',
      path,
      `"${name}" is the period of the rows; group and spread change it, nothing else.`,
      undefined,
      'key',
    );
    return false;
  }
  return true;
}

/** A column taken over by another name: it stays a code of its dimension where the rows have no other column of it. */
export function taken(
  name: string,
  column: SourceColumn,
  type: RowType,
  beside: readonly SourceColumn[],
): SourceColumn {
  if (column.kind !== 'code') return columnOfType(name, type);
  const has = beside.some((other) => other.kind === 'code' && other.dimension === column.dimension);
  if (has || column.levels.length > 1) return columnOfType(name, type);
  return { ...column, name, from: name, expect: 'delivered', emptyIsUnknown: true };
}
