import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Geography } from '../geography.ts';
import type { Naive } from '../naive.ts';
import { months } from './world.ts';

export const levels = ['kommune', 'landsdel', 'region', 'land'] as const;
export const times = ['maaned', 'kvartal', 'aar', 'uge'] as const;
type Level = (typeof levels)[number];
type Time = (typeof times)[number];

/** What is asked of every KPI: a level, a time, and the structure of the newest day or of each period's own. */
export interface NationalQuestion {
  readonly id: string;
  readonly level: Level;
  readonly time: Time;
  readonly hierarchy: 'as-is' | 'as-was';
  /** `2026M09..2027M02`. */
  readonly period: string;
}

/** One hand-written query, and where its KPI has an answer. */
export interface NationalOracle {
  readonly domain: string;
  readonly cube: string;
  readonly kpi: string;
  readonly sql: string;
  readonly levels: readonly string[];
  readonly times: readonly string[];
  /** A filter, where the KPI has an answer only of a part; undefined: of everything. */
  readonly where: string | undefined;
  /** Fewer where `asked` names the times (an answer may stand on very many periods) or `until` the last year. */
  readonly questions: readonly NationalQuestion[];
}

const folder = join(import.meta.dirname, 'kpis');

/** Each file is one KPI; its first lines say where it has an answer, and it must be refused elsewhere. */
export function nationalOracles(): NationalOracle[] {
  return readdirSync(folder).flatMap((domain) =>
    readdirSync(join(folder, domain)).map((file) => {
      const sql = readFileSync(join(folder, domain, file), 'utf8');
      const head = (word: string) => new RegExp(`^-- ${word}: (.*)$`, 'm').exec(sql)?.[1] ?? '';
      return {
        domain,
        cube: head('cube'),
        kpi: `${domain}.${file.replace(/\.sql$/, '')}`,
        sql,
        levels: head('levels').split(' '),
        times: head('times').split(' '),
        where: head('where') || undefined,
        questions: [...nationalQuestions, ...(head('earlier') === 'yes' ? earlierQuestions : [])]
          .filter(({ time }) => head('asked') === '' || head('asked').split(' ').includes(time))
          .map((question) =>
            head('until') === '' ? question : { ...question, period: endOf(question, head('until')) },
          ),
      };
    }),
  );
}

/** What is asked, up to the end of a year: of a KPI that knows nothing of later ones. */
function endOf({ period, time }: NationalQuestion, year: string): string {
  const [first = ''] = period.split('..');
  return `${first}..${{ maaned: `${year}M12`, kvartal: `${year}K4`, aar: year, uge: `${year}U52` }[time]}`;
}

/** The last half year and what it lies in; over the change of regions both structures, else one. */
const stretches: Readonly<Record<Time, string>> = {
  maaned: '2026M10..2027M02',
  kvartal: '2026K2..2027K1',
  aar: '2025..2027',
  uge: '2026U50..2027U03',
};

export const nationalQuestions: readonly NationalQuestion[] = levels.flatMap((level) =>
  times.flatMap((time) =>
    (level === 'region' ? (['as-is', 'as-was'] as const) : (['as-is'] as const)).map((hierarchy) => ({
      id: `${level}/${time}/${hierarchy}`,
      level,
      time,
      hierarchy,
      period: stretches[time],
    })),
  ),
);

/** Months of which a year later is held too, for the KPIs that look there. */
const earlierQuestions: readonly NationalQuestion[] = levels.map((level) => ({
  id: `${level}/maaned/earlier`,
  level,
  time: 'maaned',
  hierarchy: 'as-is',
  period: '2025M11..2026M03',
}));

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The last day that anything is of: as-is is the structure of that day. */
const newestDay = lastDayOf(months.until);

