import type { AnyDefinition } from '../definitions/definition.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import { type Diagnostic, hasErrors, type Span } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import {
  codesSelected,
  type HeldAccount,
  type HeldAccounts,
  type HeldViolation,
  heldViolations,
  selects,
  sourcesOfSelections,
  unusedCodes,
} from '../model/accounts/held.ts';
import { combinationInWords, dimensionsOfSelections } from '../model/accounts/selected.ts';
import type { Partition } from '../model/accounts/types.ts';
import { resolveId } from '../model/bind/names.ts';
import { codesOfViolations } from '../model/rules/partsOfPartitions.ts';
import type { SemanticModel, Source } from '../model/types.ts';
import { heldAccounts } from '../serve/heldAccounts.ts';
import type { Workspace } from '../serve/workspace.ts';
import {
  type LoadedDefinitions,
  loadModel,
  type Outcome,
  type Outside,
  snapshotsOf,
  withWorkspace,
} from './outside.ts';

/** Account codes with what becomes of them: those that occur, year by year, and those that never do. */
export interface AccountsReport {
  readonly id: string;
  readonly dimensions: readonly string[];
  readonly amounts: readonly { readonly name: string; readonly decimals: number }[];
  readonly lines: readonly AccountLine[];
}

export interface AccountLine {
  /** Null for a code of the selection that no source holds. */
  readonly source: string | null;
  readonly year: string | null;
  /** `selected`, `not_selected`, `unused`; of a partition the part, or `outside`, `left_out`, `shared`. */
  readonly part: string;
  /** In the order of `dimensions`; null where a line is about one code alone. */
  readonly codes: readonly (string | null)[];
  readonly rows: number;
  readonly amounts: readonly (bigint | null)[];
}

/** What a selection or a partition makes of the accounts that are held. */
export async function accounts(
  outside: Outside,
  name: string,
  options: { readonly year: string | null; readonly source: string | null },
): Promise<Outcome<AccountsReport>> {
  return withWorkspace(outside, async (workspace) => {
    const loaded = await loadModel(workspace);
    const model = loaded.value;
    if (!model) return { diagnostics: loaded.diagnostics, texts: loaded.texts };
    const texts = new Map([...loaded.texts, ['ID', name], ['--source', options.source ?? '']]);
    const resolved = resolveId(name, { ...model.selections, ...model.partitions });
    if (resolved.kind !== 'found') {
      const hint =
        resolved.kind === 'ambiguous' ? `write one of ${resolved.candidates.join(', ')}` : resolved.hint;
      const span = { file: 'ID', start: 0, end: name.length };
      const message = `There is no selection or partition named "${name}".`;
      return { diagnostics: [diagnostic('unknown-selection', message, { span, hint })], texts };
    }
    const ids = idsOf(model, resolved.value.id);
    const sources = sourcesOfSelections(model, ids);
    const chosen = sources.filter(({ id }) => options.source === null || id === options.source);
    if (options.source !== null && chosen.length === 0) {
      const names = sources.map(({ id }) => id);
      const hint = didYouMean(options.source, names) ?? `it can be asked of ${names.join(', ')}`;
      const span = { file: '--source', start: 0, end: options.source.length };
      const message = `No source named "${options.source}" has the columns of "${resolved.value.id}".`;
      return { diagnostics: [diagnostic('unknown-source', message, { span, hint })], texts };
    }
    const held = await heldOf(workspace, model, ids, chosen);
    if (hasErrors(held.diagnostics)) return { diagnostics: held.diagnostics, texts };
    return {
      value: reportOf(model, resolved.value.id, held.all, options.year),
      diagnostics: held.diagnostics,
      texts,
    };
  });
}

/** The selections that a selection or partition is about. */
function idsOf(model: SemanticModel, id: string): readonly string[] {
  const partition = model.partitions[id];
  if (!partition) return [id];
  return [...(partition.of === null ? [] : [partition.of]), ...partition.parts];
}

async function heldOf(
  workspace: Workspace,
  model: SemanticModel,
  ids: readonly string[],
  sources: readonly Source[],
): Promise<{ readonly all: readonly HeldAccounts[]; readonly diagnostics: readonly Diagnostic[] }> {
  const dimensions = dimensionsOfSelections(ids, model.selections);
  const snapshots = await snapshotsOf(
    workspace,
    sources.map(({ id }) => id),
  );
  const diagnostics = [...snapshots.diagnostics];
  const all: HeldAccounts[] = [];
  for (const source of snapshots.value ? sources : []) {
    const context = { ...workspace, engine: () => workspace.engine('ask') };
    const held = await heldAccounts(model, source, dimensions, snapshots.value ?? new Map(), context);
    diagnostics.push(...held.diagnostics);
    if (held.value) all.push(held.value);
  }
  return { all, diagnostics };
}

