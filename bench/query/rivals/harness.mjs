// The same questions, repetitions and checks for everybody who takes part. Each is a process of its own: it reads its
// task from the file TASK, and writes a line of JSON for each family to the file RESULT as soon as it has it, so that
// what was measured is kept whatever happens then.
import { appendFileSync, readFileSync } from 'node:fs';
import process from 'node:process';

export const readTask = () => JSON.parse(readFileSync(process.env.TASK, 'utf8'));

export const fill = (sql, draw) =>
  sql.replace(/\{(\w+)\}/g, (_, name) => {
    const value = draw[name];
    if (!Array.isArray(value)) return String(value);
    return value.map((each) => (typeof each === 'string' ? `'${each}'` : String(each))).join(', ');
  });

export const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];

/** Dates as YYYY-MM-DD and everything else as its text. */
export function keyText(value) {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'object' && value !== null && 'days' in value)
    return new Date(value.days * 864e5).toISOString().slice(0, 10);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text;
}

/** Largest process memory so far in MiB, of another process where its id is given. */
const peak = (pid = 'self') =>
  Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);

/** What is not equal between rows of plain values and the exact ones, to nine digits: sums of doubles have an order. */
function compare({ keys, ordered }, rows, reference) {
  if (rows.length !== reference.length) return `${rows.length} rows instead of ${reference.length}`;
  const expected = new Map(reference.map((row, position) => [row.keys.join(' '), { ...row, position }]));
  for (const [position, row] of rows.entries()) {
    const key = row.slice(0, keys.length).map(keyText).join(' ');
    const own = expected.get(key);
    if (!own) return `a row ${key} that is not in the reference`;
    if (ordered && own.position !== position) return `row ${position} is ${key}`;
    for (const [at, [above, below]] of own.figures.entries()) {
      const wanted = Number(above) / Number(below);
      const got = Number(row[keys.length + at]);
      if (!(Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))))
        return `${key}: ${got} instead of ${wanted}`;
    }
  }
  return null;
}

export async function race({ version, families, run, rows, differs, extra = {}, pid, prepare }) {
  const task = readTask();
  const reference = JSON.parse(readFileSync(process.env.REFERENCE, 'utf8'));
  const write = (line) => appendFileSync(process.env.RESULT, `${JSON.stringify(line)}\n`);
  write({ version, ...extra });
  for (const family of task.families) {
    const { name } = family;
    if (families && !families.includes(name)) continue;
    try {
      await prepare?.(name);
      const faults = [];
      let first = null;
      for (const [position, expected] of reference[name].entries()) {
        const draw = task.draws[position];
        const start = performance.now();
        const raw = await run(name, draw);
        first ??= performance.now() - start;
        const fault = differs
          ? differs(name, raw, expected, draw)
          : compare(family, rows(name, raw, draw), expected);
        if (fault !== null) faults.push(`question ${position}: ${fault}`);
      }
      const times = [];
      const begin = performance.now();
      for (let rep = 0; rep < task.reps && (rep < 3 || performance.now() - begin < task.budget); rep += 1) {
        const draw = task.draws[(task.checks + rep) % task.draws.length];
        const start = performance.now();
        await run(name, draw);
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      write({
        family: name,
        n: times.length,
        first,
        p50: percentile(times, 0.5),
        p95: percentile(times, 0.95),
        p99: percentile(times, 0.99),
        max: times.at(-1),
        rows: reference[name][0].length,
        check: faults[0] ?? 'equal',
      });
    } catch (error) {
      write({ family: name, check: `failed: ${String(error?.message ?? error).slice(0, 300)}` });
    }
  }
  write({ peakMiB: peak() + (pid === undefined ? 0 : peak(pid)) });
}