/** Fills `place` for all questions at once. */
export async function layOut(naive: Naive, geography: Geography): Promise<void> {
  await naive.run(`create or replace table home (level varchar, day varchar, kommune varchar, area varchar, expected boolean);
create or replace table stretch (question varchar, level varchar, unit varchar, code varchar, period varchar, day varchar);`);
  const homes: string[] = [];
  for (const level of levels)
    for (const day of ['2026-01-01', '2027-02-28'])
      for (const { kommune, area, expected } of geography.homes(level, day))
        homes.push(`(${quoted(level)}, ${quoted(day)}, ${quoted(kommune)}, ${quoted(area)}, ${expected})`);
  await naive.run(`insert into home values ${homes.join(', ')};`);
  const rows = [...nationalQuestions, ...earlierQuestions].flatMap((question) => stretchesOf(question));
  await naive.run(`insert into stretch values ${rows.map((row) => `(${row.map(quoted).join(', ')})`).join(', ')};
create or replace temp table place as
  select question, unit, code, period, kommune, area, expected
  from stretch join home on home.level = stretch.level and home.day = if(stretch.day < '2027-01-01', '2026-01-01', '2027-02-28');`);
}

/** Source periods of every frequency that make each period of a question, and the day whose structure holds. */
function stretchesOf({ id, level, time, hierarchy, period }: NationalQuestion): string[][] {
  const [first = '', last = first] = period.split('..');
  const units = { M: 'maaned', K: 'kvartal', Å: 'aar', U: 'uge' } as const;
  return periodsFrom(first, last, time).flatMap((out) => {
    const day = (of: string) => (hierarchy === 'as-is' ? newestDay : dayOf(of));
    const own = Object.entries(units).flatMap(([unit, each]) =>
      allPeriods(each)
        .filter((code) => isIn(code, out))
        .map((code) => [id, level, unit, code, out, day(code)]),
    );
    const year = Number(dayOf(out).slice(0, 4));
    const start = dayOf(out) >= `${year}-09-01` ? year : year - 1;
    return [
      ...own,
      [id, level, 'primo', String(year), out, day(out)],
      [id, level, 'skolestart', String(start), out, day(out)],
    ];
  });
}

function isIn(code: string, out: string): boolean {
  if (code[4] !== 'U') return firstDayOf(code) >= firstDayOf(out) && lastDayOf(code) <= lastDayOf(out);
  return dayOf(code) >= firstDayOf(out) && dayOf(code) <= lastDayOf(out);
}

/** The day that a period is of: its last, and of a week its Thursday. */
function dayOf(code: string): string {
  if (code[4] !== 'U') return lastDayOf(code);
  const monday = new Date(firstDayOf(code));
  return iso(utc(monday.getUTCFullYear(), monday.getUTCMonth(), monday.getUTCDate() + 3));
}

// --- the calendar, counted by hand -----------------------------------------------------------------

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}

function firstDayOf(code: string): string {
  const year = Number(code.slice(0, 4));
  if (code[4] === 'M') return iso(utc(year, Number(code.slice(5)) - 1, 1));
  if (code[4] === 'K') return iso(utc(year, (Number(code[5]) - 1) * 3, 1));
  if (code[4] === 'U') return iso(utc(year, 0, firstMonday(year) + (Number(code.slice(5)) - 1) * 7));
  return `${year}-01-01`;
}

function lastDayOf(code: string): string {
  const year = Number(code.slice(0, 4));
  if (code[4] === 'M') return iso(utc(year, Number(code.slice(5)), 0));
  if (code[4] === 'K') return iso(utc(year, Number(code[5]) * 3, 0));
  if (code[4] === 'U') return iso(utc(year, 0, firstMonday(year) + Number(code.slice(5)) * 7 - 1));
  return `${year}-12-31`;
}

/** Day in January (it may be 0 or less) of the Monday of the week that holds 4 January. */
function firstMonday(year: number): number {
  const weekday = (utc(year, 0, 4).getUTCDay() + 6) % 7;
  return 4 - weekday;
}

function allPeriods(time: Time): string[] {
  const years = [2024, 2025, 2026, 2027];
  const numbered = (letter: string, count: number, width: number) =>
    years.flatMap((year) =>
      Array.from({ length: count }, (_, at) => `${year}${letter}${String(at + 1).padStart(width, '0')}`),
    );
  switch (time) {
    case 'maaned':
      return numbered('M', 12, 2);
    case 'kvartal':
      return numbered('K', 4, 1);
    case 'uge':
      return numbered('U', 53, 2).filter((code) => Number(code.slice(5)) < 53 || code.startsWith('2026'));
    case 'aar':
      return years.map(String);
  }
}

const periodsFrom = (first: string, last: string, time: Time): string[] =>
  allPeriods(time).filter((code) => code >= first && code <= last);
