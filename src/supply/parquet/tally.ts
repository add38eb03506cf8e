import { open } from 'node:fs/promises';
import type { CheckResult } from '../../catalog/types.ts';
import type { Source } from '../../model/types.ts';
import { cellChecks, noSuchColumns } from '../checks/cells.ts';
import { notRun, type RefusedRows, refusedResult } from '../checks/check.ts';
import { everyKeyNamesOne } from '../checks/duplicateRows.ts';
import { hasLimits, noLimits, withinLimits } from '../checks/limits.ts';
import { quarantineHeader, quarantineLine, type RefusalGroup, shownAtMost } from '../refusals.ts';
import { type CheckedRefusal, keysCheck, limitsCheck } from './refused.ts';

/** What was refused, counted as it went by. */
export interface Tally {
  /** Different rows. */
  readonly refused: number;
  /** In the order of checks and columns. */
  readonly groups: readonly RefusalGroup[];
  readonly checks: readonly CheckResult[];
}

interface Counted {
  rows: number;
  first: number;
  last: number;
}

/** Counts refusals, and writes each to the quarantine, without keeping more of them than messages show. */
export async function tallyRefusals(
  source: Source,
  refusals: AsyncIterable<readonly CheckedRefusal[]>,
  quarantine: string,
): Promise<Tally> {
  const groups = new Map<string, { check: number; column: number; first: CheckedRefusal[]; rows: number }>();
  const checks = new Map<number, Counted>();
  const all: Counted = { rows: 0, first: 0, last: 0 };
  const file = await open(quarantine, 'w');
  try {
    await file.write(quarantineHeader);
    for await (const batch of refusals) {
      for (const refusal of batch) {
        count(all, refusal.row);
        const check = checks.get(refusal.check) ?? { rows: 0, first: refusal.row, last: 0 };
        checks.set(refusal.check, check);
        count(check, refusal.row);
        const key = `${refusal.check} ${refusal.column ?? ''} ${refusal.code}`;
        const column = source.columns.findIndex(({ from }) => from === refusal.column);
        const group = groups.get(key) ?? { check: refusal.check, column, first: [], rows: 0 };
        groups.set(key, group);
        group.rows += 1;
        if (group.first.length < shownAtMost) group.first.push(refusal);
      }
      if (batch.length > 0) await file.write(batch.map(quarantineLine).join(''));
    }
  } finally {
    await file.close();
  }
  return {
    refused: all.rows,
    groups: [...groups.values()].sort((a, b) => a.check - b.check || a.column - b.column),
    checks: resultsOf(source, checks),
  };
}

/** Rows come in order, so one that is the last again is no other. */
function count(counted: Counted, row: number): void {
  if (row === counted.last) return;
  counted.rows += 1;
  counted.last = row;
}

const none: RefusedRows = { rows: 0, first: 0 };

function resultsOf(source: Source, counted: ReadonlyMap<number, RefusedRows>): readonly CheckResult[] {
  const kinds = new Set(source.columns.map(({ kind }) => kind));
  const cells = cellChecks.map((each, at) =>
    each.kinds.some((kind) => kinds.has(kind))
      ? refusedResult(each.check, counted.get(at) ?? none, each.passed)
      : notRun(each.check, noSuchColumns),
  );
  return [
    ...cells,
    hasLimits(source)
      ? refusedResult('limits', counted.get(limitsCheck) ?? none, withinLimits)
      : notRun('limits', noLimits),
    refusedResult('keys', counted.get(keysCheck) ?? none, everyKeyNamesOne),
  ];
}

/** The tally of rows of which none was refused. */
export const nothingRefused = (source: Source): Tally => ({
  refused: 0,
  groups: [],
  checks: resultsOf(source, new Map()),
});
