// Writes docs/functions.md from src/model/functions.ts and what finishing does: node scripts/write-functions.mjs
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { outputFiles } = await build({
  stdin: {
    contents: `
      export { argumentWords, functions } from './src/model/functions.ts';
      export { statuses } from './src/model/status.ts';
      export { finishFormula } from './src/serve/finishFormula.ts';
      export { finishMean } from './src/serve/finishMean.ts';
    `,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  write: false,
});
const { argumentWords, functions, statuses, finishFormula, finishMean } = await import(
  `data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`
);
const names = Object.keys(statuses);
const row = (cells) => `| ${cells.join(' | ')} |`;
const head = (cells) => [row(cells), `|${'---|'.repeat(cells.length)}`].join('\n');
const missing = { parts: 'require_all', coverage: 1, operand: 'require_all' };
const none = { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 };
const whole = (value) => ({ numerator: value, denominator: 1n });
const result = (status, value) => ({
  status,
  value: status === 'ok' ? whole(value) : null,
  flags: [],
  coverage: none,
});
const a = { kind: 'use', use: 'a' };
const b = { kind: 'use', use: 'b' };

/** The status of a formula over a and b, worked out by the program itself. */
function statusOf(formula, first, second, rule = missing) {
  const figures = { of: (use) => (use === 'a' ? result(first, 2n) : result(second, 3n)), parts: () => [] };
  return finishFormula(formula, figures, rule).status;
}

const ofOne = {
  '`-x`': { kind: 'negate', operand: a },
  '`abs(x)`': { kind: 'call', name: 'abs', operands: [a], decimals: 0 },
  '`or_zero(x)`': { kind: 'call', name: 'or_zero', operands: [a], decimals: 0 },
  '`round(x, 1)`': { kind: 'call', name: 'round', operands: [a], decimals: 1 },
};
const ofTwo = [
  ...['+', '-', '*', '/'].map((operator) => ({ kind: 'arithmetic', operator, left: a, right: b })),
  ...['min', 'max'].map((name) => ({ kind: 'call', name, operands: [a, b], decimals: 0 })),
];
const table = (formula) =>
  [
    head(['', ...names.map((name) => `\`${name}\``)]),
    ...names.map((first) =>
      row([`\`${first}\``, ...names.map((second) => statusOf(formula, first, second))]),
    ),
  ].join('\n');
const [first] = ofTwo;
if (ofTwo.some((formula) => table(formula) !== table(first))) throw new Error('the operators differ');

const choice = (operator) => ({
  kind: 'if',
  condition: { kind: 'comparison', operator, left: a, right: { kind: 'number', value: '2' } },
  met: { kind: 'number', value: '1' },
  otherwise: b,
});
const part = (status) => ({ expected: true, operand: result(status, 2n), flags: [] });
const meanOf = (status, rule) => {
  const { status: found, coverage } = finishMean([part('ok'), part(status)], rule);
  return `${found}, ${coverage.delivered} of ${coverage.expected}`;
};
const half = { ...missing, parts: 'skip', coverage: 0.5 };
const units = {
  keeps: 'that of the formula',
  plain: 'a plain number',
  common: 'the one that all formulas share',
};
const call = (name, { arguments: list, several, optional }) => {
  const words = list.map((kind) => argumentWords[kind]);
  if (optional) words.push(`and if you like ${words.pop()}`);
  return `${name}(${words.join(', ')}${several ? ', …' : ''})`;
};

writeFileSync(
  join(root, 'docs/functions.md'),
  `# Functions of formulas

What a KPI's formula can call, beside \`+ - * /\` and brackets. This page is written by \`npm run generate\` from
\`src/model/functions.ts\` and by working the statuses out; \`language.md\` tells the story.

${head(['function', 'unit', 'da', 'en', 'example'])}
${Object.entries(functions)
  .map(([name, each]) =>
    row([`\`${call(name, each)}\``, units[each.unit], each.words.da, each.words.en, `\`${each.example}\``]),
  )
  .join('\n')}

## Statuses

\`lag\`, \`rolling\`, \`ytd\`, \`same_period_last_year\`, \`index\`, \`change\` and \`total\` change what is asked, not what is
done with it: their statuses are those of the formula inside, asked so.

Of one figure:

${head(['', ...names.map((name) => `\`${name}\``)])}
${Object.entries(ofOne)
  .map(([name, formula]) => row([name, ...names.map((status) => statusOf(formula, status, 'ok'))]))
  .join('\n')}

Of two figures, for \`+\`, \`-\`, \`*\`, \`/\`, \`min\` and \`max\` alike; of more, two by two:

${table(first)}

A division by zero is \`undefined\`. With \`missing: { operand: as_zero }\` a measure that is not \`ok\` is 0 before anything
is done with it.

\`if(condition, a, b)\`: down the figure that is compared, across the figure that is chosen. The other one does not
matter to the status, but its coverage counts.

${head(['', ...names.map((name) => `\`${name}\``)])}
${names.map((one) => row([`\`${one}\``, ...names.map((other) => statusOf(choice('<'), one, other))])).join('\n')}

\`mean_over(x, level)\` of two members, one of them \`ok\` and the other as below, with its coverage of members:

${head(['rule', ...names.map((name) => `\`${name}\``)])}
${row(['`require_all`', ...names.map((status) => meanOf(status, missing))])}
${row(['`skip`, coverage 0.5', ...names.map((status) => meanOf(status, half))])}
`,
);
