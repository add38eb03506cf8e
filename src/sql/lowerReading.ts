import { decimalWidth } from '../catalog/storedDecimals.ts';
import type { ForeignColumn } from '../catalog/types.ts';
import { assertNever, invariant } from '../diagnostics/invariant.ts';
import type { ReadColumn, SourceReading } from '../supply/parquet/reading.ts';
import { personNumberPattern } from '../supply/personNumber.ts';
import { lowerCondition } from './lowerCondition.ts';
import {
  add,
  and,
  atLeast,
  atMost,
  callOf,
  caseWhen,
  cast,
  coalesce,
  column,
  dateType,
  differs,
  equals,
  greater,
  integer,
  integerType,
  isIn,
  isNull,
  join,
  less,
  not,
  nothing,
  numberedParquet,
  or,
  parquet,
  storedDecimalType,
  text,
  textType,
  timeType,
} from './make.ts';
import type { SqlExpression, SqlSelect, SqlType } from './tree.ts';

/** The rows of a source in a delivered file, and what its columns say in them. Positions are those of the contract. */
export interface Reader {
  readonly rows: Pick<SqlSelect, 'from' | 'alias' | 'joins' | 'where'>;
  /** As a snapshot has it; null where it is empty or refused. */
  readonly value: (at: number) => SqlExpression;
  /** A number that is empty, and not refused. */
  readonly isNoValue: (at: number) => SqlExpression;
  /** What the contract says that an empty number means. */
  readonly status: (at: number) => SqlExpression;
  readonly listed: (at: number, name: string) => SqlExpression;
  /** What tells rows apart; nulls are equal. */
  readonly keyParts: (at: number) => readonly SqlExpression[];
  /** Expressions in whose order snapshots are sorted. */
  readonly order: (at: number) => readonly SqlExpression[];
}

/** The line of a row: a Parquet file has no lines, so its first row is row 1. */
export const rowNumber: SqlExpression = add(column('d', 'file_row_number'), integer(1));

/** The text of a value, '' where there is none. */
export const writtenAs = (raw: SqlExpression): SqlExpression => coalesce(cast(raw, textType), text(''));

const trimmed = (raw: SqlExpression): SqlExpression => callOf('trim', writtenAs(raw));

/** Only a text can be there and hold nothing. */
export const isEmpty = (held: ForeignColumn): SqlExpression => {
  const raw = column('d', held.name);
  return held.held === 'text' || held.held === 'other' ? equals(trimmed(raw), text('')) : isNull(raw);
};

/** Texts that an engine does not read by itself. */
export function oddText(read: ReadColumn): SqlExpression {
  invariant(read.held !== null, 'a constant is not read');
  return and(isNull(direct(read)), not(isEmpty(read.held)));
}

/** `needed` are positions of columns whose listings are joined. */
export function readerOf(reading: SourceReading, needed: readonly number[]): Reader {
  const columnAt = (at: number): ReadColumn => {
    const found = reading.columns[at];
    invariant(found, 'a position is one of a column');
    return found;
  };
  const joined = [...new Set(needed)].filter((at) => columnAt(at).listing.files.length > 0);
  const listed = (at: number, name: string): SqlExpression =>
    joined.includes(at) ? column(`l${at}`, name) : nothing;
  const value = (at: number): SqlExpression => {
    const read = columnAt(at);
    if (read.held === null) return text(read.column.kind === 'period' ? (read.column.constant ?? '') : '');
    const hasListing = joined.includes(at);
    const fromListing = hasListing ? typed(read, listed(at, 'value')) : null;
    if (!read.isDirect) return fromListing ?? typed(read, nothing);
    return fromListing === null ? plain(read) : coalesce(direct(read), fromListing);
  };
  const isNoValue = (at: number): SqlExpression =>
    joined.includes(at) ? and(isNull(value(at)), isNull(listed(at, 'code'))) : isNull(value(at));
  return {
    rows: {
      from: numberedParquet(reading.file),
      alias: 'd',
      joins: joined.map((at) => {
        const { held, listing } = columnAt(at);
        invariant(held !== null, 'a constant is not listed');
        const on = equals(column(`l${at}`, 'written'), writtenAs(column('d', held.name)));
        return join('left', parquet(listing.files), `l${at}`, on);
      }),
      where: reading.rows && lowerCondition(reading.rows, textOrNone),
    },
    value,
    isNoValue,
    status: (at) => status(reading, at, value, isNoValue(at)),
    listed,
    keyParts: (at) =>
      columnAt(at).column.kind === 'code' ? [listed(at, 'level'), listed(at, 'key')] : [value(at)],
    order: (at) => orderOf(columnAt(at), value(at), listed(at, 'rank')),
  };
}

