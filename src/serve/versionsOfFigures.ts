import { compare } from '../model/rational.ts';
import type { Answer, AnswerLevel, AnswerRow, Cell, Change, Validity } from '../query/answer.ts';
import { cellKey } from './cellKey.ts';

/** An answer as it was known for a while. */
export interface AnswerOfItsTime {
  readonly edition: string;
  readonly from: string;
  readonly to: string | null;
  /** Null where the edition could not answer: it did not know the figure yet. */
  readonly answer: Answer | null;
}

/** The rows of an answer that are not what they were: those that came, were revised, or are gone. */
export function changedSince(now: Answer, before: Answer | null): Pick<Answer, 'rows' | 'levels'> {
  const was = byMembers(before?.rows ?? []);
  const is = byMembers(now.rows);
  const keys = [...new Set([...is.keys(), ...was.keys()])];
  const rows = keys.flatMap((key): AnswerRow[] => {
    const [row, old] = [is.get(key), was.get(key)];
    const change = changeOf(row, old);
    if (change === null) return [];
    const members = (row ?? old)?.members ?? [];
    return [{ members, cells: row?.cells ?? now.columns.map(() => nothing), change }];
  });
  return { rows, levels: withMembers(now.levels, before ? [before] : []) };
}

/** All that was known of each row of some answers, in order of time: one for as long as it said the same. */
export function historyOf(now: Answer, times: readonly AnswerOfItsTime[]): Pick<Answer, 'rows' | 'levels'> {
  const known = times.map((time) => ({ ...time, rows: byMembers(time.answer?.rows ?? []) }));
  const keys = new Set([...byMembers(now.rows).keys(), ...known.flatMap(({ rows }) => [...rows.keys()])]);
  const rows = [...keys].flatMap((key) => {
    const versions: (AnswerRow & { readonly valid: Validity })[] = [];
    for (const { edition, from, to, rows: here } of known) {
      const row = here.get(key);
      const last = versions.at(-1);
      // Before it came there is nothing to tell; that it is gone is a version like others.
      if (!last && !isThere(row)) continue;
      const cells = row?.cells ?? now.columns.map(() => nothing);
      const goesOn = last && last.valid.to === from && sameCells(last.cells, cells);
      if (goesOn) versions[versions.length - 1] = { ...last, valid: { ...last.valid, to } };
      else versions.push({ members: (row ?? last)?.members ?? [], cells, valid: { edition, from, to } });
    }
    return versions;
  });
  return {
    rows,
    levels: withMembers(
      now.levels,
      times.flatMap(({ answer }) => answer ?? []),
    ),
  };
}

const nothing: Cell = {
  status: 'not_delivered',
  value: null,
  flags: [],
  coverage: { expected: 0, delivered: 0, suppressed: 0, notApplicable: 0, absent: 0 },
};

const byMembers = (rows: readonly AnswerRow[]): Map<string, AnswerRow> =>
  new Map(rows.map((row) => [cellKey('', row.members), row]));

/** What nobody has delivered is no figure yet, or none any more, whether or not it has a row. */
const isThere = (row: AnswerRow | undefined): row is AnswerRow =>
  row?.cells.some(({ status }) => status !== 'not_delivered') ?? false;

function changeOf(row: AnswerRow | undefined, old: AnswerRow | undefined): Change | null {
  if (isThere(row)) {
    if (!isThere(old)) return 'added';
    return sameCells(row.cells, old.cells) ? null : 'changed';
  }
  return isThere(old) ? 'removed' : null;
}

const sameCells = (some: readonly Cell[], others: readonly Cell[]): boolean =>
  some.every((cell, at) => {
    const other = others[at];
    return other !== undefined && isSame(cell, other);
  });

/** Coverage and flags are part of what is said: a figure that is no longer preliminary was changed. */
function isSame(one: Cell, other: Cell): boolean {
  const { expected, delivered, suppressed, notApplicable, absent } = one.coverage;
  return (
    one.status === other.status &&
    (one.value === null || other.value === null
      ? one.value === other.value
      : compare(one.value, other.value) === 0) &&
    one.flags.join() === other.flags.join() &&
    expected === other.coverage.expected &&
    delivered === other.coverage.delivered &&
    suppressed === other.coverage.suppressed &&
    notApplicable === other.coverage.notApplicable &&
    absent === other.coverage.absent
  );
}

/** Names of members that only an older answer has. */
function withMembers(levels: readonly AnswerLevel[], older: readonly Answer[]): readonly AnswerLevel[] {
  return levels.map((level, at) => ({
    ...level,
    members: Object.assign({}, ...older.map((each) => each.levels[at]?.members), level.members),
  }));
}
