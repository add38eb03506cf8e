import type { ReconciliationResult } from '../catalog/types.ts';
import { dateOf, dayAfter, dayOfDate, parsePeriod } from '../model/periods.ts';
import { type Language, printExact, printNumber } from '../model/printNumber.ts';
import { parseDecimal, type Rational } from '../model/rational.ts';
import type { AnswerNote, AnswerRow } from '../query/answer.ts';
import type { BoundQuery } from '../query/bound.ts';
import { changesOf, formulasFor, formulasOf } from '../query/versions.ts';
import { reachesOf } from './finishColumn.ts';
import type { OpenEdition } from './openEdition.ts';

/** What a reader must know beside the figures; nothing that concerns a column is kept back. */
export function notesOf(edition: OpenEdition, query: BoundQuery, rows: readonly AnswerRow[]): AnswerNote[] {
  return [
    ...retractionNotes(edition),
    ...syntheticNotes(edition, rows),
    ...approvalNotes(edition, query),
    ...reconciliationNotes(edition, query),
    ...besideNotes(query, rows),
    ...toDateNotes(query),
    ...pricesNotes(query),
    ...breakNotes(query),
    ...versionNotes(query),
    ...successorNotes(edition, query),
    ...provisionalNotes(edition, query, rows),
  ];
}

/** Before everything else: figures that were taken back are no longer what they say. */
function retractionNotes({ retraction, passedOver = [] }: OpenEdition): AnswerNote[] {
  const note = (da: string, en: string): AnswerNote => ({
    kind: 'retraction',
    column: null,
    text: { da, en },
  });
  return [
    ...(retraction ? [retraction] : []).map(({ id, reason, by, at }) =>
      note(
        `Udgaven ${id} er trukket tilbage ${at.slice(0, 10)} af ${by}: ${reason}`,
        `The edition ${id} was taken back on ${at.slice(0, 10)} by ${by}: ${reason}`,
      ),
    ),
    ...passedOver.map(({ id, reason, by, at }) =>
      note(
        `En nyere udgave, ${id}, er trukket tilbage ${at.slice(0, 10)} af ${by}: ${reason}`,
        `A newer edition, ${id}, was taken back on ${at.slice(0, 10)} by ${by}: ${reason}`,
      ),
    ),
  ];
}

function syntheticNotes({ manifest }: OpenEdition, rows: readonly AnswerRow[]): AnswerNote[] {
  const touched = rows.some((row) => row.cells.some(({ flags }) => flags.includes('synthetic')));
  if (!manifest.synthetic || !touched) return [];
  return [
    {
      kind: 'synthetic',
      column: null,
      text: {
        da: 'Tallene er syntetiske: opdigtede, ikke rigtige.',
        en: 'These figures are synthetic: made up, not real.',
      },
    },
  ];
}

/** A gate stopped the edition for a figure, and somebody answers for it. */
function approvalNotes({ manifest }: OpenEdition, query: BoundQuery): AnswerNote[] {
  const { approvals = [], gates = [] } = manifest;
  return approvals.flatMap(({ gate, by, reason }): AnswerNote[] => {
    const kpi = gates.find(({ id }) => id === gate)?.kpi ?? null;
    const told = {
      da: `Udgaven blev stoppet af ${gate} og godkendt af ${by}: ${reason}`,
      en: `The edition was stopped by ${gate} and approved by ${by}: ${reason}`,
    };
    if (kpi === null) return [{ kind: 'gate', column: null, text: told }];
    const columns = query.columns.filter((column) => column.kpi.id === kpi);
    return columns.map(({ name }) => ({ kind: 'gate', column: name, text: told }));
  });
}

/** Differences between our figure and the one it should agree with, in the periods asked for. */
function reconciliationNotes({ manifest, model }: OpenEdition, query: BoundQuery): AnswerNote[] {
  const periods = new Set(query.measures.flatMap(({ pairs }) => pairs.map(({ source }) => source)));
  return query.columns.flatMap((column) =>
    manifest.reconciliations
      .filter(({ kpi, outcome }) => kpi === column.kpi.id && outcome === 'differs')
      .flatMap((result): AnswerNote[] => {
        const reached = result.differences.filter(({ period }) => periods.has(period));
        const last = reached.at(-1);
        if (!last) return [];
        return [
          {
            kind: 'reconciliation',
            column: column.name,
            text: reconciliationText(result, last, reached.length, model.kpis[result.against]?.name),
          },
        ];
      }),
  );
}

