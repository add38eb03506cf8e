import type { Label } from '../definitions/schema.ts';
import { type Checked, hasErrors } from '../diagnostics/diagnostic.ts';
import { levelOfFrequency, type TimeLevel, timeLevels } from '../model/periods.ts';
import { compare, type Rational, subtract, zero } from '../model/rational.ts';
import { unknownMember } from '../model/types.ts';
import { measuresOfVersions } from '../model/versions.ts';
import type { Answer, Cell } from '../query/answer.ts';
import { type AskContext, ask } from './ask.ts';
import type { OpenEdition } from './openEdition.ts';

/** How the figures of one KPI would move; two figures differ in value or in status. */
export interface KpiImpact {
  readonly kpi: string;
  readonly newest: MovedFigures | null;
  readonly all: MovedFigures | null;
  /** The country in the newest period; null where it cannot be asked. */
  readonly national: { readonly before: Figure; readonly after: Figure } | null;
  /** Why nothing can be compared. */
  readonly reason: string | null;
}

export interface MovedFigures {
  /** `2026M07`, or `2021M07..2026M07`. */
  readonly period: string;
  readonly moved: number;
  readonly of: number;
  /** The figure that moves most; figures that come or go only where none moves. */
  readonly largest: Mover | null;
}

export interface Mover {
  readonly member: string;
  readonly label: Label;
  readonly period: string;
  readonly before: Figure;
  readonly after: Figure;
}

/** `value` is in the KPI's unit. */
export interface Figure {
  readonly status: Cell['status'];
  readonly value: Rational | null;
}

/** Both editions asked for all that they hold of a KPI, by kommune and period, and what differs. */
export async function impactOf(
  before: OpenEdition,
  after: OpenEdition,
  kpi: string,
  [contextBefore, contextAfter]: readonly [AskContext, AskContext],
): Promise<KpiImpact> {
  const nothing = { kpi, newest: null, all: null, national: null };
  const places = placesOf(after, kpi);
  const [then, now] = [
    await askFinest(before, kpi, places, contextBefore),
    await askFinest(after, kpi, places, contextAfter),
  ];
  if (!then.value || !now.value) {
    const said = [...then.diagnostics, ...now.diagnostics][0];
    return { ...nothing, reason: said?.message ?? 'The figures cannot be asked.' };
  }
  const cells = pairsOf(then.value, now.value, places.length);
  const periods = [...new Set(cells.map(({ period }) => period))];
  const last = periods.at(-1);
  if (last === undefined) return { ...nothing, reason: 'There is no figure in either.' };
  const newest = cells.filter(({ period }) => period === last);
  const country = [
    await countryIn(before, kpi, last, contextBefore),
    await countryIn(after, kpi, last, contextAfter),
  ] as const;
  return {
    kpi,
    newest: movedIn(newest, last),
    all: movedIn(cells, periods.length === 1 ? last : `${periods[0]}..${last}`),
    national: country[0] && country[1] ? { before: country[0], after: country[1] } : null,
    reason: null,
  };
}

/** Kommuner, and members of what the KPI does not add over: a question for all of those would have no answer. */
function placesOf({ model, cube }: OpenEdition, kpi: string): readonly string[] {
  const rules = measuresOfVersions(model, kpi).flatMap((id) =>
    Object.entries(model.measures[id]?.over ?? {}),
  );
  const parted = new Set(rules.flatMap(([dimension, { kind }]) => (kind === 'sum' ? [] : [dimension])));
  return cube.dimensions
    .filter((dimension) => dimension === 'kommune' || parted.has(dimension))
    .flatMap((dimension) => model.dimensions[dimension]?.leaf ?? []);
}

/** By the finest level of time that the KPI can be asked by. */
async function askFinest(
  edition: OpenEdition,
  kpi: string,
  places: readonly string[],
  context: AskContext,
): Promise<Checked<Answer>> {
  let refused: Checked<Answer> = { diagnostics: [] };
  for (const level of timeLevelsOf(edition, measuresOfVersions(edition.model, kpi))) {
    const request = { cube: edition.cube.id, kpis: [kpi], by: [...places, level] };
    const answered = await ask(edition, request, context);
    if (answered.value && !hasErrors(answered.diagnostics)) return answered;
    if (refused.diagnostics.length === 0) refused = { diagnostics: answered.diagnostics };
  }
  return refused;
}

