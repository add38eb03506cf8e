import { join } from 'node:path';
import { hasErrors } from '../../diagnostics/diagnostic.ts';
import { printJson } from '../../diagnostics/printJson.ts';
import { type Context, conclude, during, duringPiece, requireWorkspace, width } from '../context.ts';
import { type ExitCode, exitCodes } from '../exitCode.ts';
import { UseError } from '../useError.ts';
import type { CheckReport } from '../wanted.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json' | 'csv';
  readonly impact?: boolean;
  readonly watch?: boolean;
}

export async function check(
  context: Context,
  paths: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  refuseWhatCannotBe(paths, options);
  const once = () => (options.impact ? checkImpact(context, options) : checkOnce(context, paths, options));
  return options.watch ? checkAgain(context, once) : once();
}

function refuseWhatCannotBe(paths: readonly string[], { format, impact, watch }: CheckOptions): void {
  if (impact && paths.length > 0) throw new UseError('--impact looks at every cube: leave out the paths.');
  if (format === 'csv' && !impact) throw new UseError('--format csv is for --impact.');
  if (watch && format !== 'text') throw new UseError('--watch writes for people: leave out --format.');
}

async function checkOnce(
  context: Context,
  paths: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  const { output, checking } = context.surroundings;
  const outcome = await duringPiece(context, checking, (pipeline, outside) => pipeline.check(outside, paths));
  if (options.format === 'text') return conclude(context, outcome, (report) => output.write(summary(report)));
  output.write(printJson(outcome.diagnostics, outcome.texts));
  return hasErrors(outcome.diagnostics) ? exitCodes.diagnostics : exitCodes.fine;
}

async function checkImpact(context: Context, { format }: CheckOptions): Promise<ExitCode> {
  const outcome = await during(context, (pipeline, outside) => pipeline.impact(outside));
  const [printed, exported] = await Promise.all([
    import('../terminal/impact.ts'),
    import('../../export/impact.ts'),
  ]);
  return conclude(context, outcome, async (cubes) => {
    const { output } = context.surroundings;
    switch (format) {
      case 'text':
        output.write(printed.printImpact(cubes, context.locale, width(context)));
        return;
      case 'json':
        output.write(exported.printImpactJson(cubes));
        return;
      case 'csv':
        output.write((await import('../../export/csv.ts')).printCsv(exported.impactTable(cubes)));
    }
  });
}

/** How long after the last change a check begins: an editor writes a file in several goes. */
const calm = 150;
const clearScreen = '\u001b[2J\u001b[3J\u001b[H';

/** Checks now and after every change, one check at a time. Whoever stops it has done nothing wrong. */
async function checkAgain(context: Context, once: () => Promise<ExitCode>): Promise<ExitCode> {
  const { output, watch, every, now } = context.surroundings;
  let running: Promise<void> = Promise.resolve();
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const run = () => {
    running = running
      .then(async () => {
        if (output.columns !== null) output.write(clearScreen);
        await once();
        output.write(`checked ${now().toISOString().slice(11, 19)} UTC; watching, Ctrl-C ends it\n`);
      })
      .catch(fail);
  };
  let stopWaiting = () => {};
  const changed = () => {
    stopWaiting();
    stopWaiting = every(calm, () => {
      stopWaiting();
      run();
    });
  };
  const folders = ['kpi-definitions', 'cubes', 'data/classifications'].map((folder) =>
    join(context.root, folder),
  );
  run();
  await Promise.race([watch(folders, changed), failed]);
  stopWaiting();
  await running;
  return exitCodes.fine;
}

function summary({ counts }: CheckReport): string {
  const kinds = Object.entries(counts).map(
    ([kind, count]) => `${count} ${count === 1 ? kind : plural(kind)}`,
  );
  return `no errors in ${kinds.join(', ')}\n`;
}

function plural(kind: string): string {
  return kind === 'kpi' ? 'KPIs' : `${kind}s`;
}
