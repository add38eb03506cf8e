// Writes kpi-definitions/schema/*.json from the schemas in src/definitions/schema.ts: node scripts/write-schemas.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Inside node_modules, so that the bundle finds the packages that it leaves outside.
const bundle = join(root, 'node_modules', '.tmp', 'json-schema.mjs');
const target = join(root, 'kpi-definitions', 'schema');

await build({
  entryPoints: [join(root, 'src', 'definitions', 'jsonSchema.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
const { jsonSchemas } = await import(pathToFileURL(bundle).href);
mkdirSync(target, { recursive: true });
for (const [name, text] of jsonSchemas()) writeFileSync(join(target, name), text);
