import { printCsv } from '../../export/csv.ts';
import { type Context, conclude, during, requireWorkspace, width } from '../context.ts';
import type { ExitCode } from '../exitCode.ts';
import type { Triangle } from '../wanted.ts';

export interface RevisionsOptions {
  readonly kpi: readonly string[];
  readonly by?: readonly string[];
  readonly where?: string;
  readonly period?: string;
  readonly hierarchy?: string;
  readonly last?: number;
  readonly moved?: boolean;
  readonly decimals: number;
  readonly format: 'table' | 'csv' | 'json';
}

export async function revisions(
  context: Context,
  cube: string,
  options: RevisionsOptions,
): Promise<ExitCode> {
  requireWorkspace(context);
  const { kpi, by = [], where = null, period = null, hierarchy = null, last = null } = options;
  const outcome = await during(context, (pipeline, outside) =>
    pipeline.revisions(outside, { cube, kpis: kpi, by, where, period, hierarchy, last }),
  );
  return conclude(context, outcome, async (triangles) =>
    context.surroundings.output.write(await print(context, triangles, options)),
  );
}

async function print(
  context: Context,
  triangles: readonly Triangle[],
  { format, decimals, where, moved = false }: RevisionsOptions,
): Promise<string> {
  switch (format) {
    case 'table': {
      const { printTriangles } = await import('../terminal/triangle.ts');
      return printTriangles(triangles, {
        locale: context.locale,
        width: width(context),
        where: where ?? null,
        moved,
      });
    }
    case 'csv':
      return printCsv((await import('../../export/triangle.ts')).triangleTable(triangles, decimals));
    case 'json':
      return (await import('../../export/triangle.ts')).printTriangleJson(triangles, decimals);
  }
}