function reconciliationText(
  result: ReconciliationResult,
  last: ReconciliationResult['differences'][number],
  count: number,
  against: string | undefined,
) {
  const where = `${result.level} ${last.member}, ${last.period}`;
  const exact = (text: string, language: Language) => printExact(parseDecimal(text), language);
  const [da, en] = [against ?? 'kildens egen total', against ?? "the source's own total"];
  const all = count > 1 ? { da: ` (${count} forskelle i alt)`, en: ` (${count} differences in all)` } : null;
  return {
    da: `Afstemning ${result.id}: ${where}: vores ${exact(last.ours, 'da')}, ${da} ${exact(last.theirs, 'da')}, forskel ${exact(last.difference, 'da')}${all?.da ?? ''}.`,
    en: `Reconciliation ${result.id}: ${where}: ours ${exact(last.ours, 'en')}, ${en} ${exact(last.theirs, 'en')}, difference ${exact(last.difference, 'en')}${all?.en ?? ''}.`,
  };
}

/** Rows that are told of one by one; of more only the number. */
const fewRows = 5;

/** Where the source's own total stands in for ours, ours stands beside it. */
function besideNotes(query: BoundQuery, rows: readonly AnswerRow[]): AnswerNote[] {
  return query.columns.flatMap((column, at): AnswerNote[] => {
    const shown = (value: Rational, language: Language) => printNumber(value, column.decimals, language);
    const beside = rows.flatMap(({ members, cells }) => {
      const { ours, value } = cells[at] ?? {};
      return ours && value && shown(ours, 'en') !== shown(value, 'en') ? [{ members, ours, value }] : [];
    });
    if (beside.length > fewRows) {
      const text = {
        da: `I ${beside.length} rækker vises kildens egen total; kommunernes tal giver et andet tal (se "ours" i JSON).`,
        en: `In ${beside.length} rows the source's own total is shown; our own parts give another figure ("ours" in JSON).`,
      };
      return [{ kind: 'reconciliation', column: column.name, text }];
    }
    return beside.map(({ members, ours, value }) => ({
      kind: 'reconciliation',
      column: column.name,
      text: {
        da: `${[column.name, ...members].join(' ')}: kildens egen total er ${shown(value, 'da')}; kommunernes tal giver ${shown(ours, 'da')}.`,
        en: `${[column.name, ...members].join(' ')}: the source's own total is ${shown(value, 'en')}; our own parts give ${shown(ours, 'en')}.`,
      },
    }));
  });
}

/** A year to date that ends before the asked period does must not be taken for all of it. */
function toDateNotes(query: BoundQuery): AnswerNote[] {
  return query.columns.flatMap((column) => {
    const own = new Set(formulasFor(column, query.periods).flatMap(({ uses }) => uses.map(({ id }) => id)));
    const isToDate = (text: string) => text === 'ytd';
    const uses = query.measures.filter(({ id, windows }) => own.has(id) && windows.every(isToDate));
    const cut = query.periods.flatMap((period) => {
      const lasts = uses
        .filter(({ windows }) => windows.length > 0)
        .flatMap(({ pairs }) => pairs.filter(({ out }) => out === period.code).at(-1)?.source ?? []);
      const last = lasts.find((code) => (parsePeriod(code)?.lastDay ?? period.lastDay) < period.lastDay);
      return last === undefined ? [] : [{ asked: period.code, last }];
    });
    return cut.map(
      ({ asked, last }): AnswerNote => ({
        kind: 'periods',
        column: column.name,
        text: {
          da: `${column.name}: ${asked} er holdt i en del, og år til dato går til og med ${last}.`,
          en: `${column.name}: ${asked} is held in part, and the year to date goes up to ${last}.`,
        },
      }),
    );
  });
}

/** Which rates a figure used: another edition gives another figure, though no source has changed. */
function pricesNotes(query: BoundQuery): AnswerNote[] {
  return query.columns.flatMap((column) => {
    const used = formulasFor(column, query.periods)
      .flatMap(({ uses }) => uses)
      .flatMap(({ id }) => query.measures.find((use) => use.id === id)?.prices ?? []);
    const texts = new Map(used.map((prices) => [JSON.stringify(prices), prices]));
    return [...texts.values()].map(
      ({ year, index, edition, type, madeUp }): AnswerNote => ({
        kind: 'prices',
        column: column.name,
        text: {
          da: `${column.name}: ${year}-priser efter ${index}, udgave ${edition}, ${type}${madeUp ? '; satser i den er opdigtede' : ''}.`,
          en: `${column.name}: prices of ${year} by ${index}, edition ${edition}, ${type}${madeUp ? '; rates in it are made up' : ''}.`,
        },
      }),
    );
  });
}

