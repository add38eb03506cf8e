import { dayOfDate } from '../../../src/model/periods.ts';
import type { Filter, Reference } from './cases.ts';
import { parseSql, type Sql } from './sqlText.ts';

/** Days from and to, both included. */
export type Days = readonly [number, number];

export const allDays: Days = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];

/** A filter in two: when, and which rows. */
export interface SplitFilter {
  readonly days: readonly Days[] | null;
  readonly rows: readonly Sql[];
  readonly refs: readonly Reference[];
}

/** Parts of a filter that are about the time axis alone are asked for as periods. */
export function splitFilter(filter: Filter, isTime: (ref: Reference) => boolean): SplitFilter {
  const parts = conjuncts(parseSql(filter.template));
  const aboutTime = (sql: Sql): boolean =>
    leaves(sql).every((leaf) =>
      leaf.kind === 'hole' ? isTime(refAt(filter, leaf.at)) : /__day$/.test(leaf.name),
    );
  const days = parts.filter(aboutTime).map(daysOf);
  return {
    days: days.length === 0 ? null : days.reduce(intersect),
    rows: parts.filter((part) => !aboutTime(part)),
    refs: filter.refs,
  };
}

const refAt = ({ refs }: Filter, at: number): Reference => {
  const ref = refs[at];
  if (!ref) throw new Error(`no reference ${at}`);
  return ref;
};

function conjuncts(sql: Sql): Sql[] {
  return sql.kind === 'binary' && sql.operator === 'and'
    ? [...conjuncts(sql.left), ...conjuncts(sql.right)]
    : [sql];
}

function leaves(sql: Sql): Extract<Sql, { kind: 'hole' | 'name' }>[] {
  switch (sql.kind) {
    case 'hole':
    case 'name':
      return [sql];
    case 'number':
    case 'text':
      return [];
    case 'binary':
      return [...leaves(sql.left), ...leaves(sql.right)];
    case 'call':
      return sql.operands.flatMap(leaves);
    default:
      return leaves(sql.operand);
  }
}

// --- time --------------------------------------------------------------------------------------

const dayBounds: Readonly<Record<string, (day: number) => Days>> = {
  '=': (day) => [day, day],
  '>=': (day) => [day, allDays[1]],
  '>': (day) => [day + 1, allDays[1]],
  '<=': (day) => [allDays[0], day],
  '<': (day) => [allDays[0], day - 1],
};

function daysOf(sql: Sql): readonly Days[] {
  if (sql.kind !== 'binary') throw new Error(`no days are said by ${sql.kind}`);
  if (sql.operator === 'or') return [...daysOf(sql.left), ...daysOf(sql.right)];
  if (sql.operator === 'and') return intersect(daysOf(sql.left), daysOf(sql.right));
  const bounds = dayBounds[sql.operator];
  const day = sql.right.kind === 'text' ? dayOfDate(sql.right.value.slice(0, 10)) : null;
  if (!bounds || day === null) throw new Error('a time is compared with a day');
  return [bounds(day)];
}

export function intersect(left: readonly Days[], right: readonly Days[]): readonly Days[] {
  return left.flatMap(([a, b]) =>
    right.flatMap(([c, d]): Days[] => {
      const both: Days = [Math.max(a, c), Math.min(b, d)];
      return both[0] <= both[1] ? [both] : [];
    }),
  );
}

// --- rows --------------------------------------------------------------------------------------

const opposite: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** What a reference is called in our text; a ratio is compared by its two parts, since conditions do not divide. */
export type Named =
  | { readonly name: string; readonly kind: 'code' | 'number' }
  | { readonly name: string; readonly kind: 'ratio'; readonly below: string };

/**
 * A condition in our language that holds where the judge's is true (or false). Null is the member `uoplyst` here,
 * and no comparison with it is true or false.
 */
export function conditionText(sql: Sql, nameOf: (at: number) => Named, truth = true): string {
  const inner = (part: Sql, wanted: boolean) => conditionText(part, nameOf, wanted);
  switch (sql.kind) {
    case 'not':
      return inner(sql.operand, !truth);
    case 'hole':
      return `${nameOf(sql.at).name} == "${truth}"`;
    case 'isNull':
      return `${named(sql.operand, nameOf).name} ${truth === sql.negated ? '!=' : '=='} "uoplyst"`;
    case 'in': {
      const { name } = named(sql.operand, nameOf);
      const list = `${name} in [${sql.list.map((each) => literal(each, true)).join(', ')}]`;
      return truth ? list : `not (${list}) and ${name} != "uoplyst"`;
    }
    case 'binary': {
      if (sql.operator === 'and' || sql.operator === 'or') {
        const word = (sql.operator === 'and') === truth ? 'and' : 'or';
        return `(${inner(sql.left, truth)} ${word} ${inner(sql.right, truth)})`;
      }
      const found = named(sql.left, nameOf);
      if (found.kind === 'ratio') {
        const sign = truth ? sql.operator : (opposite[sql.operator] ?? sql.operator);
        return `(${found.name} ${sign} ${literal(sql.right, false)} * ${found.below} and ${found.below} > 0)`;
      }
      const { name, kind } = found;
      const operator = truth ? sql.operator : (opposite[sql.operator] ?? sql.operator);
      const text = `${name} ${operator === '=' ? '==' : operator} ${literal(sql.right, kind === 'code')}`;
      return kind === 'code' && operator === '!=' ? `(${text} and ${name} != "uoplyst")` : text;
    }
    default:
      throw new Error(`no condition is said by ${sql.kind}`);
  }
}

function named(sql: Sql, nameOf: (at: number) => Named): Named {
  if (sql.kind !== 'hole') throw new Error('a column is compared');
  return nameOf(sql.at);
}

function literal(sql: Sql, asCode: boolean): string {
  if (sql.kind !== 'text' && sql.kind !== 'number') throw new Error('a column is compared with a value');
  return asCode || sql.kind === 'text'
    ? JSON.stringify(sql.value.replace(/^(\d{4}-\d\d-\d\d) .*$/, '$1'))
    : sql.value;
}
