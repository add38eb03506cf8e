import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DefinitionFile } from '../../src/definitions/definition.ts';
import { readDefinitions } from '../../src/definitions/readDefinitions.ts';
import { loadParser } from '../../src/formula/parse.ts';
import { buildModel } from '../../src/model/buildModel.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Rows of a bundled delivery as records by column, none of whose values holds a quoted comma. */
export function bundledDelivery(name: string): Readonly<Record<string, string>>[] {
  const text = readFileSync(join(root, 'data/deliveries', name), 'utf8');
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const columns = header.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, index) => [columns[index], value])),
  );
}

export function bundledDeliveryNames(): string[] {
  return readdirSync(join(root, 'data/deliveries')).sort();
}

/** All definitions of the default workspace, as the product reads them. */
export function bundledFiles(): DefinitionFile[] {
  return ['kpi-definitions', 'cubes', 'data/classifications'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({
        file: relative(root, path).replaceAll('\\', '/'),
        text: readFileSync(path, 'utf8'),
      })),
  );
}

export async function bundledModel() {
  return buildModel(readDefinitions(bundledFiles()), await loadParser());
}
