import type { Label } from '../definitions/schema.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { keepEntries } from '../ledger/keepEntries.ts';
import type { LedgerReport } from '../ledger/report.ts';
import { summarize } from '../ledger/summary.ts';
import type { Ledger, LedgerQuestion } from '../ledger/types.ts';
import { type SemanticModel, unknownMember } from '../model/types.ts';
import { spanOfItem } from '../query/place.ts';
import { unknownLabel } from '../serve/labels.ts';
import type { OpenEdition } from '../serve/openEdition.ts';
import type { Triangle } from '../serve/triangle.ts';
import { ledger as ledgerOf } from './ledger.ts';
import { askContext, openNamed } from './opened.ts';
import { hintOf, type Outcome, type Outside, withWorkspace } from './outside.ts';
import { triangleIn } from './revisions.ts';

export interface ReportQuestion extends LedgerQuestion {
  readonly cube: string;
  /** The one before the second where nothing is said. */
  readonly from: string | null;
  /** The newest where nothing is said. */
  readonly to: string | null;
  readonly where: string | null;
  readonly level: string;
  readonly top: number;
  /** How many KPIs, those first that moved most, get a triangle of the country. */
  readonly triangles: number;
}

/** The ledger of two editions, with what is wanted to show it. */
export async function ledgerReport(
  outside: Outside,
  question: ReportQuestion,
): Promise<Outcome<LedgerReport>> {
  const { cube, from, to, where, level, top, triangles } = question;
  const made = await ledgerOf(outside, cube, from, to, question);
  if (!made.value) return { diagnostics: made.diagnostics, texts: made.texts };
  const whole = made.value;
  return withWorkspace(outside, async (workspace) => {
    const texts = new Map<string, string>([...made.texts, ['--where', where ?? '']]);
    const diagnostics: Diagnostic[] = [...made.diagnostics];
    let ledger: Ledger = whole;
    if (where !== null) {
      const { parse } = await askContext(workspace, { where });
      const condition = parse?.(where, { file: '--where', start: 0 });
      const kept = condition?.value ? keepEntries(whole, condition.value) : null;
      diagnostics.push(...(condition?.diagnostics ?? []), ...(kept?.diagnostics ?? []));
      if (!kept?.value) return { diagnostics, texts };
      ledger = kept.value;
    }
    const [before, after] = [
      await openNamed(workspace, cube, whole.from.id),
      await openNamed(workspace, cube, whole.to.id),
    ];
    diagnostics.push(...before.diagnostics, ...after.diagnostics);
    if (!before.value || !after.value) return { diagnostics, texts };
    const unknown = unknownNames(question.kpis ?? [], [after.value, before.value]);
    if (unknown.length > 0)
      return {
        diagnostics: [...diagnostics, ...unknown],
        texts: new Map([...texts, ['--kpi', (question.kpis ?? []).join(',')]]),
      };
    const summary = summarize(ledger, { level, top });
    const wanted = summary.kpis.filter(({ country }) => country !== null).slice(0, triangles);
    const shown: Triangle[] = [];
    for (const { column } of wanted) {
      const kpi = ledger.columns[column]?.id ?? '';
      const asked = { cube, kpis: [kpi], by: [], where: null, period: null, hierarchy: null, last: null };
      const triangle = await triangleIn(workspace, after.value, asked, kpi);
      // What cannot be asked any more has no triangle, and is in the ledger all the same.
      if (triangle.value && !hasErrors(triangle.diagnostics)) shown.push(triangle.value);
    }
    const models = [after.value.model, before.value.model];
    const value: LedgerReport = {
      ledger,
      summary,
      level,
      where,
      levels: levelLabels(ledger, models),
      members: memberLabels(ledger, models),
      triangles: shown,
    };
    return { value, diagnostics, texts };
  });
}

/** Names that neither edition has; what did not move is no fault. */
function unknownNames(names: readonly string[], editions: readonly OpenEdition[]): readonly Diagnostic[] {
  const known = new Set(
    editions.flatMap(({ cube, model }) => [
      ...cube.kpis.flatMap((id) => [id, model.kpis[id]?.name ?? id]),
      ...Object.values(model.measures).flatMap(({ id, name }) => [id, name]),
    ]),
  );
  return names.flatMap((name, at) => {
    if (known.has(name)) return [];
    const span = spanOfItem('--kpi', names, at);
    const message = `There is no KPI named "${name}" in either edition.`;
    return [diagnostic('unknown-kpi', message, { span, ...hintOf(didYouMean(name, known)) })];
  });
}

function levelLabels({ grids }: Ledger, models: readonly SemanticModel[]): Readonly<Record<string, Label>> {
  const names = [...new Set(grids.flatMap(({ levels }) => levels))];
  return Object.fromEntries(
    names.map((name) => {
      const found = models.flatMap(({ classifications }) => classifications[name] ?? [])[0];
      return [name, found?.label ?? { da: name, en: name }];
    }),
  );
}

/** Names of the members that occur, by the newer edition where both name them. */
function memberLabels({ grids, entries }: Ledger, models: readonly SemanticModel[]): LedgerReport['members'] {
  const codes = new Map<string, Set<string>>();
  for (const { grid, members } of entries)
    for (const [at, level] of (grids[grid]?.levels ?? []).entries()) {
      const own = codes.get(level) ?? new Set();
      own.add(members[at] ?? '');
      codes.set(level, own);
    }
  return Object.fromEntries(
    [...codes].map(([level, own]) => {
      const lists = models.flatMap(({ classifications }) => classifications[level] ?? []);
      const names = new Map(
        lists.reverse().flatMap(({ members }) => members.map(({ code, label }) => [code, label] as const)),
      );
      names.set(unknownMember, unknownLabel);
      return [
        level,
        Object.fromEntries([...own].map((code) => [code, names.get(code) ?? { da: code, en: code }])),
      ];
    }),
  );
}
