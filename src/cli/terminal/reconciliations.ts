import type { EditionManifest } from '../../catalog/types.ts';

type Result = EditionManifest['reconciliations'][number];

/** A line per reconciliation of an edition that does not agree, with its newest difference, or did not run. */
export function reconciliationLines({ id, cube, reconciliations }: EditionManifest): readonly string[] {
  return reconciliations
    .filter(({ outcome }) => outcome !== 'agrees')
    .map((result) => {
      const { kpi, level } = result;
      return `${cube} ${id}: ${kpi} by ${level} against ${against(result.against)} ${outcomeText(result)}`;
    });
}

function outcomeText(result: Result): string {
  const { outcome, differences, compared, reason } = result;
  if (outcome === 'not_run') return `was not compared: ${reason ?? 'no reason given'}.`;
  return `differs in ${differences.length} of ${compared} figures, ${newest(result)}`;
}

function against(what: string): string {
  return what === 'source_total' ? "the source's own total" : what;
}

function newest({ differences }: Result): string {
  const last = differences.reduce<Result['differences'][number] | null>(
    (latest, one) => (latest === null || one.period > latest.period ? one : latest),
    null,
  );
  return last === null
    ? ''
    : `newest ${last.member} ${last.period}: ${last.ours} here, ${last.theirs} there (${last.difference}).`;
}
