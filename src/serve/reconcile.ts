import { together } from '../catalog/together.ts';
import type { ReconciliationResult } from '../catalog/types.ts';
import type { Checked } from '../diagnostics/diagnostic.ts';
import { compare, fromNumber, negate, type Rational, subtract, toPlain } from '../model/rational.ts';
import type { Cube } from '../model/types.ts';
import type { Cell } from '../query/answer.ts';
import { bindQuery } from '../query/bindQuery.ts';
import type { BoundQuery, MeasureUse } from '../query/bound.ts';
import { slicedBy, sourcesOf, timeLevelOf } from '../query/ownGrain.ts';
import { type AskContext, prepareBound, runPrepared, scopeOf } from './ask.ts';
import type { OpenEdition } from './openEdition.ts';

type Wanted = Cube['reconcile'][number];

/** Decimals that amounts of a reconciliation are written with. */
const shownDecimals = 6;

/** Every reconciliation of a cube, over all periods that the version holds. One that cannot run says why. */
export async function reconcile(
  version: OpenEdition,
  context: AskContext,
): Promise<Checked<readonly ReconciliationResult[]>> {
  const results = await together(
    version.cube.reconcile.map((wanted) => reconcileOne(version, wanted, context)),
  );
  return {
    value: results.flatMap(({ value }) => value ?? []),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function reconcileOne(
  version: OpenEdition,
  wanted: Wanted,
  context: AskContext,
): Promise<Checked<ReconciliationResult>> {
  const notRun = (reason: string): Checked<ReconciliationResult> => ({
    value: { ...wanted, differences: [], compared: 0, outcome: 'not_run', reason },
    diagnostics: [],
  });
  const [ours, theirs] =
    wanted.against === 'source_total'
      ? bothWays(version, wanted)
      : [bindSide(version, wanted, wanted.kpi), bindSide(version, wanted, wanted.against)];
  if (typeof ours === 'string') return notRun(ours);
  if (typeof theirs === 'string') return notRun(theirs);
  if (!ours || !theirs) return notRun('nothing to compare');
  const [left, right] = await together([cellsOf(version, ours, context), cellsOf(version, theirs, context)]);
  if (!left.value || !right.value) return { diagnostics: [...left.diagnostics, ...right.diagnostics] };
  return { value: compareSides(wanted, left.value, right.value), diagnostics: [] };
}

/** Binds a KPI by level and its own periods; a text says why it cannot be. */
function bindSide(version: OpenEdition, wanted: Wanted, kpi: string): BoundQuery | string {
  const time = timeLevelOf(version.model, kpi);
  const own = sourcesOf(version.model, kpi);
  const held = version.manifest.tables.some(({ source }) => own.includes(source));
  if (!held) return `nothing of ${kpi} had been delivered`;
  const bound = bindQuery(
    { cube: version.cube.id, kpis: [kpi], by: [...slicedBy(version.model, kpi), wanted.level, time] },
    scopeOf(version, null),
  );
  return bound.value ?? bound.diagnostics.map(({ message }) => message).join(' ');
}

/** The same question twice: merged from parts, and as the source's own totals say. */
function bothWays(version: OpenEdition, wanted: Wanted): [BoundQuery | string, BoundQuery | string] {
  const bound = bindSide(version, wanted, wanted.kpi);
  if (typeof bound === 'string') return [bound, bound];
  const dimension = bound.levels.find((level) => level.kind === 'member' && level.name === wanted.level);
  if (dimension?.kind !== 'member') return ['nothing to compare', 'nothing to compare'];
  const totalAt = { [dimension.dimension]: wanted.level };
  const change = (how: (use: MeasureUse) => MeasureUse): BoundQuery => ({
    ...bound,
    measures: bound.measures.map(how),
  });
  const parts = change((use) => ({ ...use, totalAt: null, parts: use.weight ? 'weigh' : 'add' }));
  return [parts, change((use) => ({ ...use, totalAt, parts: 'count' }))];
}

/** Member and period to the cell. */
async function cellsOf(
  version: OpenEdition,
  bound: BoundQuery,
  context: AskContext,
): Promise<Checked<Map<string, Cell>>> {
  const prepared = await prepareBound(version, bound, 'cells', context);
  if (!prepared.value) return { diagnostics: prepared.diagnostics };
  const { rows } = await runPrepared(version, prepared.value, context);
  const value = new Map(
    rows.flatMap((row) => (row.cells[0] ? [[row.members.join('/'), row.cells[0]] as const] : [])),
  );
  return { value, diagnostics: [] };
}

function compareSides(
  wanted: Wanted,
  ours: ReadonlyMap<string, Cell>,
  theirs: ReadonlyMap<string, Cell>,
): ReconciliationResult {
  const differences: ReconciliationResult['differences'][number][] = [];
  let compared = 0;
  for (const [key, left] of ours) {
    const right = theirs.get(key);
    if (!left.value || !right?.value) continue;
    // Of uoplyst nobody gives a total, and a figure beside itself is no comparison.
    if (wanted.against === 'source_total' && !right.flags.includes('source_total')) continue;
    compared += 1;
    const difference = subtract(left.value, right.value);
    if (compare(absolute(difference), fromNumber(wanted.tolerance)) <= 0) continue;
    const [period, ...members] = key.split('/').reverse();
    differences.push({
      member: members.reverse().join('/'),
      period: period ?? '',
      ours: toPlain(left.value, shownDecimals),
      theirs: toPlain(right.value, shownDecimals),
      difference: toPlain(difference, shownDecimals),
    });
  }
  const outcome = compared === 0 ? 'not_run' : differences.length === 0 ? 'agrees' : 'differs';
  return {
    ...wanted,
    differences,
    compared,
    outcome,
    reason: compared === 0 ? 'no period in which both are known' : null,
  };
}

const absolute = (value: Rational): Rational => (value.numerator < 0n ? negate(value) : value);
