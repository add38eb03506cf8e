import type { Cell } from '../../src/query/answer.ts';
import type { BuiltWorld } from './cubeHarness.ts';
import { cellOf, type NaiveCell, refusalsOf, rowsOf, sameFraction } from './naive.ts';
import type { WorldQuestion } from './world.ts';

/**
 * Asks the product and the naive interpreter the same, and throws with both sides where they differ.
 * Gives back how many cells had a number, so that a test can see that it compared something.
 */
export async function agree(built: BuiltWorld, question: WorldQuestion): Promise<number> {
  const { value: answer, diagnostics } = await built.ask(question);
  const refused = refusalsOf(built.world, question);
  const codes = diagnostics.map(({ code }) => code);
  if (refused.length > 0 || !answer) {
    if (!answer && codes.some((code) => refused.some((each) => each === code))) return 0;
    throw new Error(
      `naive: ${refused.join(', ') || 'answers'}, product: ${answer ? 'answers' : codes.join(', ')}\n${shown(question)}`,
    );
  }
  const rows = answer.rows.map(({ members }) => members.join('/')).sort();
  const wanted = [...rowsOf(built.world, question)].sort();
  if (rows.join(' ') !== wanted.join(' ')) {
    throw new Error(
      `rows of the product: ${rows.join(' ')}\nof the naive: ${wanted.join(' ')}\n${shown(question)}`,
    );
  }
  let numbers = 0;
  for (const row of answer.rows) {
    for (const [position, cell] of row.cells.entries()) {
      const name = question.kpis[position] ?? '';
      const naive = cellOf(built.world, question, name, row.members);
      const [ours, theirs] = [productText(cell), naiveText(naive)];
      if (ours !== theirs) {
        const same =
          cell.value && sameFraction({ n: cell.value.numerator, d: cell.value.denominator }, naive.value);
        throw new Error(
          `${name} at "${row.members.join('/')}"\nproduct: ${ours}\nnaive:   ${theirs}${same ? ' (same value)' : ''}\n${shown(question)}`,
        );
      }
      if (cell.value !== null) numbers += 1;
    }
  }
  return numbers;
}

export const shown = (question: WorldQuestion): string => JSON.stringify(question);

/** What a cell says, as one text: status, exact value, coverage, the flags that both sides know. */
export function productText({ status, value, coverage, flags }: Cell): string {
  const { expected, delivered, suppressed, notApplicable, absent } = coverage;
  const known = flags.filter((flag) => flag === 'source_total' || flag === 'weighted').sort();
  return `${status} ${value === null ? '-' : `${value.numerator}/${value.denominator}`} [${[expected, delivered, suppressed, notApplicable, absent]}] ${known}`;
}

export function naiveText({ status, value, coverage, flags }: NaiveCell): string {
  const { expected, delivered, suppressed, notApplicable, absent } = coverage;
  return `${status} ${value === null ? '-' : reduced(value.n, value.d)} [${[expected, delivered, suppressed, notApplicable, absent]}] ${status === 'ok' ? flags : flags}`;
}

function reduced(n: bigint, d: bigint): string {
  const magnitude = (value: bigint) => (value < 0n ? -value : value);
  let [a, b] = [magnitude(n), magnitude(d)];
  while (b !== 0n) [a, b] = [b, a % b];
  const by = a === 0n ? 1n : a;
  const sign = d < 0n ? -1n : 1n;
  return `${(sign * n) / by}/${(sign * d) / by}`;
}
