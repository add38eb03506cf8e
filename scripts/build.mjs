// Bundles the program into dist/, so that `npm ci` is all that an install takes.
//
// Everything but DuckDB's native part is bundled: a command then reads a few files of ours instead of
// hundreds of its packages, which is a third of a cold start. Code splitting keeps what one command needs
// (mathjs, zod, apache-arrow) away from the others.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const entryPoints = [
  { in: join(root, 'src/cli/main.ts'), out: 'flis' },
  { in: join(root, 'src/index.ts'), out: 'index' },
].filter((entry) => existsSync(entry.in));

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['@duckdb/node-bindings'],
  chunkNames: 'parts/[name]-[hash]',
  // Some bundled packages are CommonJS and ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as flisRequire } from 'node:module';const require = flisRequire(import.meta.url);",
  },
  legalComments: 'linked',
  logLevel: 'warning',
  metafile: true,
});

// What an earlier build left is taken away last: npm builds again behind the first `npx flis`, and a program
// that runs beside it must find its files.
const written = new Set(Object.keys(metafile.outputs).map((file) => join(root, file)));
for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  if (entry.isFile() && !written.has(file)) rmSync(file);
}
