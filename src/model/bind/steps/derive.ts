import type { FieldPath } from '../../../definitions/definition.ts';
import { didYouMean } from '../../../diagnostics/nearName.ts';
import { lookUp } from '../../lookUp.ts';
import { columnOfType, withColumns } from '../../relation.ts';
import { columnsIn } from '../../rowReads.ts';
import type { RowExpression, RowStep, RowType } from '../../rowSteps.ts';
import { type TypedRow, typeInWords } from '../../rowTyping.ts';
import { type SourceColumn, unknownMember } from '../../types.ts';
import { type BoundStep, bindText, checkNewName, type StepOf, type StepScope, tell } from './scope.ts';

export function bindDerive(scope: StepScope, record: StepOf<'derive'>): BoundStep | null {
  const derived = Object.entries(record).map(([name, written]) => {
    const path = ['derive', name];
    if (!checkNewName(scope, path, name)) return null;
    const bound = bindText(scope, [...path, 'value'], written.value);
    if (!bound) return null;
    return written.dimension === undefined
      ? derivePlain(scope, path, name, bound)
      : deriveCode(scope, path, name, bound, written.dimension, written.role ?? null);
  });
  if (derived.some((one) => one === null)) return null;
  const all = derived.flatMap((one) => one ?? []);
  return {
    step: { kind: 'derive', columns: all.map(({ derive }) => derive) },
    relation: {
      ...scope.relation,
      columns: withColumns(
        scope.relation.columns,
        all.map(({ column }) => column),
      ),
    },
  };
}

interface Derived {
  readonly derive: Extract<RowStep, { kind: 'derive' }>['columns'][number];
  readonly column: SourceColumn;
}

function derivePlain(
  scope: StepScope,
  path: FieldPath,
  name: string,
  { expression, type }: TypedRow,
): Derived | null {
  if (type.kind === 'condition') {
    const message = 'A column holds a value, and this is a condition.';
    return tell(scope, 'type-mismatch', [...path, 'value'], message, 'write if(…, 1, 0)');
  }
  return {
    derive: { name, expression, reads: columnsIn(expression), codes: null },
    column: columnOfType(name, type),
  };
}

function deriveCode(
  scope: StepScope,
  path: FieldPath,
  name: string,
  { expression, type }: TypedRow,
  id: string,
  role: string | null,
): Derived | null {
  const { dimensions, classifications } = scope.structured;
  const dimension = lookUp(dimensions, id);
  if (!dimension) {
    const hint = didYouMean(id, Object.keys(dimensions));
    return tell(
      scope,
      'unknown-dimension',
      [...path, 'dimension'],
      `There is no dimension named "${id}".`,
      hint,
    );
  }
  const isWhole = type.kind === 'number' && type.decimals === 0;
  if (!isWhole && !['text', 'code', 'key', 'period'].includes(type.kind)) {
    const message = `A code of ${id} is wanted here, and this is a ${typeInWords(type)}.`;
    return tell(scope, 'type-mismatch', [...path, 'value'], message);
  }
  const codes = (lookUp(classifications, dimension.leaf)?.members ?? []).map(({ code }) => code);
  const wrong = literalsOf(expression).find((code) => code !== unknownMember && !codes.includes(code));
  if (wrong !== undefined) {
    const message = `There is no member "${wrong}" in "${dimension.leaf}".`;
    return tell(scope, 'unknown-code', [...path, 'value'], message, didYouMean(wrong, codes));
  }
  const own = type.kind === 'code' && type.dimension === id;
  const first = scope.relation.columns.find(
    (column) =>
      column.kind === 'code' && column.dimension === id && columnsIn(expression).includes(column.name),
  );
  return {
    derive: {
      name,
      expression: isWritten(type) ? expression : { kind: 'as_text', operand: expression },
      reads: columnsIn(expression),
      codes: own ? null : codes,
    },
    column: {
      kind: 'code',
      name,
      from: name,
      dimension: id,
      levels: [dimension.leaf],
      role,
      match: 'code',
      emptyIsUnknown: true,
      unknown: 'uoplyst',
      expect: first?.kind === 'code' ? first.expect : 'delivered',
    },
  };
}

/** Whether a value is a text already, as codes are. */
const isWritten = (type: RowType): boolean =>
  type.kind === 'key' ? type.of === 'text' : type.kind !== 'number';

/** Texts that an expression may give, as they are written. */
function literalsOf(expression: RowExpression): string[] {
  switch (expression.kind) {
    case 'text':
      return [expression.value];
    case 'if':
      return [...literalsOf(expression.then), ...literalsOf(expression.otherwise)];
    case 'coalesce':
      return expression.operands.flatMap(literalsOf);
    default:
      return [];
  }
}
