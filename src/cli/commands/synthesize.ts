import { resolve } from 'node:path';
import { type Context, conclude, during } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';

export interface SynthesizeOptions {
  readonly like: string;
  readonly releases: number;
  readonly to: string;
  readonly seed: number;
}

export async function synthesize(context: Context, options: SynthesizeOptions): Promise<ExitCode> {
  const { folder, output } = context.surroundings;
  const to = resolve(folder, options.to);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.synthesize(outside, { ...options, to }),
  );
  return conclude(context, outcome, (files) => {
    for (const { file, received, rows } of files)
      output.write(`${file}: ${rows} rows, received ${received}\n`);
  });
}
