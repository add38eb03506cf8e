import { didYouMean } from '../../diagnostics/nearName.ts';
import type { BindContext } from '../bind/context.ts';
import { lookUp } from '../lookUp.ts';
import { levelOfFrequency, parsePeriod, periodExamples } from '../periods.ts';
import type { SemanticModel, Source, SourceColumn } from '../types.ts';
import { type Tell, tellIn } from './tell.ts';

/** Contracts: every column has its place in the file, its dimension, its levels; one period; a key. */
export function columnsOfSources(model: SemanticModel, context: BindContext): void {
  for (const definition of context.definitions.sources) {
    const source = lookUp(model.sources, definition.record.source);
    if (!source) continue;
    const tell = tellIn(context, definition);
    for (const column of source.columns) {
      if (column.from !== null) checkHeader(source, column.from, ['columns', column.name, 'from'], tell);
      if (column.kind === 'code') checkDimension(model, column, tell);
      if (column.kind === 'period') checkPeriod(source, column, tell);
    }
    const mark = source.file.synthetic?.column;
    if (mark !== undefined) checkHeader(source, mark, ['file', 'synthetic', 'column'], tell);
    checkOnePeriod(source, tell);
    checkKey(source, tell);
    checkDeliverer(source, tell);
  }
}

function checkHeader(source: Source, name: string, path: readonly string[], tell: Tell): void {
  if (source.file.header.includes(name)) return;
  const message = `There is no column named "${name}" in the file's header.`;
  tell('unknown-column', path, message, didYouMean(name, source.file.header));
}

function checkOnePeriod(source: Source, tell: Tell): void {
  const count = source.columns.filter(({ kind }) => kind === 'period').length;
  if (count === 1) return;
  const message = `A source has one period column, and "${source.id}" has ${count}.`;
  tell('period-column', ['columns'], message, undefined, 'key');
}

function checkKey(source: Source, tell: Tell): void {
  const names = source.columns.map(({ name }) => name);
  for (const [position, name] of source.key.entries()) {
    if (names.includes(name)) continue;
    const message = `There is no column named "${name}" in "${source.id}".`;
    tell('unknown-column', ['key', position], message, didYouMean(name, names));
  }
}

/** Whose silence means zero must be known, and who they are: a code column that says which members it expects. */
function checkDeliverer(source: Source, tell: Tell): void {
  const { id, absence, deliveredBy, columns } = source;
  if (absence === 'missing') {
    if (deliveredBy === null) return;
    const hint = 'write "absence: zero" too, or leave it out';
    tell('delivered-by', ['delivered_by'], 'Without "absence: zero" it does not matter who delivered.', hint);
    return;
  }
  const deliverers = columns.filter(
    (column): column is CodeColumn => column.kind === 'code' && column.expect !== 'delivered',
  );
  const names = deliverers.map(({ name }) => name);
  const hint =
    names.length > 0
      ? `write delivered_by: ${names[0]}`
      : 'write "expect" on the code column of those who deliver';
  if (deliveredBy === null) {
    const message = `"${id}" does not say by whom a period is delivered, so nobody knows whose silence means zero.`;
    tell('delivered-by', ['absence'], message, hint);
  } else if (!columns.some(({ name }) => name === deliveredBy)) {
    const message = `There is no column named "${deliveredBy}" in "${id}".`;
    tell('unknown-column', ['delivered_by'], message, didYouMean(deliveredBy, names) ?? hint);
  } else if (!names.includes(deliveredBy)) {
    const message = `"${deliveredBy}" is not a code column with "expect", so nobody knows who should deliver.`;
    tell('delivered-by', ['delivered_by'], message, hint);
  }
}

type CodeColumn = Extract<SourceColumn, { kind: 'code' }>;

function checkDimension(model: SemanticModel, column: CodeColumn, tell: Tell): void {
  const path = ['columns', column.name];
  const dimension = lookUp(model.dimensions, column.dimension);
  if (!dimension) {
    const hint = didYouMean(column.dimension, Object.keys(model.dimensions));
    const message = `There is no dimension named "${column.dimension}".`;
    tell('unknown-dimension', [...path, 'dimension'], message, hint);
    return;
  }
  const unknown = [...column.levels.entries()].filter(([, level]) => !dimension.levels.includes(level));
  for (const [position, level] of unknown) {
    const message = `There is no level named "${level}" in the dimension "${dimension.id}".`;
    tell('unknown-level', [...path, 'levels', position], message, didYouMean(level, dimension.levels));
  }
  if (unknown.length === 0 && column.levels[0] !== dimension.leaf) {
    // Codes of the finest level and of others are told apart by their level; without it nothing has a place.
    const message = `The first level of a column is the finest of its dimension, "${dimension.leaf}".`;
    tell('finest-level', [...path, 'levels', 0], message, `write levels: [${dimension.leaf}, …]`);
  }
  if (typeof column.expect === 'string') return;
  const codes = (lookUp(model.classifications, dimension.leaf)?.members ?? []).map(({ code }) => code);
  for (const [position, code] of column.expect.entries()) {
    if (codes.includes(code)) continue;
    const message = `There is no member "${code}" in "${dimension.leaf}".`;
    tell('unknown-code', [...path, 'expect', position], message, didYouMean(code, codes));
  }
}

function checkPeriod(source: Source, column: Extract<SourceColumn, { kind: 'period' }>, tell: Tell): void {
  const path = ['columns', column.name];
  const level = levelOfFrequency[source.frequency];
  if ((column.from === null) === (column.constant === null)) {
    tell('period-column', path, 'A period column has either "from" or "constant".', undefined, 'key');
  }
  if (column.constant !== null && parsePeriod(column.constant)?.level !== level) {
    const message = `"${column.constant}" is not a period of frequency ${source.frequency}.`;
    tell('bad-period', [...path, 'constant'], message, `write it like ${periodExamples[level]}`);
  }
}
