import { assertNever, invariant } from '../diagnostics/invariant.ts';
import { periodColumnOf } from '../model/relations.ts';
import { columnsIn } from '../model/rowReads.ts';
import type { RowStep } from '../model/rowSteps.ts';
import type { SemanticModel, Source, SourceColumn } from '../model/types.ts';
import type { PlannedStep, RowsPlan } from './plan.ts';

/**
 * The way to a source's rows, from the last step backwards, so that no step carries a column which nothing
 * after it uses. `wanted` are names of columns; the period is always kept.
 */
export function planRows(model: SemanticModel, source: Source, wanted: ReadonlySet<string>): RowsPlan {
  const period = periodColumnOf(source.columns)?.name;
  const all = period === undefined ? wanted : new Set([...wanted, period]);
  const columns = source.columns.filter(({ name }) => all.has(name));
  const { derivation } = source;
  if (!derivation) return { source: source.id, from: null, columns, steps: [] };
  const from = sourceOf(model, derivation.from);
  let needed: ReadonlySet<string> = all;
  const steps: PlannedStep[] = [];
  for (const [position, { step, columns: after }] of [...derivation.steps.entries()].reverse()) {
    const before = derivation.steps[position - 1]?.columns ?? from.columns;
    const kept = after.filter(({ name }) => needed.has(name));
    const lookup = step.kind === 'match' ? planLookup(model, step, needed) : null;
    const cut = step.kind === 'match' ? withoutUnused(step, needed) : step;
    needed = neededBefore(cut, needed, before);
    steps.unshift({
      step: cut,
      before: before.filter(({ name }) => needed.has(name)),
      columns: kept,
      lookup,
      came: step.kind === 'match' ? planCame(model, step) : null,
    });
  }
  return { source: source.id, from: planRows(model, from, needed), columns, steps };
}

function sourceOf(model: SemanticModel, id: string): Source {
  const source = model.sources[id];
  invariant(source, `${id} is in the model`);
  return source;
}

type Match = Extract<RowStep, { kind: 'match' }>;

function withoutUnused(step: Match, needed: ReadonlySet<string>): Match {
  const found = step.found !== null && needed.has(step.found) ? step.found : null;
  return { ...step, takes: step.takes.filter(({ name }) => needed.has(name)), found };
}

function planLookup(model: SemanticModel, step: Match, needed: ReadonlySet<string>): RowsPlan {
  const taken = step.takes.filter(({ name }) => needed.has(name)).map(({ column }) => column);
  const keys = step.on.map(({ theirs }) => theirs);
  const days = step.valid ? [step.valid.from, step.valid.to] : [];
  return planRows(model, sourceOf(model, step.rows), new Set([...keys, ...days, ...taken]));
}

function planCame(model: SemanticModel, { deliverers }: Match): RowsPlan | null {
  return deliverers
    ? planRows(model, sourceOf(model, deliverers.source), new Set([deliverers.theirs]))
    : null;
}

/** What must be there before a step so that it can give what is needed after it. */
function neededBefore(
  step: RowStep,
  after: ReadonlySet<string>,
  before: readonly SourceColumn[],
): ReadonlySet<string> {
  const passing = (made: readonly string[]) => [...after].filter((name) => !made.includes(name));
  switch (step.kind) {
    case 'where':
      return new Set([...after, ...columnsIn(step.condition)]);
    case 'derive': {
      const used = step.columns.filter(({ name }) => after.has(name));
      const made = step.columns.map(({ name }) => name);
      return new Set([...passing(made), ...used.flatMap(({ reads }) => reads)]);
    }
    case 'group': {
      const used = step.takes.filter(({ name }) => after.has(name));
      return new Set([...step.by, ...used.flatMap(({ columns }) => columns)]);
    }
    case 'spread': {
      const period = periodColumnOf(before)?.name;
      const own = [...after].filter((name) =>
        before.some((column) => column.name === name && name !== period),
      );
      return new Set([...own, step.from, step.to]);
    }
    case 'match': {
      const made = [...step.takes.map(({ name }) => name), ...(step.found === null ? [] : [step.found])];
      const keys = [
        ...step.on.map(({ ours }) => ours),
        ...(step.shift ? [step.shift.ours] : []),
        ...(step.deliverers ? [step.deliverers.ours] : []),
      ];
      return new Set([...passing(made), ...keys, ...(step.valid ? [step.valid.on] : [])]);
    }
    case 'order':
    case 'join_stays':
      // Rows that are equal in the order are told apart by all their columns, whatever is asked for.
      return new Set(before.map(({ name }) => name));
    default:
      return assertNever(step);
  }
}
