import { createHash } from 'node:crypto';
import type { RowsDefinition } from '../../definitions/definition.ts';
import { diagnostic } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import { lookUp } from '../lookUp.ts';
import type { Relation } from '../relation.ts';
import type { DerivationStep, Source } from '../types.ts';
import type { BindContext } from './context.ts';
import { derivedSource } from './derivedSource.ts';
import { checkRelation } from './rowNames.ts';
import { bindStep } from './steps/index.ts';
import type { FindRelation, Structured } from './steps/scope.ts';

export interface BoundRows {
  /** Delivered sources and rows, by id. */
  readonly sources: Record<string, Source>;
  /** Ids of rows that something is wrong with, so that nobody says they are missing. */
  readonly unbound: readonly string[];
}

/** Rows to sources with a derivation, each after those that it is made of. */
export function bindRows(context: BindContext, structured: Structured): BoundRows {
  const definitions = new Map(context.definitions.rows.map((one) => [one.record.rows, one]));
  const sources: Record<string, Source> = { ...structured.sources };
  const unbound = new Set<string>();
  const open: string[] = [];

  const find = (id: string, from: RowsDefinition, path: readonly (string | number)[]): Source | null => {
    const definition = definitions.get(id);
    const isNew = !open.includes(id) && !unbound.has(id) && !lookUp(sources, id);
    if (definition && isNew) bindOne(definition);
    const found = lookUp(sources, id);
    if (found) return found;
    const span = from.spanOf(path);
    if (open.includes(id)) {
      const way = [...open.slice(open.indexOf(id)), id].join(' -> ');
      const message =
        id === from.record.rows ? `"${id}" is made of itself.` : `Rows are made of themselves: ${way}.`;
      context.report(diagnostic('rows-cycle', message, { span }));
    } else if (!definition) {
      const hint = didYouMean(id, [...Object.keys(structured.sources), ...definitions.keys()]);
      context.report(diagnostic('unknown-source', `There is no source named "${id}".`, { span, hint }));
    }
    return null;
  };

  const bindOne = (definition: RowsDefinition): void => {
    const { record } = definition;
    if (lookUp(structured.sources, record.rows)) {
      const span = definition.spanOf(['rows']);
      const message = `"${record.rows}" is the name of a source already.`;
      context.report(diagnostic('duplicate-definition', message, { span }));
      return;
    }
    open.push(record.rows);
    const bound = bindDefinition(context, { ...structured, sources }, definition, find);
    open.pop();
    if (bound) sources[record.rows] = bound;
    else unbound.add(record.rows);
  };

  for (const definition of definitions.values()) {
    const { rows } = definition.record;
    if (!unbound.has(rows) && !lookUp(sources, rows)) bindOne(definition);
    else if (lookUp(structured.sources, rows)) bindOne(definition);
  }
  return { sources, unbound: [...unbound] };
}

function bindDefinition(
  context: BindContext,
  structured: Structured,
  definition: RowsDefinition,
  find: FindRelation,
): Source | null {
  const { record } = definition;
  const from = find(record.from, definition, ['from']);
  if (!from) return null;
  let relation = ofWeeks(from, { columns: from.columns, frequency: from.frequency });
  const steps: DerivationStep[] = [];
  for (const position of record.steps.keys()) {
    const bound = bindStep({ context, structured, definition, position, relation, find });
    if (!bound) return null;
    if (!checkRelation(context, definition, position, bound.relation)) return null;
    relation = ofWeeks(from, bound.relation);
    steps.push({ step: bound.step, columns: relation.columns });
  }
  return derivedSource(from, relation, steps, {
    id: record.rows,
    label: record.label,
    contract: createHash('sha256').update(JSON.stringify(record)).digest('hex'),
  });
}

/** Rows of weeks have them where the rows beneath have them. */
const ofWeeks = ({ weeksByThursday }: Source, { columns, frequency }: Relation): Relation => ({
  columns,
  frequency,
  ...(weeksByThursday && frequency === 'U' ? { weeksByThursday } : {}),
});
