import { invariant } from '../diagnostics/invariant.ts';
import type { Dialect } from './dialect.ts';

/** How a value of the tree is written: as a place for a parameter, or quoted. */
export interface ValuePrinter {
  readonly text: (value: string) => string;
  readonly integer: (value: number) => string;
}

export interface Parameters {
  readonly printer: ValuePrinter;
  readonly list: () => readonly (string | number)[];
}

/**
 * Gives each value a place. Equal values share one, because `group by case when x = $2` is not the
 * same expression as `select case when x = $1`, whatever the two hold.
 */
export function collectParameters(dialect: Dialect): Parameters {
  const list: (string | number)[] = [];
  const places = new Map<string | number, number>();
  const placeOf = (value: string | number): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, list.push(value));
    return list.length;
  };
  return {
    printer: {
      text: (value) => dialect.parameter(placeOf(value), 'text'),
      integer: (value) => dialect.parameter(placeOf(checkedInteger(value)), 'integer'),
    },
    list: () => list,
  };
}

export function quoteLiterals(dialect: Dialect): ValuePrinter {
  return { text: dialect.text, integer: (value) => String(checkedInteger(value)) };
}

function checkedInteger(value: number): number {
  invariant(Number.isSafeInteger(value), 'an integer of the SQL tree is one that a double holds exactly');
  return value === 0 ? 0 : value;
}
