import type { SourceDefinition } from '../../definitions/definition.ts';
import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { levelOfFrequency, parsePeriod, periodExamples } from '../periods.ts';
import type { SemanticModel, Source, SourceColumn } from '../types.ts';
import { tell } from './tell.ts';

/** Contracts: every column has its place in the file, its dimension, its levels; one period; a key. */
export function columnsOfSources(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.sources) {
    const source = model.sources[definition.record.source];
    if (!source) continue;
    for (const column of source.columns) {
      checkFrom(context, definition, source, column);
      if (column.kind === 'code') checkDimension(model, context, definition, column);
      if (column.kind === 'period') checkPeriod(context, definition, source, column);
    }
    const periods = source.columns.filter((column) => column.kind === 'period');
    if (periods.length !== 1) {
      tell(
        context,
        definition,
        ['columns'],
        'period-column',
        `A source has one period column, and "${source.id}" has ${periods.length}.`,
        undefined,
        'key',
      );
    }
    const names = source.columns.map(({ name }) => name);
    for (const [position, name] of source.key.entries()) {
      if (!names.includes(name)) {
        tell(
          context,
          definition,
          ['key', position],
          'unknown-column',
          `There is no column named "${name}" in "${source.id}".`,
          didYouMean(name, names),
        );
      }
    }
  }
}

function checkFrom(
  context: BindContext,
  definition: SourceDefinition,
  source: Source,
  column: SourceColumn,
): void {
  if (column.from !== null && !source.file.header.includes(column.from)) {
    tell(
      context,
      definition,
      ['columns', column.name, 'from'],
      'unknown-column',
      `There is no column named "${column.from}" in the file's header.`,
      didYouMean(column.from, source.file.header),
    );
  }
}

function checkDimension(
  model: SemanticModel,
  context: BindContext,
  definition: SourceDefinition,
  column: Extract<SourceColumn, { kind: 'code' }>,
): void {
  const path = ['columns', column.name];
  const dimension = model.dimensions[column.dimension];
  if (!dimension) {
    tell(
      context,
      definition,
      [...path, 'dimension'],
      'unknown-dimension',
      `There is no dimension named "${column.dimension}".`,
      didYouMean(column.dimension, Object.keys(model.dimensions)),
    );
    return;
  }
  for (const [position, level] of column.levels.entries()) {
    if (!dimension.levels.includes(level)) {
      tell(
        context,
        definition,
        [...path, 'levels', position],
        'unknown-level',
        `There is no level named "${level}" in the dimension "${dimension.id}".`,
        didYouMean(level, dimension.levels),
      );
    }
  }
  if (typeof column.expect !== 'string') {
    const codes = model.classifications[dimension.leaf]?.members.map(({ code }) => code) ?? [];
    for (const [position, code] of column.expect.entries()) {
      if (!codes.includes(code)) {
        tell(
          context,
          definition,
          [...path, 'expect', position],
          'unknown-code',
          `There is no member "${code}" in "${dimension.leaf}".`,
          didYouMean(code, codes),
        );
      }
    }
  }
}

function checkPeriod(
  context: BindContext,
  definition: SourceDefinition,
  source: Source,
  column: Extract<SourceColumn, { kind: 'period' }>,
): void {
  const path = ['columns', column.name];
  const level = levelOfFrequency[source.frequency];
  if ((column.from === null) === (column.constant === null)) {
    tell(
      context,
      definition,
      path,
      'period-column',
      'A period column has either "from" or "constant".',
      undefined,
      'key',
    );
  }
  if (column.constant !== null && parsePeriod(column.constant)?.level !== level) {
    tell(
      context,
      definition,
      [...path, 'constant'],
      'bad-period',
      `"${column.constant}" is not a period of frequency ${source.frequency}.`,
      `write it like ${periodExamples[level]}`,
    );
  }
}
