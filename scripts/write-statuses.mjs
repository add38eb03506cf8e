// Writes docs/statuses.md from the table in src/model/status.ts: node scripts/write-statuses.mjs
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { outputFiles } = await build({
  entryPoints: [join(root, 'src/model/status.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});
const { statuses, flags, worseStatus } = await import(
  `data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`
);
const names = Object.keys(statuses);
const mark = (text) => (text === '' ? '' : `\`${text}\``);
const row = (cells) => `| ${cells.join(' | ')} |`;

writeFileSync(
  join(root, 'docs/statuses.md'),
  `# Why a cell has a number or not

Every cell of every answer has a status, its flags and its coverage; every export carries them. This page is
written by \`npm run generate\` from \`src/model/status.ts\`, the one table that the program itself reads.

## Statuses

Only \`ok\` has a number. None of the others is zero, and none is added as if it were.

| status | on a terminal | da | en |
|---|---|---|---|
${names.map((name) => row([`\`${name}\``, mark(statuses[name].mark), statuses[name].da, statuses[name].en])).join('\n')}

## Two together

What two operands of a formula make. It does not matter in which order they come, or how many there are.

| | ${names.map((name) => `\`${name}\``).join(' | ')} |
|---${'|---'.repeat(names.length)}|
${names.map((left) => row([`\`${left}\``, ...names.map((right) => worseStatus(left, right))])).join('\n')}

A division by zero of two \`ok\` operands is \`undefined\`. With \`missing: { operand: as_zero }\` an operand that is not
\`ok\` counts as 0 instead.

## Parts of a total

\`missing: { parts: … }\` says what absent and suppressed parts make of a total.

| | all known | some known | none known, some absent | none known, all suppressed |
|---|---|---|---|---|
| \`require_all\` | ok | below_coverage | not_delivered | suppressed |
| \`skip\`, at or above \`coverage\` | ok | ok, with its coverage | | |
| \`skip\`, below \`coverage\` | | below_coverage | not_delivered | suppressed |
| \`as_zero\` | ok | ok | ok, 0 | ok, 0 |

Parts that are not applicable are not expected. \`uoplyst\` and members that deliveries need not hold are expected of
nobody: they have a number where one came, and count in no coverage.

## Flags

They stand beside a status, and several can.

| flag | on a terminal | da | en |
|---|---|---|---|
${Object.entries(flags)
  .map(([name, flag]) => row([`\`${name}\``, mark(flag.mark), flag.da, flag.en]))
  .join('\n')}
`,
);
