import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { saidOfKeys } from '../terminal/keys.ts';

export interface KeysNewOptions {
  readonly name?: string;
  readonly to?: string;
}

export async function keysNew(context: Context, { name, to }: KeysNewOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.newKey(outside, { name: name ?? null, to: to ?? null }),
  );
  return conclude(context, outcome, (change) => context.surroundings.output.write(saidOfKeys(change)));
}
