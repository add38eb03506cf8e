import { parseDecimal } from '../../src/model/rational.ts';
import type { Flag, Status } from '../../src/model/status.ts';
import type { Answer, AnswerColumn, AnswerLevel, Cell, Coverage } from '../../src/query/answer.ts';

/** A cell with a number, known in full unless said otherwise. */
export function ok(
  value: string,
  more: { flags?: readonly Flag[]; coverage?: Partial<Coverage> } = {},
): Cell {
  return {
    status: 'ok',
    value: parseDecimal(value),
    flags: more.flags ?? [],
    coverage: coverage(more.coverage),
  };
}

/** A cell without a number. */
export function without(status: Status, flags: readonly Flag[] = []): Cell {
  return { status, value: null, flags, coverage: coverage({ delivered: 0, absent: 1 }) };
}

function coverage(given: Partial<Coverage> = {}): Coverage {
  return { expected: 1, delivered: 1, suppressed: 0, notApplicable: 0, absent: 0, ...given };
}

export const landsdel: AnswerLevel = {
  name: 'landsdel',
  label: { da: 'Landsdel', en: 'Province' },
  members: {
    '01': { da: 'Byen København', en: 'City of Copenhagen' },
    '09': { da: 'Østjylland', en: 'East Jutland' },
    uoplyst: { da: 'Uoplyst', en: 'Unknown' },
  },
};

export const maaned: AnswerLevel = {
  name: 'maaned',
  label: { da: 'Måned', en: 'Month' },
  members: {
    '2026M06': { da: 'juni 2026', en: 'June 2026' },
    '2026M07': { da: 'juli 2026', en: 'July 2026' },
  },
};

export const ledige: AnswerColumn = {
  name: 'ledige',
  kind: 'kpi',
  id: 'beskaeftigelse.ledige',
  version: 1,
  label: { da: 'Ledige', en: 'Unemployed' },
  unit: 'person',
  decimals: 0,
};

export const ledigePr1000: AnswerColumn = {
  name: 'ledige_pr_1000',
  kind: 'kpi',
  id: 'beskaeftigelse.ledige_pr_1000',
  version: 2,
  label: { da: 'Ledige pr. 1.000 indbyggere', en: 'Unemployed per 1,000 inhabitants' },
  unit: 'person/1000 borger',
  decimals: 1,
};

/** An answer with nothing in it that a test did not put there. */
export function answerOf(parts: Partial<Answer>): Answer {
  return {
    cube: 'beskaeftigelse',
    cubeLabel: { da: 'Beskæftigelse', en: 'Employment' },
    edition: {
      id: '2026M07-2-3fa9c1d2',
      number: 3,
      publishedAt: '2026-08-19T18:49:14.000Z',
      synthetic: false,
    },
    hierarchy: { mode: 'as-is', date: null },
    period: '2026M07',
    levels: [landsdel],
    columns: [ledige],
    rows: [],
    total: null,
    notes: [],
    route: { kind: 'cells', reasons: [] },
    ...parts,
  };
}
