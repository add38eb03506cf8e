import { decimalWidth } from '../catalog/storedDecimals.ts';
import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { outOfRange } from '../supply/checks/limits.ts';
import { emptyValue } from '../supply/columns/dates.ts';
import { unexplained } from '../supply/columns/emptyValues.ts';
import type { ParquetQuestion } from '../supply/parquet/questions.ts';
import type { SourceReading } from '../supply/parquet/reading.ts';
import type { Problem } from '../supply/problem.ts';
import { isEmpty, oddText, type Reader, readerOf, rowNumber, writtenAs } from './lowerReading.ts';
import {
  allOf,
  and,
  ascending,
  callOf,
  caseWhen,
  cast,
  column,
  countRows,
  decimal,
  differs,
  equals,
  greater,
  integer,
  integerType,
  isNotNull,
  isNull,
  join,
  less,
  minimum,
  nothing,
  numberedParquet,
  output,
  parquet,
  query,
  select,
  storedDecimalType,
  subquery,
  sum,
  text,
  textType,
  unionAll,
  window,
} from './make.ts';
import type { SqlExpression, SqlQuery, SqlSelect } from './tree.ts';

/** What supply asks about a delivered Parquet file, as one statement each. */
export function lowerDelivery(question: ParquetQuestion): SqlQuery {
  switch (question.kind) {
    case 'readable':
      return readable(question.file, question.columns);
    case 'combinations':
      return combinations(question.file, question.columns);
    case 'texts':
      return texts(question.reading, question.column);
    case 'rows': {
      const reader = readerOf(question.reading, []);
      return query(select({ ...reader.rows, select: [output(countRows, 'n')] }));
    }
    case 'duplicates':
      return duplicates(question.reading);
    case 'refusals':
      return refusals(question.reading, question.hasDuplicates);
    case 'refused':
      return refused(question.file);
    case 'snapshot':
      return snapshot(question.reading, question.refusals);
    case 'unmapped':
      return unmapped(question.reading, question.column, question.refusals);
    case 'groups':
      return groups(question.file, question.columns);
    case 'content':
      return content(question.file, question.columns);
    default:
      return assertNever(question);
  }
}

function readable(file: string, columns: readonly string[]): SqlQuery {
  const values = columns.map((name) => column('d', name));
  return query(
    select({
      select: [output(cast(sum(callOf('rowHash', ...values)), textType), 'hash')],
      from: parquet([file]),
      alias: 'd',
    }),
  );
}

/** Groups of some columns as texts, their rows and the first of them. */
function grouped(
  from: Pick<SqlSelect, 'from' | 'alias' | 'joins' | 'where'>,
  values: readonly SqlExpression[],
  row: SqlExpression,
): SqlQuery {
  return query(
    select({
      ...from,
      select: [
        ...values.map((value, at) => output(value, `v${at}`)),
        output(countRows, 'n'),
        output(minimum(row), 'first'),
      ],
      groupBy: values,
      orderBy: [ascending(column(null, 'first'))],
    }),
  );
}

const combinations = (file: string, columns: readonly string[]): SqlQuery =>
  grouped(
    { from: numberedParquet(file), alias: 'd', joins: [], where: null },
    columns.map((name) => writtenAs(column('d', name))),
    rowNumber,
  );

const groups = (file: string, columns: readonly string[]): SqlQuery =>
  grouped(
    { from: parquet([file]), alias: 's', joins: [], where: null },
    columns.map((name) => column('s', name)),
    column('s', '_row'),
  );

function texts(reading: SourceReading, position: number): SqlQuery {
  const reader = readerOf(reading, []);
  const read = reading.columns[position];
  invariant(read?.held, 'a column of the file is listed');
  const written = writtenAs(column('d', read.held.name));
  const { where } = reader.rows;
  return query(
    select({
      ...reader.rows,
      select: [output(written, 'written')],
      where: read.isDirect ? allOf([...(where ? [where] : []), oddText(read)]) : where,
      groupBy: [written],
    }),
  );
}

/** Keys that name several rows. A row whose key holds a code or a period that is refused has none. */
function duplicates(reading: SourceReading): SqlQuery {
  const { rows, parts } = keyed(reading);
  const counted = select({ ...rows, select: [output(countRows, 'n')], groupBy: parts });
  return query(
    select({
      select: [output(countRows, 'n')],
      from: subquery(query(counted)),
      alias: 'keys',
      where: greater(column('keys', 'n'), integer(1)),
    }),
  );
}

function keyed(reading: SourceReading): {
  readonly rows: Reader['rows'];
  readonly parts: readonly SqlExpression[];
} {
  const positions = keyPositions(reading);
  const reader = readerOf(reading, positions);
  const needed = positions.filter((at) => {
    const { column: contract, held } = columnAt(reading, at);
    return held !== null && (contract.kind === 'code' || contract.kind === 'period');
  });
  const where = [
    ...(reader.rows.where ? [reader.rows.where] : []),
    ...needed.map((at) => isNotNull(reader.value(at))),
  ];
  return {
    rows: { ...reader.rows, where: allOf(where) },
    // A constant groups nothing.
    parts: positions.flatMap((at) => (columnAt(reading, at).held === null ? [] : reader.keyParts(at))),
  };
}

