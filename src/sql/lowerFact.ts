import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { aggregates } from '../model/aggregates.ts';
import { groupColumn } from '../model/groups.ts';
import { mappingColumn } from '../model/mappingColumns.ts';
import { unknownMember } from '../model/types.ts';
import type { FactGroups, FactMeasure, FactPlan, FactWeight } from '../plan/plan.ts';
import { cellsFrom, countWhere, periodColumn, rowsSteps } from './lowerCells.ts';
import { lowerCondition } from './lowerCondition.ts';
import {
  allOf,
  and,
  ascending,
  atLeast,
  atMost,
  caseWhen,
  cast,
  coalesce,
  column,
  decimal,
  decimalType,
  equals,
  greater,
  integer,
  integerType,
  isIn,
  isNotNull,
  join,
  maximum,
  minimum,
  multiply,
  nothing,
  or,
  output,
  parquet,
  query,
  select,
  sum,
  table,
  text,
  textType,
  valueAtMax,
  valueAtMin,
  values,
} from './make.ts';
import type { Places } from './places.ts';
import type { SqlExpression, SqlJoin, SqlQuery, SqlSelect } from './tree.ts';

/** Names of the columns that a fact gives, beside one per key. */
export const outColumn = 'out_period';
export const componentSuffixes = ['periods', 'delivered', 'suppressed', 'not_applicable', 'known'] as const;

/**
 * A fact as one statement, in four steps that a person can follow: the cells; the parts, which are
 * the finest members in each source period; the asked members in each source period; and last, over
 * time. Coverage is counted where parts become members, since only there a part is a part.
 */
export function lowerFact(fact: FactPlan, places: Places): SqlQuery {
  const steps: SqlQuery['with'] = [
    { name: 'periods', query: periodsStep(fact) },
    ...cellSteps(fact, places),
    ...(fact.weight ? weightSteps(fact.weight, fact, places) : []),
    { name: 'parts', query: partsStep(fact, places) },
    { name: 'by_period', query: byPeriodStep(fact) },
  ];
  return query(overTimeStep(fact), steps);
}

export function periodsStep(fact: FactPlan): SqlSelect {
  const dates = fact.figureDates;
  const columns = [
    outColumn,
    periodColumn,
    'structure_date',
    ...(dates ? ['figure_date'] : []),
    ...(fact.weight ? ['weight_period'] : []),
  ];
  return select({
    select: columns.map((name) => output(column('pair', name), name)),
    from: values(
      columns.map((name) => ({ name, type: textType })),
      fact.pairs.map((pair) => [
        text(pair.out),
        text(pair.source),
        text(pair.structureDate),
        ...(dates ? [text(dates[pair.source] ?? pair.structureDate)] : []),
        ...(fact.weight ? [pair.weight === null ? nothing : text(pair.weight)] : []),
      ]),
    ),
    alias: 'pair',
  });
}

/** The cells that the periods need: read as they are, or made from the snapshots on the way. */
function cellSteps(fact: FactPlan, places: Places): SqlQuery['with'] {
  const wanted = [...new Set(fact.pairs.map(({ source }) => source))];
  if (fact.route === 'base') {
    return [
      ...rowsSteps(fact.cells, places, wanted),
      { name: 'cells', query: cellsFrom(fact.cells, 'rows', wanted) },
    ];
  }
  return [{ name: 'cells', query: readCells(fact.cells, places, wanted) }];
}

function readCells(cells: FactPlan['cells'], places: Places, periods: readonly string[]): SqlSelect {
  const names = [
    periodColumn,
    ...cells.dimensions.flatMap(({ column: name, leveled }) => (leveled ? [`${name}_level`, name] : [name])),
    ...cells.states.flatMap(({ state, aggregate }) => [
      state,
      ...(aggregates[aggregate].squares ? [`${state}_squares`] : []),
      `${state}_known`,
      `${state}_suppressed`,
      `${state}_not_applicable`,
    ]),
  ];
  return select({
    select: names.map((name) => output(column('cell', name), name)),
    from: parquet(places.cells(cells.source)),
    alias: 'cell',
    where: isIn(column('cell', periodColumn), periods.map(text)),
  });
}

