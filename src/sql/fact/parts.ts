import { mappingColumn } from '../../model/mappingColumns.ts';
import type { FactMeasure, FactPlan } from '../../plan/plan.ts';
import { periodColumn } from '../lowerCells.ts';
import { lowerCondition } from '../lowerCondition.ts';
import {
  allOf,
  and,
  caseWhen,
  cast,
  coalesce,
  column,
  decimal,
  decimalType,
  equals,
  integer,
  integerType,
  isIn,
  isNotNull,
  join,
  multiply,
  output,
  select,
  sum,
  table,
  text,
} from '../make.ts';
import type { Places } from '../places.ts';
import type { SqlExpression, SqlSelect } from '../tree.ts';
import { mappedCounts } from './mapped.ts';
import { mergeOf, squaresOf } from './merge.ts';
import { outColumn } from './periods.ts';
import { keyExpression, levelExpression, structureAlias, structureJoins } from './structures.ts';
import { weightJoin } from './weights.ts';

export function partsStep(fact: FactPlan, places: Places): SqlSelect {
  const keys = fact.keys.map((key) => ({
    name: key.level,
    expression: keyExpression(fact, key.column, key.structure, key.level),
  }));
  const members = fact.parts.map((part) => column('cells', part.column));
  const expected = isExpected(fact);
  const weight = fact.weight ? [column('weights', 'weight')] : [];
  const grouped = [
    column('periods', outColumn),
    column('periods', periodColumn),
    ...keys.map(({ expression }) => expression),
    ...members,
    ...(members.length > 0 ? [expected] : []),
    ...weight,
  ];
  return select({
    select: [
      output(column('periods', outColumn), outColumn),
      output(column('periods', periodColumn), periodColumn),
      ...keys.map(({ name, expression }) => output(expression, name)),
      ...members.map((member, at) => output(member, `part_${fact.parts[at]?.column}`)),
      output(expected, 'expected'),
      ...weight.map((each) => output(each, 'weight')),
      ...fact.measures.flatMap((measure) => [
        output(mergeOf(measure, shared(fact, measure)), measure.column),
        ...squaresOf(measure, column('cells', `${measure.state}_squares`)),
        ...mappedCounts(fact, measure),
        ...['known', 'suppressed', 'not_applicable'].map((suffix) =>
          output(
            cast(sum(column('cells', `${measure.state}_${suffix}`)), integerType),
            `${measure.column}_${suffix}`,
          ),
        ),
      ]),
    ],
    from: table('cells'),
    alias: 'cells',
    joins: [
      join(
        'inner',
        table('periods'),
        'periods',
        equals(column('periods', periodColumn), column('cells', periodColumn)),
      ),
      ...structureJoins(fact, places),
      ...weightJoin(fact),
    ],
    where: rowsOfFact(fact),
    groupBy: grouped,
  });
}

/** The rows of a fact: those at its levels that every filter leaves. */
export function rowsOfFact(fact: FactPlan): SqlExpression | null {
  return allOf([
    ...Object.entries(fact.rowLevels).map(([name, level]) =>
      equals(column('cells', `${name}_level`), text(level)),
    ),
    ...fact.filters.map((filter) =>
      lowerCondition(filter.condition, (level) => levelExpression(fact, filter.dimension, level)),
    ),
  ]);
}

/** 1 where a complete delivery holds the part, by every one of its members. */
function isExpected({ parts, structures }: FactPlan): SqlExpression {
  const flags = parts.map((part) => {
    const inStructure = coalesce(column(structureAlias(part.dimension), 'expected'), integer(0));
    if (typeof part.expect === 'string') return { flag: inStructure, holds: equals(inStructure, integer(1)) };
    const listed = isIn(column('cells', part.column), part.expect.map(text));
    const mapped = structures.some(({ dimension, mapping }) => dimension === part.dimension && mapping);
    const alias = structureAlias(part.dimension);
    const valid = mapped
      ? equals(column(alias, mappingColumn.holds), integer(1))
      : isNotNull(column(alias, part.leaf));
    const holds = and(listed, valid);
    return { flag: caseWhen([[holds, integer(1)]], integer(0)), holds };
  });
  const [only] = flags;
  if (!only) return integer(1);
  return flags.length === 1
    ? only.flag
    : caseWhen([[and(...flags.map(({ holds }) => holds)), integer(1)]], integer(0));
}

/** The part of a cell that goes to a member; the shares of a cell make the denominator of all, so none is lost. */
function shared(fact: FactPlan, measure: FactMeasure): SqlExpression {
  const value = column('cells', measure.state);
  if (!measure.shared) return value;
  return fact.structures.reduce((product, { dimension, mapping }) => {
    if (mapping === null || mapping.denominator === '1') return product;
    const share = column(structureAlias(dimension), mappingColumn.share);
    return cast(
      multiply(product, coalesce(share, decimal(mapping.denominator))),
      decimalType(measure.decimals),
    );
  }, value);
}
