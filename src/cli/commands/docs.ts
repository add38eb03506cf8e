import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';

export interface DocsOptions {
  readonly to: string;
}

export async function docs(context: Context, { to }: DocsOptions): Promise<ExitCode> {
  requireWorkspace(context);
  const { folder, now, output } = context.surroundings;
  const outcome = await during(context, (pipeline, outside) => pipeline.catalogue(outside));
  return conclude(context, outcome, async (catalogue) => {
    const { writeDocs } = await import('../../export/docs/index.ts');
    const files = writeDocs(catalogue, now().toISOString().slice(0, 10));
    const target = resolve(folder, to);
    for (const { file, text } of files) {
      await mkdir(dirname(join(target, file)), { recursive: true });
      await writeFile(join(target, file), text);
    }
    output.write(`wrote ${files.length} files; begin at ${join(to, 'index.html')}\n`);
  });
}
