import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { type QuestionOptions, requestOf, whichEdition } from '../questionOptions.ts';

export interface SqlOptions extends QuestionOptions {
  readonly dialect: string;
}

export async function sql(context: Context, cube: string, options: SqlOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const { dialect } = options;
  const edition = whichEdition(options);
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.sql(outside, requestOf(cube, options), { edition, dialect }),
  );
  return conclude(context, outcome, (text) => context.surroundings.output.write(`${text.trimEnd()}\n`));
}
