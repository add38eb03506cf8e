import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonSchemas } from '../../src/definitions/jsonSchema.ts';
import { schemas } from '../../src/definitions/schema.ts';

const folder = new URL('../../kpi-definitions/schema/', import.meta.url);

describe('the JSON Schemas in kpi-definitions/schema', () => {
  it('are what the code makes (else: node scripts/write-schemas.mjs)', () => {
    const committed = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);
    expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(jsonSchemas()));
  });

  it.each(Object.keys(schemas))('begin %s with its own key, and allow no others than it names', (kind) => {
    const schema = JSON.parse(jsonSchemas().get(`${kind}.json`) ?? '');
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.$id).toBeUndefined();
    expect(Object.keys(schema.properties)[0]).toBe(kind);
    expect(schema.required).toContain(kind);
    expect(schema.title).toMatch(/^\S/);
    for (const object of objectsOf(schema)) expect(object.additionalProperties).toBeDefined();
  });
});

/** Every schema of a mapping in a schema. */
function objectsOf(schema: unknown): readonly Record<string, unknown>[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const inside = Object.values(schema).flatMap(objectsOf);
  return 'type' in schema && schema.type === 'object'
    ? [schema as Record<string, unknown>, ...inside]
    : inside;
}
