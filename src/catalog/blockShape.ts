import type { Heading, Placed } from './block.ts';

/** The heading of a block, looked through once, since it says where to read; null where it is none. */
export function shapeOf(text: string): Heading | null {
  const value = parsed(text);
  return isHeading(value) ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const kinds = ['u8', 'u16', 'u32', 'i32', 'f64', 'i64'];

function isPlaced(value: unknown, length: number, allowed: readonly string[] = kinds): value is Placed {
  if (!isFields(value)) return false;
  const { kind, at } = value;
  return allowed.includes(String(kind)) && isCount(at) && at % 8 === 0 && value.length === length;
}

const counts = ['u8', 'u16', 'u32'];
const isCounts = (value: unknown, rows: number) => value === null || isPlaced(value, rows, counts);

function isHeading(value: unknown): value is Heading {
  return isFields(value) && value.format === 1 && Array.isArray(value.grains) && value.grains.every(isGrain);
}

function isGrain(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { rows, periods, starts, dimensions, states } = value;
  if (!isCount(rows) || !Array.isArray(periods) || !isTexts(periods)) return false;
  return (
    isPlaced(starts, periods.length + 1, ['u32']) &&
    Array.isArray(dimensions) &&
    dimensions.every((each) => isDimension(each, rows)) &&
    Array.isArray(states) &&
    states.every((each) => isState(each, rows))
  );
}

function isDimension(value: unknown, rows: number): boolean {
  return (
    isFields(value) &&
    typeof value.column === 'string' &&
    isTexts(value.codes) &&
    isPlaced(value.ordinals, rows, counts)
  );
}

function isState(value: unknown, rows: number): boolean {
  if (!isFields(value) || typeof value.state !== 'string' || !isCount(value.decimals)) return false;
  const { values, known, suppressed, notApplicable, squares } = value;
  return (
    isPlaced(values, rows) &&
    isPlaced(known, rows, counts) &&
    isCounts(suppressed, rows) &&
    isCounts(notApplicable, rows) &&
    (squares === null || isPlaced(squares, rows, ['i64']))
  );
}