/** From the finest frequency among the measures' sources on, coarser and coarser. */
export function timeLevelsOf(
  { model }: Pick<OpenEdition, 'model'>,
  measures: readonly string[],
): readonly TimeLevel[] {
  const used = measures.flatMap((id) => {
    const source = model.sources[model.measures[id]?.source ?? ''];
    return source ? [levelOfFrequency[source.frequency]] : [];
  });
  const finest = timeLevels.findIndex((level) => used.includes(level));
  return timeLevels.slice(Math.max(0, finest));
}

interface Pair {
  readonly member: string;
  readonly label: Label;
  readonly period: string;
  readonly before: Figure;
  readonly after: Figure;
}

const absent: Figure = { status: 'not_delivered', value: null };

/** Rows of both, side by side; one that only one of them has is not delivered in the other. */
function pairsOf(then: Answer, now: Answer, levels: number): readonly Pair[] {
  const figures = (answer: Answer) =>
    new Map(answer.rows.map((row) => [row.members.join('\u0000'), row.cells[0] ?? absent] as const));
  const [before, after] = [figures(then), figures(now)];
  const period = (key: string) => key.split('\u0000')[levels] ?? '';
  const order = [...new Set([...now.rows, ...then.rows].map(({ members }) => members[levels] ?? ''))].sort();
  return (
    [...new Set([...after.keys(), ...before.keys()])]
      // Whoever has no kommune is no kommune.
      .filter((key) => !key.split('\u0000').includes(unknownMember))
      .sort((one, other) => order.indexOf(period(one)) - order.indexOf(period(other)))
      .map((key) => {
        const members = key.split('\u0000').slice(0, levels);
        return {
          member: members.join(' '),
          label: joinedLabels(members.map((code, at) => labelIn(now, then, at, code))),
          period: period(key),
          before: figureOf(before.get(key)),
          after: figureOf(after.get(key)),
        };
      })
  );
}

const labelIn = (now: Answer, then: Answer, level: number, code: string): Label =>
  now.levels[level]?.members[code] ?? then.levels[level]?.members[code] ?? { da: code, en: code };

const joinedLabels = (labels: readonly Label[]): Label => ({
  da: labels.map(({ da }) => da).join(', '),
  en: labels.map(({ en }) => en).join(', '),
});

const figureOf = (cell: Figure | undefined): Figure =>
  cell === undefined ? absent : { status: cell.status, value: cell.value };

const differs = ({ before, after }: Pick<Pair, 'before' | 'after'>): boolean =>
  before.status !== after.status ||
  (before.value !== null && after.value !== null && compare(before.value, after.value) !== 0);

function movedIn(cells: readonly Pair[], period: string): MovedFigures {
  const moved = cells.filter(differs);
  let largest: Pair | null = null;
  for (const each of moved) if (largest === null || isLarger(each, largest)) largest = each;
  return { period, moved: moved.length, of: cells.length, largest };
}

function isLarger(one: Pair, other: Pair): boolean {
  const [a, b] = [movement(one), movement(other)];
  if (a === null || b === null) return a !== null && b === null;
  return compare(a, b) > 0;
}

/** How far a figure moves, without its sign; null where there is none before or after. */
export function movement({ before, after }: Pick<Pair, 'before' | 'after'>): Rational | null {
  if (before.value === null || after.value === null) return null;
  const difference = subtract(after.value, before.value);
  return compare(difference, zero) < 0 ? subtract(before.value, after.value) : difference;
}

async function countryIn(
  edition: OpenEdition,
  kpi: string,
  period: string,
  context: AskContext,
): Promise<Figure | null> {
  const request = { cube: edition.cube.id, kpis: [kpi], by: [], period };
  const cell = (await ask(edition, request, context)).value?.rows[0]?.cells[0];
  return cell ? figureOf(cell) : null;
}
