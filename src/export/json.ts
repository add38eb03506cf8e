import { toPlain } from '../model/rational.ts';
import type { Answer, AnswerRow, Cell } from '../query/answer.ts';

/** JSON as text already, so that a number keeps every digit it was given. */
class Verbatim {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * An answer as JSON, with all that it carries, whatever was asked to be shown. Numbers are rounded once, to
 * `decimals`, and written in full: no exponent, no noise of a double.
 */
export function printAnswerJson(answer: Answer, decimals: number): string {
  const { edition, route } = answer;
  return `${write(
    {
      cube: answer.cube,
      label: answer.cubeLabel,
      edition: {
        id: edition.id,
        number: edition.number,
        published_at: edition.publishedAt,
        synthetic: edition.synthetic,
      },
      period: answer.period,
      hierarchy: answer.hierarchy,
      levels: answer.levels,
      columns: answer.columns,
      rows: answer.rows.map((row) => rowObject(answer, row, decimals)),
      total: answer.total && rowObject(answer, answer.total, decimals),
      notes: answer.notes,
      route,
    },
    '',
  )}\n`;
}

function rowObject(answer: Answer, row: AnswerRow, decimals: number): object {
  return {
    members: Object.fromEntries(row.members.map((code, at) => [answer.levels[at]?.name ?? String(at), code])),
    cells: Object.fromEntries(
      row.cells.map((cell, at) => [answer.columns[at]?.name ?? String(at), cellObject(cell, decimals)]),
    ),
  };
}

function cellObject({ status, value, ours, flags, coverage }: Cell, decimals: number): object {
  return {
    value: value && new Verbatim(toPlain(value, decimals)),
    // What our own parts give, where the value is the source's own total.
    ours: ours && new Verbatim(toPlain(ours, decimals)),
    status,
    flags,
    coverage: {
      expected: coverage.expected,
      delivered: coverage.delivered,
      suppressed: coverage.suppressed,
      not_applicable: coverage.notApplicable,
      absent: coverage.absent,
    },
  };
}

/** As `JSON.stringify`, but `Verbatim` is written as it is, and what holds no object fits on one line. */
function write(value: unknown, indent: string): string {
  if (value instanceof Verbatim) return value.text;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((item) => ['', item] as const)
    : Object.entries(value).filter(([, item]) => item !== undefined);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const flat = entries.every(
    ([, item]) => typeof item !== 'object' || item === null || item instanceof Verbatim,
  );
  const inner = `${indent}  `;
  const parts = entries.map(
    ([key, item]) => `${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${write(item, inner)}`,
  );
  return flat
    ? `${open}${parts.join(', ')}${close}`
    : `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
