import * as z from 'zod';
import { type DefinitionKind, schemas } from './schema.ts';

/** What an editor shows as the name of the schema. */
const titles: Readonly<Record<DefinitionKind, string>> = {
  classification: 'Classification: a code list with dates on members and relations',
  dimension: 'Dimension: a column to slice by, with its levels and hierarchies',
  source: 'Source contract: what a delivery must hold',
  selection: 'Selection: a set of account codes, with exceptions and years',
  partition: 'Partition: selections that share nothing and leave nothing out',
  rows: 'Rows: a relation made of the rows of a source',
  prices: 'Prices: rates of price and pay by year, type and edition',
  kpi: 'KPI: a formula over measures, with unit, version and dates',
  cube: 'Cube: which KPIs, which dimensions',
};

/**
 * JSON Schema (2020-12) of every kind of definition, for editors: name of the file to its text. They name no
 * address of their own, so that a definition refers to its schema by a relative path.
 */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(kinds.map((kind) => [`${kind}.json`, jsonSchema(kind)]));
}

const kinds = Object.keys(schemas) as readonly DefinitionKind[];

function jsonSchema(kind: DefinitionKind): string {
  const { $schema, ...body } = z.toJSONSchema(schemas[kind], {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      // zod bounds every integer by what a double holds exactly; to an author that says nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // A key of a YAML mapping is text anyway.
      if (isJustText(jsonSchema.propertyNames)) delete jsonSchema.propertyNames;
    },
  });
  return `${JSON.stringify({ $schema, title: titles[kind], ...body }, null, 2)}\n`;
}

const isJustText = (schema: unknown): boolean => JSON.stringify(schema) === '{"type":"string"}';