/** The weight of each finest member, by period of the weight's source. */
function weightSteps(weight: FactWeight, fact: FactPlan, places: Places): SqlQuery['with'] {
  const wanted = [...new Set(fact.pairs.flatMap((pair) => (pair.weight === null ? [] : [pair.weight])))];
  const { column: member, leaf, leveled } = weight.dimension;
  const cells: SqlQuery['with'] =
    weight.route === 'base'
      ? [
          ...rowsSteps(weight.cells, places, wanted, 'weight_rows'),
          { name: 'weight_cells', query: cellsFrom(weight.cells, 'weight_rows', wanted) },
        ]
      : [{ name: 'weight_cells', query: readCells(weight.cells, places, wanted) }];
  const others = weight.cells.dimensions.filter((each) => each.leveled);
  const grouped = select({
    select: [
      output(column('weight_cells', periodColumn), 'weight_period'),
      output(column('weight_cells', member), 'weight_member'),
      output(cast(wholeWeight(weight.state), decimalType(weight.decimals)), 'weight'),
    ],
    from: table('weight_cells'),
    alias: 'weight_cells',
    where: allOf(
      others.map((each) =>
        equals(
          column('weight_cells', `${each.column}_level`),
          text(leveled && each.column === member ? leaf : each.leaf),
        ),
      ),
    ),
    groupBy: [column('weight_cells', periodColumn), column('weight_cells', member)],
  });
  return [...cells, { name: 'weights', query: grouped }];
}

/** A weight of which something is suppressed is too small, so it is none. */
function wholeWeight(state: string): SqlExpression {
  const hidden = sum(column('weight_cells', `${state}_suppressed`));
  return caseWhen([[equals(hidden, integer(0)), sum(column('weight_cells', state))]]);
}

// --- parts ---------------------------------------------------------------------------------------

