import type * as z from 'zod';
import type { FieldPath } from './definition.ts';

type Schema = z.core.$ZodType;

/**
 * The schemas that may hold at a path: several where the value is a union. Of a discriminated union, those
 * that the value's own discriminator names, or all if it names none.
 */
export function schemasAt(schema: Schema, value: unknown, path: FieldPath): readonly Schema[] {
  const here = alternatives(schema, value);
  const [step, ...rest] = path;
  if (step === undefined) return here;
  return here
    .map((one) => childOf(one, step))
    .filter((child) => child !== undefined)
    .flatMap((child) => schemasAt(child, memberOf(value, step), rest));
}

/** The keys that a mapping at a path may have. */
export function keysAt(schema: Schema, value: unknown, path: FieldPath): readonly string[] {
  const keys = schemasAt(schema, value, path).flatMap((one) => Object.keys(shapeOf(one) ?? {}));
  return [...new Set(keys)];
}

/** The value at a path of plain data, as far as there is one. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce(memberOf, value);
}

function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

/** `$ZodType` says nothing of its kind; the union of all kinds does, and holds every schema there is. */
const definitionOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def;

function alternatives(schema: Schema, value: unknown): readonly Schema[] {
  const definition = definitionOf(schema);
  if (definition.type === 'optional') return alternatives(definition.innerType, value);
  if (definition.type !== 'union') return [schema];
  const key = 'discriminator' in definition ? String(definition.discriminator) : undefined;
  const named = key === undefined ? [] : definition.options.filter((option) => isNamed(option, key, value));
  return (named.length > 0 ? named : definition.options).flatMap((option) => alternatives(option, value));
}

function isNamed(option: Schema, key: string, value: unknown): boolean {
  const child = childOf(option, key);
  const definition = child && definitionOf(child);
  if (definition?.type !== 'literal') return false;
  return definition.values.some((literal) => literal === memberOf(value, key));
}

function childOf(schema: Schema, step: string | number): Schema | undefined {
  const definition = definitionOf(schema);
  if (definition.type === 'array') return definition.element;
  if (definition.type === 'record') return definition.valueType;
  const shape = shapeOf(schema);
  return shape && Object.hasOwn(shape, step) ? shape[step] : undefined;
}

function shapeOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const definition = definitionOf(schema);
  return definition.type === 'object' ? definition.shape : undefined;
}