/** A break concerns whoever sees figures from both sides of it, beside each other or in one. */
function breakNotes(query: BoundQuery): AnswerNote[] {
  const isCrossed = (from: string): boolean => {
    const start = parsePeriod(from)?.firstDay;
    if (start === undefined) return false;
    return (
      query.periods.some(({ firstDay }) => firstDay < start) &&
      query.periods.some(({ lastDay }) => lastDay >= start)
    );
  };
  return query.columns.flatMap((column) =>
    formulasFor(column, query.periods)
      .flatMap(({ kpi }) => kpi.breaks)
      .filter(({ from }, at, all) => all.findIndex((each) => each.from === from) === at && isCrossed(from))
      .map(
        ({ from, label }): AnswerNote => ({
          kind: 'break',
          column: column.name,
          text: { da: `Databrud fra ${from}: ${label.da}`, en: `Break in series from ${from}: ${label.en}` },
        }),
      ),
  );
}

/** A change of the definition concerns whoever sees both sides of it, or a figure that reaches over it. */
function versionNotes(query: BoundQuery): AnswerNote[] {
  return query.columns.flatMap((column) => {
    const ids = new Set(formulasFor(column, query.periods).flatMap(({ uses }) => uses.map(({ id }) => id)));
    const uses = query.measures.filter(({ id }) => ids.has(id));
    const reaches = query.periods.map(reachesOf(uses));
    const all = formulasOf(column);
    return changesOf(column).flatMap((day, at): AnswerNote[] => {
      const isSeen =
        reaches.some(({ firstDay }) => firstDay < day) && reaches.some(({ lastDay }) => day <= lastDay);
      const [before, after] = [all[at]?.kpi, all[at + 1]?.kpi];
      if (!isSeen || !before || !after) return [];
      const isOwn = before.version !== after.version;
      const text = {
        da: isOwn
          ? `version ${after.version} i stedet for ${before.version}`
          : 'et nøgletal i formlen er lavet om',
        en: isOwn
          ? `version ${after.version} in place of ${before.version}`
          : 'a KPI in the formula was changed',
      };
      const from = dateOf(day);
      return [
        {
          kind: 'break',
          column: column.name,
          text: {
            da: `${column.name}: ny definition fra ${from}: ${text.da}.`,
            en: `${column.name}: new definition from ${from}: ${text.en}.`,
          },
        },
      ];
    });
  });
}

/** What members broke off concerns whoever sees their level, or filters by it, on both sides of the day. */
function successorNotes({ model }: OpenEdition, query: BoundQuery): AnswerNote[] {
  const seen = new Set([
    ...query.levels.flatMap((level) => (level.kind === 'member' ? [level.dimension] : [])),
    ...query.filters.map(({ dimension }) => dimension),
  ]);
  const isCrossed = (lastDay: number) =>
    query.periods.some(({ firstDay }) => firstDay <= lastDay) &&
    query.periods.some((period) => period.lastDay > lastDay);
  const notes = [...seen].flatMap((dimension) => {
    const members = model.classifications[model.dimensions[dimension]?.leaf ?? '']?.members ?? [];
    return members.flatMap(({ successors, validTo }): AnswerNote[] => {
      const day = dayOfDate(validTo);
      if (successors?.kind !== 'broken' || day === null || !isCrossed(day)) return [];
      const from = dayAfter(validTo);
      const { da, en } = successors.note ?? {
        da: 'klassifikationen er lavet om',
        en: 'the classification was changed',
      };
      const text = { da: `Databrud fra ${from}: ${da}`, en: `Break in series from ${from}: ${en}` };
      return [{ kind: 'break', column: null, text }];
    });
  });
  return [...new Map(notes.map((note) => [note.text.en, note])).values()];
}

/** A code that is ours until the official one is public must not be taken for official. */
function provisionalNotes(
  { model }: OpenEdition,
  query: BoundQuery,
  rows: readonly AnswerRow[],
): AnswerNote[] {
  return query.levels.flatMap((level, position): AnswerNote[] => {
    if (level.kind !== 'member') return [];
    const codes = new Set(rows.map((row) => row.members[position]));
    const provisional =
      model.classifications[level.name]?.members.filter(
        (member) => member.provisional && codes.has(member.code),
      ) ?? [];
    return provisional.map((member) => ({
      kind: 'hierarchy',
      column: null,
      text: {
        da: `Koden ${member.code} (${member.label.da}) er foreløbig.`,
        en: `The code ${member.code} (${member.label.en}) is provisional.`,
      },
    }));
  });
}
