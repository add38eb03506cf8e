import { compareCodes } from '../model/codeOrder.ts';
import type {
  Answer,
  AnswerColumn,
  AnswerLevel,
  AnswerRow,
  Cell,
  Change,
  Validity,
} from '../query/answer.ts';

/**
 * An answer as rows and columns on paper. Without a pivot it is the answer itself; with one, the members
 * of one level stand side by side. Every printed or tabular format is made from a sheet.
 */
export interface Sheet {
  readonly levels: readonly AnswerLevel[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
  readonly total: SheetRow | null;
}

export interface SheetColumn {
  /** `ledige`, in a pivot `ledige_2026M07`. */
  readonly name: string;
  readonly column: AnswerColumn;
  /** The member that a pivoted column is for. */
  readonly member: { readonly level: AnswerLevel; readonly code: string } | null;
}

export interface SheetRow {
  readonly members: readonly string[];
  /** One per sheet column; null where a pivot has no such row in the answer. */
  readonly cells: readonly (Cell | null)[];
  readonly change?: Change;
  readonly valid?: Validity;
}

/** `pivot` is one of the answer's levels, or null. A pivoted sheet has no total: a total is a query of its own. */
export function sheetOf(answer: Answer, pivot: string | null): Sheet {
  const at = answer.levels.findIndex((level) => level.name === pivot);
  const level = answer.levels[at];
  return level === undefined ? plainSheet(answer) : pivotedSheet(answer, level, at);
}

function plainSheet({ levels, columns, rows, total }: Answer): Sheet {
  return {
    levels,
    columns: columns.map((column) => ({ name: column.name, column, member: null })),
    rows,
    total,
  };
}

function pivotedSheet(answer: Answer, level: AnswerLevel, at: number): Sheet {
  const codes = [...new Set(answer.rows.map((row) => row.members[at] ?? ''))].sort(compareCodes);
  const groups = groupRows(answer.rows, at);
  return {
    levels: answer.levels.filter((other) => other !== level),
    columns: codes.flatMap((code) =>
      answer.columns.map((column) => ({ name: `${column.name}_${code}`, column, member: { level, code } })),
    ),
    rows: [...groups.values()].map(({ members, byCode }) => ({
      members,
      cells: codes.flatMap<Cell | null>((code) => byCode.get(code)?.cells ?? answer.columns.map(() => null)),
    })),
    total: null,
  };
}

interface Group {
  readonly members: readonly string[];
  readonly byCode: Map<string, AnswerRow>;
}

/** Rows that share all members but the one at `at`, in the order in which they first occur. */
function groupRows(rows: readonly AnswerRow[], at: number): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const members = row.members.toSpliced(at, 1);
    const key = JSON.stringify(members);
    const group = groups.get(key) ?? { members, byCode: new Map() };
    group.byCode.set(row.members[at] ?? '', row);
    groups.set(key, group);
  }
  return groups;
}
