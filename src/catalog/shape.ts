/**
 * What a manifest must look like, written as a value: `'text'`, `'number'`, `'yes_no'`, `'any'`,
 * `{ key: shape }`, `[shape]` for a list, `orNull(shape)`. Keys that the shape does not name are let through,
 * so that an older program reads what a newer one added.
 */
export type Shape =
  | 'text'
  | 'number'
  | 'yes_no'
  | 'any'
  | readonly [Shape]
  | { readonly [key: string]: Shape }
  | { readonly [nullable]: Shape };

const nullable = Symbol('nullable');

export const orNull = (shape: Shape): Shape => ({ [nullable]: shape });

export const objectRefShape: Shape = { sha256: 'text', size: 'number' };

export function hasShape(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return scalars[shape](value);
  if (isList(shape)) return Array.isArray(value) && value.every((item) => hasShape(item, shape[0]));
  if (nullable in shape) return value === null || hasShape(value, shape[nullable] as Shape);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const record = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(
    ([key, inner]) => Object.hasOwn(record, key) && hasShape(record[key], inner),
  );
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

const scalars: Readonly<Record<'text' | 'number' | 'yes_no' | 'any', (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  yes_no: (value) => typeof value === 'boolean',
  any: () => true,
};