/** What a condition on the file reads: its texts as they stand. */
function textOrNone(name: string): SqlExpression {
  const written = writtenAs(column('d', name));
  return caseWhen([[differs(written, text('')), written]]);
}

function status(
  reading: SourceReading,
  at: number,
  value: Reader['value'],
  isNoValue: SqlExpression,
): SqlExpression {
  const contract = reading.columns[at]?.column;
  invariant(contract?.kind === 'number', 'a number has a status');
  const byName = (name: string) => value(reading.columns.findIndex((one) => one.column.name === name));
  const whens: (readonly [SqlExpression, SqlExpression])[] = [];
  for (const { when, means } of contract.empty) {
    whens.push([when === null ? isNoValue : and(isNoValue, lowerCondition(when, byName)), text(means)]);
    if (when === null) break;
  }
  return whens.length === 0 ? cast(nothing, textType) : cast(caseWhen(whens), textType);
}

/** A text of a listing as its column holds it. */
function typed({ column: contract }: ReadColumn, value: SqlExpression): SqlExpression {
  switch (contract.kind) {
    case 'code':
    case 'period':
    case 'text':
      return value.kind === 'null' ? cast(value, textType) : value;
    case 'number':
      return cast(value, numberType(contract.decimals));
    case 'date':
      return cast(value, dateType);
    case 'time':
      return cast(value, timeType);
    case 'key':
      return contract.of === 'integer' ? cast(value, integerType) : cast(value, textType);
    default:
      return assertNever(contract);
  }
}

/** A column of which no text was listed: what is not empty is as it should be, and nobody need look again. */
function plain(read: ReadColumn): SqlExpression {
  const { column: contract, held } = read;
  invariant(held !== null, 'a constant is not read');
  const raw = column('d', held.name);
  const isNumber = held.held === 'integer' || held.held === 'decimal';
  switch (contract.kind) {
    case 'number':
      return isNumber ? cast(raw, numberType(contract.decimals)) : direct(read);
    case 'date':
      return cast(raw, dateType);
    case 'time':
      return cast(raw, timeType);
    case 'key':
      return contract.of === 'text' ? textOf(raw) : isNumber ? cast(raw, integerType) : direct(read);
    case 'text':
      return textOf(raw);
    case 'code':
    case 'period':
      throw new Error('invariant: codes and periods are listed');
    default:
      return assertNever(contract);
  }
}

const textOf = (raw: SqlExpression): SqlExpression =>
  caseWhen([[differs(trimmed(raw), text('')), trimmed(raw)]]);

/** What an engine reads by itself; null where the value is empty, or written so that this program must look at it. */
function direct(read: ReadColumn): SqlExpression {
  const { column: contract, held } = read;
  invariant(held !== null, 'a constant is not read');
  const raw = column('d', held.name);
  switch (contract.kind) {
    case 'number':
      return directNumber(raw, read, contract.decimals);
    case 'date': {
      const day = cast(raw, dateType);
      const isDay = held.held === 'date' ? [] : [equals(cast(day, timeType), cast(raw, timeType))];
      return caseWhen([[and(...isDay, ...plausible(day, dateType)), day]]);
    }
    case 'time': {
      const isWhole = callOf('matches', writtenAs(raw), text(':[0-9]{2}:00$'));
      return caseWhen([[and(isWhole, ...plausible(cast(raw, timeType), timeType)), cast(raw, timeType)]]);
    }
    case 'key':
      return contract.of === 'integer' ? directInteger(raw, held.held === 'integer') : directText(raw);
    case 'text':
      return directText(raw);
    case 'code':
    case 'period':
      throw new Error('invariant: codes and periods are listed');
    default:
      return assertNever(contract);
  }
}

const plausible = (value: SqlExpression, type: typeof dateType): readonly SqlExpression[] => [
  atLeast(value, cast(text('1800-01-01'), type)),
  less(value, cast(text('2200-01-01'), type)),
];

const looksLikeCpr = (written: SqlExpression): SqlExpression =>
  callOf('matches', written, text(personNumberPattern));

function directText(raw: SqlExpression): SqlExpression {
  const written = trimmed(raw);
  return caseWhen([[and(differs(written, text('')), not(looksLikeCpr(written))), written]]);
}

