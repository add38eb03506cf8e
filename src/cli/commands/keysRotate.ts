import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { saidOfKeys } from '../terminal/keys.ts';
import type { KeysNewOptions } from './keysNew.ts';

export async function keysRotate(context: Context, { name, to }: KeysNewOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.rotateKey(outside, { name: name ?? null, to: to ?? null }),
  );
  return conclude(context, outcome, (change) => context.surroundings.output.write(saidOfKeys(change)));
}