const keyPositions = ({ key, columns }: SourceReading): readonly number[] =>
  key.map((name) => columns.findIndex((each) => each.column.name === name));

function columnAt({ columns }: SourceReading, at: number): SourceReading['columns'][number] {
  const found = columns[at];
  invariant(found, 'a position is one of a column');
  return found;
}

/** The columns of everything that is wrong: where, what and, for a key, with which other row. */
const faultColumns = ['row', 'column', 'code', 'reason', 'hint', 'other'] as const;

function refusals(reading: SourceReading, hasDuplicates: boolean): SqlQuery {
  const faults = reading.columns.flatMap((_, at) => [
    ...listedFaults(reading, at),
    ...emptyFaults(reading, at),
    ...rangeFaults(reading, at),
  ]);
  const parts = [...faults, ...(hasDuplicates ? [duplicateFaults(reading)] : [])];
  // Where nothing can be wrong there is still a statement.
  return query(unionAll(parts.length === 0 ? [noFault(reading)] : parts));
}

const fault = (
  row: SqlExpression,
  at: number,
  said: readonly [SqlExpression, SqlExpression, SqlExpression],
  other: SqlExpression = cast(nothing, integerType),
): SqlSelect['select'] => [
  output(row, 'row'),
  output(cast(integer(at), integerType), 'column'),
  output(said[0], 'code'),
  output(said[1], 'reason'),
  output(said[2], 'hint'),
  output(other, 'other'),
];

const saying = ({ code, reason, hint }: Problem): [SqlExpression, SqlExpression, SqlExpression] => [
  cast(text(code), textType),
  cast(text(reason), textType),
  cast(hint === undefined ? nothing : text(hint), textType),
];

function noFault(reading: SourceReading): SqlSelect {
  const { rows } = readerOf(reading, []);
  const never = differs(text(''), text(''));
  return select({
    ...rows,
    select: fault(rowNumber, 0, saying({ code: 'empty-value', reason: '' })),
    where: never,
  });
}

function listedFaults(reading: SourceReading, at: number): readonly SqlSelect[] {
  if (!columnAt(reading, at).listing.hasProblems) return [];
  const { rows, listed } = readerOf(reading, [at]);
  const code = listed(at, 'code');
  return [
    select({
      ...rows,
      select: fault(rowNumber, at, [code, listed(at, 'reason'), listed(at, 'hint')]),
      where: allOf([...(rows.where ? [rows.where] : []), isNotNull(code)]),
    }),
  ];
}

/** Empty values of which the contract does not say what they mean. Listed texts have it in their listing. */
function emptyFaults(reading: SourceReading, at: number): readonly SqlSelect[] {
  const read = columnAt(reading, at);
  const { column: contract, held } = read;
  if (held === null) return [];
  switch (contract.kind) {
    case 'date':
    case 'time':
    case 'key': {
      if (contract.emptyIsNone || !read.isDirect) return [];
      const { rows } = readerOf(reading, []);
      return [
        select({
          ...rows,
          select: fault(rowNumber, at, saying(emptyValue(contract))),
          where: allOf([...(rows.where ? [rows.where] : []), isEmpty(held)]),
        }),
      ];
    }
    case 'number': {
      if (contract.empty.some(({ when }) => when === null)) return [];
      const reader = readerOf(reading, [at, ...columnsOfConditions(reading, at)]);
      return [
        select({
          ...reader.rows,
          select: fault(rowNumber, at, saying(unexplained(contract.name))),
          where: allOf([
            ...(reader.rows.where ? [reader.rows.where] : []),
            reader.isNoValue(at),
            isNull(reader.status(at)),
          ]),
        }),
      ];
    }
    case 'code':
    case 'period':
    case 'text':
      return [];
    default:
      return assertNever(contract);
  }
}

/** Columns that conditions on an empty number may read. */
const columnsOfConditions = ({ columns }: SourceReading, at: number): readonly number[] => {
  const contract = columns[at]?.column;
  const isAsked = contract?.kind === 'number' && contract.empty.some(({ when }) => when !== null);
  return isAsked ? columns.map((_, position) => position) : [];
};

