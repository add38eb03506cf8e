import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { type TimeLevel, timeLevels } from '../model/periods.ts';
import { measuresOfVersions } from '../model/versions.ts';
import type { Answer } from '../query/answer.ts';
import type { Request } from '../query/request.ts';
import { ask } from '../serve/ask.ts';
import { timeLevelsOf } from '../serve/impact.ts';
import { type OpenEdition, openEdition } from '../serve/openEdition.ts';
import { type AskedEdition, type Triangle, triangleOf } from '../serve/triangle.ts';
import type { Workspace } from '../serve/workspace.ts';
import { askContext, editionsOf, openNamed, textsOf } from './opened.ts';
import { type Outcome, type Outside, withWorkspace } from './outside.ts';

/** A question without an edition: it is asked of all. */
export interface RevisionQuestion {
  readonly cube: string;
  readonly kpis: readonly string[];
  /** Without a level of time, the finest that the KPI has is added; without anything, `land` is. */
  readonly by: readonly string[];
  readonly where: string | null;
  readonly period: string | null;
  readonly hierarchy: string | null;
  /** Only so many of the newest editions; null: all. */
  readonly last: number | null;
}

/** How figures moved from edition to edition, a triangle for each KPI. */
export async function revisions(
  outside: Outside,
  question: RevisionQuestion,
): Promise<Outcome<readonly Triangle[]>> {
  return withWorkspace(outside, async (workspace) => {
    const texts = textsOf(requestOf(question, question.kpis, question.by), null);
    workspace.engine('ask').catch(() => undefined);
    const newest = await openNamed(workspace, question.cube, null);
    if (!newest.value) return { diagnostics: newest.diagnostics, texts };
    const value: Triangle[] = [];
    const diagnostics: Diagnostic[] = [...newest.diagnostics];
    for (const kpi of question.kpis) {
      const made = await triangleIn(workspace, newest.value, question, kpi);
      diagnostics.push(...made.diagnostics);
      if (made.value) value.push(made.value);
    }
    return hasErrors(diagnostics) ? { diagnostics, texts } : { value, diagnostics, texts };
  });
}

/**
 * The newest edition says what the question is and whether it can be asked; of the others each answers it by
 * its own definitions, as if it had been asked alone.
 */
export async function triangleIn(
  workspace: Workspace,
  newest: OpenEdition,
  question: RevisionQuestion,
  kpi: string,
): Promise<Checked<Triangle>> {
  const context = await askContext(workspace, question.where === null ? {} : { where: question.where });
  let asked: { readonly request: Request; readonly answer: Answer } | null = null;
  let refused: readonly Diagnostic[] = [];
  for (const by of levelsToTry(newest, question, kpi)) {
    const request = requestOf(question, [kpi], by);
    const { value, diagnostics } = await ask(newest, request, context);
    if (value) {
      asked = { request, answer: value };
      break;
    }
    if (refused.length === 0) refused = diagnostics;
  }
  if (!asked) return { diagnostics: refused };
  const editions = await editionsOf(workspace, question.cube);
  if (!editions.value || hasErrors(editions.diagnostics)) return { diagnostics: editions.diagnostics };
  const upTo = editions.value.filter(({ number }) => number <= newest.manifest.number);
  const answers: AskedEdition[] = [];
  for (const manifest of question.last === null ? upTo : upTo.slice(-question.last)) {
    const { id, number, publishedAt, synthetic } = manifest;
    const opened = await openEdition(manifest, workspace);
    if (!opened.value) return { diagnostics: opened.diagnostics };
    const said =
      number === newest.manifest.number
        ? { value: asked.answer, diagnostics: [] }
        : await ask(opened.value, asked.request, context);
    const head = { id, number, publishedAt, synthetic };
    answers.push(
      said.value
        ? { ...head, answer: said.value, reason: null }
        : { ...head, answer: null, reason: said.diagnostics[0]?.message ?? 'The figures cannot be asked.' },
    );
  }
  const value = triangleOf(asked.answer, answers);
  return value ? { value, diagnostics: [] } : { diagnostics: [] };
}

/** Splits of the question to be tried, the finest time first. */
function levelsToTry(
  edition: OpenEdition,
  { by, where }: RevisionQuestion,
  kpi: string,
): readonly (readonly string[])[] {
  if (by.some((level) => timeLevels.includes(level as TimeLevel))) return [by];
  const country = by.length === 0 && where === null && hasCountry(edition) ? ['land'] : by;
  return timeLevelsOf(edition, measuresAsked(edition, kpi)).map((level) => [...country, level]);
}

/** What a name stands on: measures of the KPI that is called so, or the measures themselves. */
function measuresAsked({ cube, model }: OpenEdition, name: string): readonly string[] {
  const kpi = cube.kpis.find((id) => id === name || id.endsWith(`.${name}`));
  if (kpi !== undefined) return measuresOfVersions(model, kpi);
  return Object.values(model.measures)
    .filter((measure) => measure.id === name || measure.name === name)
    .map(({ id }) => id);
}

/** Whoever names no place means the country; beside it stands what could not be placed. */
function hasCountry({ cube, model }: OpenEdition): boolean {
  return cube.dimensions.some((id) =>
    Object.values(model.dimensions[id]?.hierarchies ?? {}).some((levels) => levels.includes('land')),
  );
}

function requestOf(
  { cube, where, period, hierarchy }: RevisionQuestion,
  kpis: readonly string[],
  by: readonly string[],
): Request {
  return {
    cube,
    kpis,
    by,
    ...(where === null ? {} : { where }),
    ...(period === null ? {} : { period }),
    ...(hierarchy === null ? {} : { hierarchy }),
  };
}
