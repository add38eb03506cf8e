import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { saidOfKeys } from '../terminal/keys.ts';
import { UseError } from '../useError.ts';

export interface KeysRevokeOptions {
  readonly reason: string;
  /** `cube=3`, again for more. */
  readonly last?: readonly string[];
}

export async function keysRevoke(
  context: Context,
  key: string,
  { reason, last = [] }: KeysRevokeOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  if (reason.trim() === '') throw new UseError('Say with --reason why: readers are shown it.');
  const good = new Map(last.map(cubeAndNumber));
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.revokeKey(outside, { key, reason: reason.trim(), last: good }),
  );
  return conclude(context, outcome, (change) => context.surroundings.output.write(saidOfKeys(change)));
}

function cubeAndNumber(text: string): readonly [string, number] {
  const [, cube, number] = /^([^=]+)=(\d{1,8})$/.exec(text) ?? [];
  if (cube === undefined) throw new UseError(`--last is "${text}". Write it like beskaeftigelse=12.`);
  return [cube, Number(number)];
}
