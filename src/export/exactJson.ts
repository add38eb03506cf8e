import { type Rational, toPlain } from '../model/rational.ts';

/** JSON as text already, so that a number keeps every digit it was given. */
class Verbatim {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A number rounded once, to `decimals`, and written in full: no exponent, no noise of a double. */
export const exactly = (value: Rational, decimals: number): object => new Verbatim(toPlain(value, decimals));

/** A value as JSON; what is left out of an object as undefined is not there. */
export const printExactJson = (value: unknown): string => `${write(value, '')}\n`;

/** As `JSON.stringify`, but `Verbatim` is written as it is, and what holds no object fits on one line. */
function write(value: unknown, indent: string): string {
  if (value instanceof Verbatim) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((item) => ['', item] as const)
    : Object.entries(value).filter(([, item]) => item !== undefined);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const flat = entries.every(
    ([, item]) => typeof item !== 'object' || item === null || item instanceof Verbatim,
  );
  const inner = `${indent}  `;
  const parts = entries.map(
    ([key, item]) => `${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${write(item, inner)}`,
  );
  return flat
    ? `${open}${parts.join(', ')}${close}`
    : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