function partsStep(fact: FactPlan, places: Places): SqlSelect {
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

const structureAlias = (dimension: string): string => `structure_${dimension}`;

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

/** How many rows of figures are cut by weights, or mapped over a break, where that is seen. */
const mappedSuffixes = ['imputed', 'broken'] as const;

function seenMappings(fact: FactPlan): FactPlan['structures'] {
  return fact.structures.filter(({ mapping }) => mapping !== null && mapping.broken.length > 0);
}

function mappedCounts(fact: FactPlan, measure: FactMeasure) {
  const seen = seenMappings(fact);
  if (seen.length === 0) return [];
  const known = column('cells', `${measure.state}_known`);
  return mappedSuffixes.map((suffix) => {
    const cut = seen.flatMap(({ dimension, mapping }) =>
      (mapping?.[suffix] ?? []).map((level) =>
        equals(column(structureAlias(dimension), mappingColumn[suffix](level)), integer(1)),
      ),
    );
    return output(
      cast(sum(cut.length === 0 ? integer(0) : caseWhen([[or(...cut), known]], integer(0))), integerType),
      `${measure.column}_${suffix}`,
    );
  });
}

/**
 * One row of structure is valid per member and day, so this join multiplies nothing. Where members have
 * successors, it is one per member, day of the figures and day; a split has one for each part.
 */
export function structureJoins(fact: FactPlan, places: Places): SqlJoin[] {
  const structures = fact.structures.map(({ column: name, dimension, leaf, mapping }) => {
    const alias = structureAlias(dimension);
    return join(
      'left',
      parquet([places.structure(dimension)]),
      alias,
      and(
        equals(column(alias, leaf), column('cells', name)),
        atMost(column(alias, 'valid_from'), column('periods', 'structure_date')),
        atLeast(column(alias, 'valid_to'), column('periods', 'structure_date')),
        ...(mapping === null
          ? []
          : [
              atMost(column(alias, mappingColumn.figuresFrom), column('periods', 'figure_date')),
              atLeast(column(alias, mappingColumn.figuresTo), column('periods', 'figure_date')),
            ]),
      ),
    );
  });
  return [...structures, ...fact.groups.map((groups) => groupJoin(fact, groups, places))];
}

const groupAlias = (level: string): string => `groups_${level}`;

/** Each part once for every group that it is in on the day: meant to multiply, and only where groups are keys. */
function groupJoin(fact: FactPlan, { level, dimension }: FactGroups, places: Places): SqlJoin {
  const alias = groupAlias(level);
  const leaf = fact.cells.dimensions.find((each) => each.dimension === dimension)?.leaf ?? dimension;
  return join(
    'inner',
    parquet([places.structure(level)]),
    alias,
    and(
      equals(column(alias, groupColumn.member), levelExpression(fact, dimension, leaf)),
      atMost(column(alias, 'valid_from'), column('periods', 'structure_date')),
      atLeast(column(alias, 'valid_to'), column('periods', 'structure_date')),
    ),
  );
}

function weightJoin(fact: FactPlan): SqlJoin[] {
  const weighed =
    fact.weight &&
    fact.cells.dimensions.find(({ dimension }) => dimension === fact.weight?.dimension.dimension);
  if (!weighed) return [];
  return [
    join(
      'left',
      table('weights'),
      'weights',
      and(
        equals(column('weights', 'weight_member'), column('cells', weighed.column)),
        equals(column('weights', 'weight_period'), column('periods', 'weight_period')),
      ),
    ),
  ];
}

export function keyExpression(
  fact: FactPlan,
  name: string,
  structure: string | null,
  level: string,
): SqlExpression {
  return structure === null ? column('cells', name) : levelExpression(fact, structure, level);
}

/** What has no place in the structure of its day is the unknown member, never gone. */
export function levelExpression(fact: FactPlan, dimension: string, level: string): SqlExpression {
  const found = fact.cells.dimensions.find((each) => each.dimension === dimension);
  if (fact.groups.some((groups) => groups.level === level))
    return column(groupAlias(level), groupColumn.group);
  const joined = fact.structures.find((each) => each.dimension === dimension);
  if (found && (!joined || found.leaf === level)) {
    const own = column('cells', found.column);
    return joined?.mapping ? coalesce(column(structureAlias(dimension), mappingColumn.member), own) : own;
  }
  return coalesce(column(structureAlias(dimension), level), text(unknownMember));
}

// --- members by period ---------------------------------------------------------------------------

function byPeriodStep(fact: FactPlan): SqlSelect {
  const keys = [outColumn, periodColumn, ...fact.keys.map(({ level }) => level)];
  return select({
    select: [
      ...keys.map((name) => output(column('parts', name), name)),
      ...fact.measures.flatMap((measure) => measureByPeriod(fact, measure)),
    ],
    from: table('parts'),
    alias: 'parts',
    groupBy: keys.map((name) => column('parts', name)),
  });
}

function measureByPeriod(fact: FactPlan, measure: FactMeasure) {
  const of = (suffix: string) => column('parts', `${measure.column}_${suffix}`);
  const expected = equals(column('parts', 'expected'), integer(1));
  const none = (suffix: string) => equals(of(suffix), integer(0));
  const known = and(greater(of('known'), integer(0)), none('suppressed'));
  const weight = fact.weight && weighted(fact, fact.weight, measure, known);
  return [
    output(mergeOf(measure, column('parts', measure.column)), measure.column),
    ...squaresOf(measure, column('parts', `${measure.column}_squares`)),
    ...(weight?.outputs ?? []),
    output(
      weight
        ? caseWhen(
            [[weight.alone, countWhere(and(expected, known))]],
            countWhere(and(expected, weight.whole)),
          )
        : countWhere(and(expected, known)),
      `${measure.column}_delivered`,
    ),
    output(countWhere(and(expected, greater(of('suppressed'), integer(0)))), `${measure.column}_suppressed`),
    output(
      countWhere(and(expected, none('known'), none('suppressed'), greater(of('not_applicable'), integer(0)))),
      `${measure.column}_not_applicable`,
    ),
    ...(seenMappings(fact).length === 0
      ? []
      : mappedSuffixes.map((suffix) =>
          output(cast(sum(of(suffix)), integerType), `${measure.column}_${suffix}`),
        )),
    output(cast(sum(of('known')), integerType), `${measure.column}_known`),
    output(cast(sum(of('suppressed')), integerType), `${measure.column}_suppressed_rows`),
    output(cast(sum(of('not_applicable')), integerType), `${measure.column}_not_applicable_rows`),
  ];
}

/**
 * Sum of value x weight, and of the weights of the same parts: what is not known whole has neither. Where
 * one finest member alone has anything, nothing is weighed: it is its own mean, with or without a weight.
 */
function weighted(fact: FactPlan, weight: FactWeight, measure: FactMeasure, known: SqlExpression) {
  const value = column('parts', measure.column);
  const by = column('parts', 'weight');
  const whole = and(known, isNotNull(by));
  const having = caseWhen([
    [
      greater(column('parts', `${measure.column}_known`), integer(0)),
      column('parts', weighedPart(fact, weight)),
    ],
  ]);
  const alone = equals(minimum(having), maximum(having));
  const outputs = [
    output(
      cast(sum(caseWhen([[whole, multiply(value, by)]])), decimalType(measure.decimals + weight.decimals)),
      `${measure.column}_weighted`,
    ),
    output(cast(sum(caseWhen([[whole, by]])), decimalType(weight.decimals)), `${measure.column}_weight`),
    output(cast(caseWhen([[alone, integer(1)]], integer(0)), integerType), `${measure.column}_alone`),
  ];
  return { whole, alone, outputs };
}

/** The members that are weighed are always among those that make a part. */
function weighedPart(fact: FactPlan, weight: FactWeight): string {
  const part = fact.parts.find(({ dimension }) => dimension === weight.dimension.dimension);
  invariant(part, 'a weighed dimension is one of parts');
  return `part_${part.column}`;
}

// --- over time -----------------------------------------------------------------------------------

function overTimeStep(fact: FactPlan): SqlSelect {
  const keys = [outColumn, ...fact.keys.map(({ level }) => level)];
  const counts = [
    'delivered',
    'suppressed',
    'not_applicable',
    'known',
    'suppressed_rows',
    'not_applicable_rows',
    ...(seenMappings(fact).length === 0 ? [] : mappedSuffixes),
  ];
  return select({
    select: [
      ...keys.map((name) => output(column('by_period', name), name)),
      ...fact.measures.flatMap((measure) => [
        output(overTime(measure, column('by_period', measure.column)), measure.column),
        ...squaresOf(measure, column('by_period', `${measure.column}_squares`)),
        ...(fact.weight === null
          ? []
          : ['weighted', 'weight'].map((suffix) =>
              output(
                sumAs(
                  `${measure.column}_${suffix}`,
                  suffix === 'weight'
                    ? fact.weight?.decimals
                    : measure.decimals + (fact.weight?.decimals ?? 0),
                ),
                `${measure.column}_${suffix}`,
              ),
            )),
        ...(fact.weight === null ? [] : [sumOfCounts(`${measure.column}_alone`)]),
        output(countWhere(isNotNull(column('by_period', measure.column))), `${measure.column}_periods`),
        ...counts.map((suffix) => sumOfCounts(`${measure.column}_${suffix}`)),
      ]),
    ],
    from: table('by_period'),
    alias: 'by_period',
    groupBy: keys.map((name) => column('by_period', name)),
    orderBy: keys.map((name) => ascending(column('by_period', name))),
  });
}

function sumOfCounts(name: string) {
  return output(cast(sum(column('by_period', name)), integerType), name);
}

function sumAs(name: string, decimals: number | undefined): SqlExpression {
  return cast(sum(column('by_period', name)), decimalType(decimals ?? 0));
}

/** The state over time; a mean's sum is divided by its periods when it is finished. */
function overTime(measure: FactMeasure, value: SqlExpression): SqlExpression {
  const period = column('by_period', periodColumn);
  const type = decimalType(measure.decimals);
  switch (measure.overTime) {
    case 'sum':
    case 'none':
    case 'pooled':
      return mergeOf(measure, value);
    case 'mean':
      return cast(sum(value), type);
    case 'last':
    case 'last_held':
      return cast(valueAtMax(value, period), type);
    case 'first':
    case 'first_held':
      return cast(valueAtMin(value, period), type);
    default:
      return assertNever(measure.overTime);
  }
}

function squaresOf(measure: FactMeasure, squares: SqlExpression) {
  if (!measure.squares) return [];
  return [output(cast(sum(squares), decimalType(2 * measure.decimals)), `${measure.column}_squares`)];
}

function mergeOf(measure: FactMeasure, value: SqlExpression): SqlExpression {
  const merged = { sum, min: minimum, max: maximum }[measure.merge](value);
  return cast(merged, decimalType(measure.decimals));
}
