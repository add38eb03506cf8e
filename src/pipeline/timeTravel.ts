import { type Reign, reignsOf, timeAsked, type WhichEdition } from '../catalog/visible.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { Answer } from '../query/answer.ts';
import type { Request } from '../query/request.ts';
import { type AskContext, ask } from '../serve/ask.ts';
import { openEdition } from '../serve/openEdition.ts';
import { changedSince, historyOf } from '../serve/versionsOfFigures.ts';
import type { Workspace } from '../serve/workspace.ts';
import { editionsOf, visibilityOf } from './opened.ts';
import type { Past } from './past.ts';

/**
 * An answer with only the rows that are not what they were at a time, or with every version of each, or both: the
 * versions that came since. All editions are asked of the periods that the newest one was asked of.
 */
export async function askPast(
  workspace: Workspace,
  now: Answer,
  request: Request,
  which: WhichEdition,
  past: Past,
  context: AskContext,
): Promise<Checked<Answer>> {
  const refused = refusedOfPast(request);
  const time =
    past.updatedAfter === undefined ? null : timeAsked('--updated-after', past.updatedAfter, 'first');
  const diagnostics = [...refused, ...(time?.diagnostics ?? [])];
  if (hasErrors(diagnostics)) return { diagnostics };
  const after = time?.value ?? null;
  const reigns = await reignsUpTo(workspace, request.cube, now, which);
  if (!reigns.value) return { diagnostics: reigns.diagnostics };
  const answers = answeredBy(workspace, { ...request, period: now.period }, context);
  if (!past.includeHistory) {
    const then = reigns.value.filter(
      ({ from, to }) => after !== null && from <= after && (to ?? endless) > after,
    )[0];
    const before = then ? await answers(then) : null;
    const changed = changedSince(now, before);
    return {
      value: { ...now, ...changed, updatedAfter: { time: after ?? '', edition: then?.edition.id ?? null } },
      diagnostics: [],
    };
  }
  const times = [];
  for (const reign of reigns.value) {
    const { edition, from, to } = reign;
    times.push({ edition: edition.id, from, to, answer: await answers(reign) });
  }
  const history = historyOf(now, times);
  const rows =
    after === null ? history.rows : history.rows.filter(({ valid }) => (valid?.from ?? '') > after);
  return {
    value: {
      ...now,
      ...history,
      rows,
      ...(after === null ? {} : { updatedAfter: { time: after, edition: null } }),
    },
    diagnostics: [],
  };
}

const endless = '9999';

/** Rows of several editions have no order of size and no sum. */
function refusedOfPast({ totals, top, order }: Request): Diagnostic[] {
  const refuse = (option: string) =>
    diagnostic('not-of-the-past', `${option} has no meaning for rows of several editions.`, {
      hint: `leave out ${option}`,
    });
  return [
    ...(totals ? [refuse('--totals')] : []),
    ...(top === undefined ? [] : [refuse('--top')]),
    ...(order === undefined ? [] : [refuse('--order')]),
  ];
}

/** Who was the newest when, up to the edition or the time that is asked for. */
async function reignsUpTo(
  workspace: Workspace,
  cube: string,
  now: Answer,
  which: WhichEdition,
): Promise<Checked<readonly Reign[]>> {
  const editions = await editionsOf(workspace, cube);
  if (!editions.value) return { diagnostics: editions.diagnostics };
  const visibility = await visibilityOf(workspace, cube);
  if (which === null) return { value: reignsOf(editions.value, visibility), diagnostics: [] };
  if (typeof which === 'string') {
    const upTo = editions.value.filter(({ number }) => number <= now.edition.number);
    return { value: reignsOf(upTo, visibility), diagnostics: [] };
  }
  const time = timeAsked('--as-of', which.asOf, 'last').value ?? visibility.now;
  // What came after the time that is asked for was not known then, a retraction no more than an edition.
  const reigns = reignsOf(editions.value, visibility).filter(({ from }) => from <= time);
  return {
    value: reigns.map((reign) => (reign.to !== null && reign.to > time ? { ...reign, to: null } : reign)),
    diagnostics: [],
  };
}

/** Each edition is asked once; null where it does not know what is asked, since that came later. */
function answeredBy(workspace: Workspace, request: Request, context: AskContext) {
  const known = new Map<string, Answer | null>();
  return async ({ edition }: Reign): Promise<Answer | null> => {
    const before = known.get(edition.id);
    if (before !== undefined) return before;
    const opened = await openEdition(edition, workspace);
    const answered = opened.value ? await ask(opened.value, request, context) : null;
    const value = answered?.value ?? null;
    known.set(edition.id, value);
    return value;
  };
}