function reportOf(
  model: SemanticModel,
  id: string,
  all: readonly HeldAccounts[],
  year: string | null,
): AccountsReport {
  const dimensions = dimensionsOfSelections(idsOf(model, id), model.selections);
  const names = [...new Map(all.flatMap(({ amounts }) => amounts).map((one) => [one.name, one])).values()];
  const lines = all.flatMap((held) => {
    const part = partOf(model, id, held);
    const inYear = held.held.filter(({ period }) => year === null || period.startsWith(year));
    return linesByYear(held, inYear, part).map((line) => ({
      ...line,
      amounts: names.map(
        ({ name }) => line.amounts[held.amounts.findIndex((one) => one.name === name)] ?? null,
      ),
    }));
  });
  const unused = model.selections[id] ? unusedIn(model, id, all, year) : [];
  return {
    id,
    dimensions,
    amounts: names,
    lines: [
      ...lines,
      ...unused.map(({ dimension, code }) => ({
        source: null,
        year: null,
        part: 'unused',
        codes: dimensions.map((each) => (each === dimension ? code : null)),
        rows: 0,
        amounts: names.map(() => null),
      })),
    ],
  };
}

/** Codes of a selection that none of the sources holds, in the year that is asked for. */
function unusedIn(model: SemanticModel, id: string, all: readonly HeldAccounts[], year: string | null) {
  const inYear = all.map((one) => ({
    ...one,
    held: one.held.filter(({ period }) => year === null || period.startsWith(year)),
  }));
  return inYear.reduce(
    (left, held) => {
      const unused = unusedCodes(model, id, held);
      return left.filter(({ dimension, code }) =>
        unused.some((one) => one.dimension === dimension && one.code === code),
      );
    },
    codesSelected(model, id),
  );
}

function partOf(model: SemanticModel, id: string, held: HeldAccounts): (account: HeldAccount) => string {
  const partition = model.partitions[id];
  if (!partition) {
    const isSelected = selects(model, id, held);
    return (account) => (isSelected(account) ? 'selected' : 'not_selected');
  }
  const isParted = partition.of === null ? () => true : selects(model, partition.of, held);
  const parts = partition.parts.map((part) => ({ part, selects: selects(model, part, held) }));
  return (account) => {
    const taken = parts.filter((each) => each.selects(account));
    if (taken.length > 1) return 'shared';
    return taken[0]?.part ?? (isParted(account) ? 'left_out' : 'outside');
  };
}

/** Periods of a year together. A combination that changes its part within a year has a line for each. */
function linesByYear(
  { source }: HeldAccounts,
  held: readonly HeldAccount[],
  partOfAccount: (account: HeldAccount) => string,
): AccountLine[] {
  const lines = new Map<string, AccountLine>();
  for (const account of held) {
    const year = account.period.slice(0, 4);
    const part = partOfAccount(account);
    const key = JSON.stringify([year, part, account.codes]);
    const before = lines.get(key);
    lines.set(key, {
      source,
      year,
      part,
      codes: account.codes,
      rows: (before?.rows ?? 0) + account.rows,
      amounts: account.amounts.map((amount, at) => sumOf(before?.amounts[at] ?? null, amount)),
    });
  }
  return [...lines.values()].sort((a, b) => compareTexts(keyOf(a), keyOf(b)));
}

const keyOf = ({ year, part, codes }: AccountLine): string => [year, part, ...codes].join(' ');
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sumOf(one: bigint | null, other: bigint | null): bigint | null {
  return one === null || other === null ? (one ?? other) : one + other;
}

/** Every partition against all that the sources hold: told once for each pair of parts and source. */
export async function checkHeldAccounts(
  workspace: Workspace,
  { model, definitions }: Pick<LoadedDefinitions, 'model' | 'definitions'>,
): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const partition of Object.values(model?.partitions ?? {})) {
    if (!model) continue;
    const definition = definitions.partitions.find(({ record }) => record.partition === partition.id);
    const ids = idsOf(model, partition.id);
    const held = await heldOf(workspace, model, ids, sourcesOfSelections(model, ids));
    diagnostics.push(...held.diagnostics);
    for (const one of held.all) diagnostics.push(...violationsOf(model, partition, one, definition));
  }
  return diagnostics;
}

function violationsOf(
  model: SemanticModel,
  partition: Partition,
  held: HeldAccounts,
  definition: Pick<AnyDefinition, 'spanOf'> | undefined,
): Diagnostic[] {
  const groups = new Map<string, HeldViolation[]>();
  for (const violation of heldViolations(model, partition, held)) {
    const key = JSON.stringify([violation.kind, violation.parts]);
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  const span: Span | undefined = definition?.spanOf(['parts'], 'key');
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { account, kind, parts } = first;
    const codes = Object.fromEntries(
      held.dimensions.map((dimension, at) => [dimension, account.codes[at] ?? '']),
    );
    const more = others.length > 0 ? `, and ${others.length} more` : '';
    const what = { shared: `select it`, 'left-out': 'no part selects it', outside: 'it is not parted' }[kind];
    const who = kind === 'left-out' ? '' : `${parts.map((part) => `"${part}"`).join(' and ')} `;
    const where = `"${held.source}" holds ${combinationInWords(codes)} in ${account.period}${more}`;
    const message = `${where}: ${kind === 'outside' ? `${who}selects it, and ${what}` : `${who}${what}`}.`;
    return [diagnostic(codesOfViolations[kind], message, { span })];
  });
}
