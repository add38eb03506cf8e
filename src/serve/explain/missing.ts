import { levelOfFrequency, parsePeriod } from '../../model/periods.ts';
import type { SemanticModel } from '../../model/types.ts';
import type { Coverage } from '../../query/answer.ts';
import type { BoundColumn, BoundQuery, MeasureUse, MemberLevel, OutPeriod } from '../../query/bound.ts';
import { sliceOf } from '../../query/slice.ts';
import { type AskContext, type PreparedQuery, prepareBound, runPrepared } from '../ask.ts';
import type { OpenEdition } from '../openEdition.ts';
import { absentDeliverers } from '../presentParts.ts';

/** Members of which a part of a figure is not known in one source period. */
export interface MissingParts {
  readonly period: string;
  /** `not_applicable` is not expected, and not missing; it is told since it is not in the figure. */
  readonly why: 'not_delivered' | 'suppressed' | 'not_applicable';
  /** The levels whose members are told: `kommune`, or `kommune`, `koen`. */
  readonly levels: readonly string[];
  /** A code for each level. */
  readonly members: readonly (readonly string[])[];
}

/**
 * What a component lacks, part by part: each finest member that coverage counts, in each source period, asked of the
 * edition as the component itself is. Of a source whose silence is zero, who should have delivered and did not.
 */
export async function missingParts(
  edition: OpenEdition,
  prepared: PreparedQuery,
  column: BoundColumn,
  use: MeasureUse,
  context: AskContext,
): Promise<readonly MissingParts[]> {
  const { model } = edition;
  const slice = (dimension: string, filters: MeasureUse['filters']) =>
    sliceOf(
      model,
      dimension,
      filters.some((each) => each.dimension === dimension) ? prepared.bound.filters : [],
    );
  const held = new Set(edition.manifest.tables.find(({ source }) => source === use.measure.source)?.periods);
  const absent = absentDeliverers(model, slice, prepared.delivered, use, held);
  if (absent !== null)
    return absent.flatMap(({ source: period, level, codes }) =>
      codes.length === 0
        ? []
        : [{ period, why: 'not_delivered', levels: [level], members: codes.map((code) => [code]) }],
    );
  const asked = partByPart(model, prepared.bound, column, use);
  if (asked === null) return [];
  const parts = await prepareBound(edition, asked, undefined, context);
  if (!parts.value) return [];
  const { rows } = await runPrepared(edition, parts.value, context);
  const time = asked.levels.length - 1;
  const levels = asked.levels.slice(0, time).map(({ name }) => name);
  const found = new Map<string, { period: string; why: MissingParts['why']; members: string[][] }>();
  for (const { members, cells } of rows) {
    const why = whyMissing(cells[0]?.coverage);
    if (why === null) continue;
    const period = members[time] ?? '';
    const key = `${period} ${why}`;
    const group = found.get(key) ?? { period, why, members: [] };
    group.members.push(members.slice(0, time));
    found.set(key, group);
  }
  return [...found.values()].map((each) => ({ ...each, levels }));
}

function whyMissing(coverage: Coverage | undefined): MissingParts['why'] | null {
  if (coverage === undefined) return null;
  if (coverage.absent > 0) return 'not_delivered';
  if (coverage.suppressed > 0) return 'suppressed';
  return coverage.notApplicable > 0 && coverage.expected === 0 ? 'not_applicable' : null;
}

/** The same slice of one measure, by the finest members that are counted and by source period; null: none are. */
function partByPart(
  model: SemanticModel,
  bound: BoundQuery,
  column: BoundColumn,
  use: MeasureUse,
): BoundQuery | null {
  const source = model.sources[use.measure.source];
  if (!source || use.coverageDimensions.length === 0) return null;
  const levels = use.coverageDimensions.map(
    (dimension): MemberLevel => ({
      kind: 'member',
      name: model.dimensions[dimension]?.leaf ?? dimension,
      dimension,
    }),
  );
  const first = new Map(use.pairs.map((pair) => [pair.source, pair]));
  const periods = [...first.keys()].flatMap((code): OutPeriod[] => {
    const period = parsePeriod(code);
    return period ? [{ code, firstDay: period.firstDay, lastDay: period.lastDay }] : [];
  });
  const { earlier: _earlier, ...rest } = column;
  const { prices: _prices, reach: _reach, ...own } = use;
  const id = use.measure.id;
  return {
    ...bound,
    columns: [
      {
        ...rest,
        kind: 'measure',
        unit: use.measure.unit,
        expression: { kind: 'use', use: id },
        measures: [id],
        uses: [{ id, measure: id, steps: [], beside: [] }],
      },
    ],
    levels: [...levels, { kind: 'time', name: levelOfFrequency[source.frequency] }],
    periods,
    order: null,
    top: null,
    measures: [
      {
        ...own,
        id,
        levels,
        askedOf: null,
        windows: [],
        // Only who is there is asked, and that of parts that do not add too.
        parts: 'count',
        weight: null,
        totalAt: null,
        pairs: [...first.values()].map((pair) => ({ ...pair, out: pair.source, weight: null })),
      },
    ],
  };
}