function rangeFaults(reading: SourceReading, at: number): readonly SqlSelect[] {
  const { column: contract } = columnAt(reading, at);
  if (contract.kind !== 'number') return [];
  const reader = readerOf(reading, [at]);
  const value = reader.value(at);
  const { min, max } = contract;
  const limit = (number: number) => decimal(plainNumber(number));
  const part = (broken: SqlExpression, words: string) =>
    select({
      ...reader.rows,
      select: fault(rowNumber, at, saying(outOfRange(words))),
      where: allOf([...(reader.rows.where ? [reader.rows.where] : []), broken]),
    });
  return [
    ...(min === null ? [] : [part(less(value, limit(min)), `less than ${min}`)]),
    ...(max === null
      ? []
      : [
          part(
            min === null
              ? greater(value, limit(max))
              : and(greater(value, limit(max)), not(less(value, limit(min)))),
            `more than ${max}`,
          ),
        ]),
  ];
}

const not = (operand: SqlExpression): SqlExpression => ({ kind: 'not', operand });

/** A limit as digits; JSON writes a number of a contract with an exponent only beyond all that a column holds. */
const plainNumber = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });

function duplicateFaults(reading: SourceReading): SqlSelect {
  const { rows, parts } = keyed(reading);
  const over = { partitionBy: parts };
  const inner = select({
    ...rows,
    select: [
      output(rowNumber, 'row'),
      output(window('count', [], over), 'n'),
      output(window('min', [rowNumber], over), 'first'),
      output(window('lead', [rowNumber], { ...over, orderBy: [ascending(rowNumber)] }), 'next'),
    ],
  });
  const d = (name: string) => column('keyed', name);
  return select({
    select: fault(
      d('row'),
      -1,
      saying({ code: 'duplicate-row', reason: '' }),
      caseWhen([[equals(d('row'), d('first')), d('next')]], d('first')),
    ),
    from: subquery(query(inner)),
    alias: 'keyed',
    where: greater(d('n'), integer(1)),
  });
}

function refused(file: string): SqlQuery {
  return query(
    select({
      select: faultColumns.map((name) => output(column('r', name), name)),
      from: parquet([file]),
      alias: 'r',
      orderBy: [ascending(column('r', 'row')), ascending(column('r', 'column'))],
    }),
  );
}

/** The rows that are kept: with every refused row left out. */
function kept(reader: Reader, file: string | null): Reader['rows'] {
  if (file === null) return reader.rows;
  const row = column('refused', 'row');
  const refusedRows = select({
    select: [output(column('r', 'row'), 'row')],
    from: parquet([file]),
    alias: 'r',
    groupBy: [column('r', 'row')],
  });
  return {
    ...reader.rows,
    joins: [
      ...reader.rows.joins,
      join('left', subquery(query(refusedRows)), 'refused', equals(row, rowNumber)),
    ],
    where: allOf([...(reader.rows.where ? [reader.rows.where] : []), isNull(row)]),
  };
}

function snapshot(reading: SourceReading, refusalsFile: string | null): SqlQuery {
  const reader = readerOf(
    reading,
    reading.columns.map((_, at) => at),
  );
  const outputs = reading.columns.flatMap(({ column: contract }, at): SqlSelect['select'] => {
    const { name } = contract;
    const value = reader.value(at);
    switch (contract.kind) {
      case 'code':
        return contract.levels.length === 1
          ? [output(value, name)]
          : [output(value, name), output(reader.listed(at, 'level'), `${name}_level`)];
      case 'number': {
        const type =
          contract.decimals > 0
            ? storedDecimalType(contract.decimals, decimalWidth(contract.decimals))
            : integerType;
        return [output(cast(value, type), name), output(reader.status(at), `${name}_status`)];
      }
      case 'key':
        return [output(contract.of === 'integer' ? cast(value, integerType) : value, name)];
      case 'period':
      case 'text':
      case 'date':
      case 'time':
        return [output(value, name)];
      default:
        return assertNever(contract);
    }
  });
  const order = keyPositions(reading).flatMap((at) =>
    columnAt(reading, at).held === null ? [] : reader.order(at),
  );
  return query(
    select({
      ...kept(reader, refusalsFile),
      select: [...outputs, output(rowNumber, '_row')],
      orderBy: [...order, rowNumber].map(ascending),
    }),
  );
}

function unmapped(reading: SourceReading, at: number, refusalsFile: string | null): SqlQuery {
  const reader = readerOf(reading, [at]);
  const rows = kept(reader, refusalsFile);
  const isUnmapped = equals(reader.listed(at, 'unmapped'), integer(1));
  return grouped(
    { ...rows, where: allOf([...(rows.where ? [rows.where] : []), isUnmapped]) },
    [reader.listed(at, 'written')],
    rowNumber,
  );
}

/** Two, so that their sums are as good as 128 bits: figures that differ are not taken for the same. */
function content(file: string, columns: readonly string[]): SqlQuery {
  const values = columns.map((name) => column('s', name));
  const summed = (salt: string) => cast(sum(callOf('rowHash', text(salt), ...values)), textType);
  return query(
    select({
      select: [output(summed('a'), 'a'), output(summed('b'), 'b')],
      from: parquet([file]),
      alias: 's',
    }),
  );
}
