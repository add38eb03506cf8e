// Runs one bench: node scripts/bench.mjs query-start. Benches are TypeScript, bundled as they are run.
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const known = readdirSync(join(root, 'bench')).flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []);
const name = process.argv[2];
if (!known.includes(name)) {
  console.error(`Which bench? ${known.join(', ')}`);
  process.exit(2);
}
const outfile = join(root, 'node_modules', '.tmp', `${name}.bench.mjs`);
mkdirSync(dirname(outfile), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: [`bench/${name}.bench.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
process.chdir(root);
await import(pathToFileURL(outfile).href);
