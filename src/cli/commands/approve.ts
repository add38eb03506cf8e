import { type Context, conclude, during, requireWorkspace } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import { UseError } from '../useError.ts';
import type { ApprovedKpi } from '../wanted.ts';

export interface ApproveOptions {
  readonly all?: boolean;
}

export async function approve(
  context: Context,
  kpis: readonly string[],
  { all = false }: ApproveOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  if (kpis.length === 0 && !all) {
    throw new UseError('Name the KPIs to approve, or write --all for every one whose status says approved.');
  }
  const outcome = await during(context, (pipeline, outside) => pipeline.approve(outside, { kpis, all }));
  return conclude(context, outcome, (approved) => context.surroundings.output.write(said(approved)));
}

function said(all: readonly ApprovedKpi[]): string {
  const approved = all.filter(({ outcome }) => outcome === 'approved');
  const lines = approved.map(({ kpi, version, file }) => `approved ${kpi} version ${version} (${file})`);
  const before = all.length - approved.length;
  if (before > 0) lines.push(`${before} approved before: nothing to do`);
  return lines.map((line) => `${line}\n`).join('');
}
