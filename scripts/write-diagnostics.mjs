// Writes docs/diagnostics.md from the table in src/diagnostics/codes.ts: node scripts/write-diagnostics.mjs
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { outputFiles } = await build({
  entryPoints: [join(root, 'src/diagnostics/codes.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});
const { codes } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
const rows = Object.entries(codes).map(
  ([code, { severity, meaning }]) => `| \`${code}\` | ${severity} | ${meaning.replaceAll('|', '\\|')} |`,
);
writeFileSync(
  join(root, 'docs/diagnostics.md'),
  `# What the program can say

Every message has a code, so that it can be searched for, counted and answered. An error stops what was
asked; a warning does not. This page is written by \`npm run generate\` from \`src/diagnostics/codes.ts\`.

| code | severity | meaning |
|---|---|---|
${rows.join('\n')}
`,
);
