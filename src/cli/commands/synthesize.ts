import { resolve } from 'node:path';
import { type Context, conclude, during } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { UseError } from '../useError.ts';

export interface SynthesizeOptions {
  readonly like?: string;
  readonly releases: number;
  readonly scale?: number;
  readonly months: number;
  readonly until: string;
  readonly domains?: readonly string[];
  readonly accounts?: string;
  readonly faults?: boolean;
  readonly to: string;
  readonly seed: number;
}

export async function synthesize(context: Context, options: SynthesizeOptions): Promise<ExitCode> {
  const { folder, output } = context.surroundings;
  const { like, scale, releases, seed } = options;
  if ((like === undefined) === (scale === undefined))
    throw new UseError('Say what to make up: --like star, or --scale 0.001 for all nine domains.');
  const to = resolve(folder, options.to);
  const outcome = await during(context, (pipeline, outside) =>
    scale === undefined
      ? pipeline.synthesize(outside, { like: like ?? '', releases, seed, to })
      : pipeline.synthesizeNational(outside, {
          scale,
          months: options.months,
          until: options.until,
          domains: options.domains ?? null,
          accounts: options.accounts === undefined ? null : resolve(folder, options.accounts),
          faults: options.faults ?? false,
          seed,
          to,
        }),
  );
  return conclude(context, outcome, (files) => {
    for (const { file, received, rows } of files)
      output.write(`${file}: ${rows} rows, received ${received}\n`);
  });
}