/** A number of ten digits may be a person's; others cannot. */
function directInteger(raw: SqlExpression, isHeld: boolean): SqlExpression {
  const written = trimmed(raw);
  if (isHeld) {
    const value = cast(raw, integerType);
    const cannotBe = or(
      and(greater(value, integer(-1_000_000_000)), less(value, integer(1_000_000_000))),
      greater(value, integer(9_999_999_999)),
      less(value, integer(-9_999_999_999)),
    );
    // One after the other: an engine may look at both sides of an `or`, and only few values need the second.
    return caseWhen([
      [cannotBe, value],
      [not(looksLikeCpr(written)), value],
    ]);
  }
  const isInteger = callOf('matches', written, text('^-?[0-9]{1,18}$'));
  return caseWhen([[and(isInteger, not(looksLikeCpr(written))), cast(written, integerType)]]);
}

/** Digits that a number of a snapshot has at most: whole ones are kept as numbers of JavaScript. */
const mostDigits = 18;

function directNumber(
  raw: SqlExpression,
  { held, decimal: mark }: ReadColumn,
  decimals: number,
): SqlExpression {
  const type = numberType(decimals);
  if (held?.held === 'integer' || held?.held === 'decimal') {
    const value = cast(raw, type);
    const digits = mostDigits - decimals;
    if (held.held === 'decimal' && held.digits - held.decimals <= (decimals === 0 ? 15 : digits))
      return value;
    // Beyond these whole digits nothing is lost: such a number is listed, and read by this program.
    const most = Math.min(10 ** digits - 1, Number.MAX_SAFE_INTEGER);
    return caseWhen([[and(atLeast(raw, integer(-most)), atMost(raw, integer(most))), value]]);
  }
  const written = trimmed(raw);
  const digits = decimals === 0 ? '[0-9]{1,15}' : `[0-9]{1,${mostDigits - decimals}}`;
  const part = decimals === 0 ? '' : `([${mark}][0-9]{1,${decimals}})?`;
  const pointed = mark === '.' ? written : callOf('replace', written, text(mark), text('.'));
  return caseWhen([[callOf('matches', written, text(`^-?${digits}${part}$`)), cast(pointed, type)]]);
}

/** Of at most 18 digits, as in a snapshot. */
const numberType = (decimals: number): SqlType => storedDecimalType(decimals, decimalWidth(decimals));

/** Codes in their order, others as texts of which those that are digits come first, as numbers. */
function orderOf(
  { column: contract, isDirect }: ReadColumn,
  value: SqlExpression,
  rank: SqlExpression,
): readonly SqlExpression[] {
  switch (contract.kind) {
    case 'code':
    case 'period':
      return [rank];
    case 'text':
      return isDirect ? textOrder(coalesce(value, text(''))) : [rank];
    case 'number': {
      // As digits without a point, below zero and none after all others.
      const isNumber = atLeast(value, integer(0));
      return [
        caseWhen([[isNumber, integer(0)]], integer(1)),
        caseWhen([[isNumber, value]], cast(integer(0), numberType(contract.decimals))),
        caseWhen([[not(isNumber), digitsOf(value)]], text('')),
      ];
    }
    case 'date':
    case 'time':
      return contract.emptyIsNone ? [isFirst(value), value] : [value];
    case 'key':
      if (contract.of === 'integer') return contract.emptyIsNone ? [isFirst(value), value] : [value];
      return textOrder(coalesce(value, text('')));
    default:
      return assertNever(contract);
  }
}

/** None comes before all. */
const isFirst = (value: SqlExpression): SqlExpression => caseWhen([[isNull(value), integer(0)]], integer(1));

/** The text of a number as the order of codes has it: its digits without the point, and without zeros before. */
function digitsOf(scaled: SqlExpression): SqlExpression {
  const digits = callOf(
    'replace',
    callOf('replace', cast(scaled, textType), text('.'), text('')),
    text('-'),
    text(''),
  );
  return callOf('trimZeros', digits);
}

function textOrder(value: SqlExpression): readonly SqlExpression[] {
  const isDigits = callOf('matches', value, text('^[0-9]+$'));
  const digits = callOf('trimZeros', value);
  return [
    caseWhen(
      [
        [isDigits, integer(0)],
        [isIn(value, [text('uoplyst')]), integer(2)],
      ],
      integer(1),
    ),
    caseWhen([[isDigits, callOf('length', digits)]], integer(0)),
    caseWhen([[isDigits, digits]], text('')),
    value,
  ];
}
