import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { assertNever } from '../diagnostics/invariant.ts';
import { sortDiagnostics } from '../diagnostics/sort.ts';
import type { AnyDefinition, DefinitionFile, Definitions } from './definition.ts';
import { definitionIn, type YamlReader } from './definitionIn.ts';
import { type DefinitionKind, schemas } from './schema.ts';

/**
 * All definitions that could be read, by kind, sorted by file, and everything that is wrong with the others.
 * Where two files define the same thing, the first by name is kept and the other refused.
 */
export function definitionsIn(files: readonly DefinitionFile[], readYaml: YamlReader): Definitions {
  const sorted = [...files].sort(byFile);
  const results = sorted.map((source) => definitionIn(source, readYaml));
  const read = results.flatMap(({ value }) => value ?? []);
  const { unique, duplicates } = withoutDuplicates(read);
  const diagnostics = [...results.flatMap((result) => result.diagnostics), ...duplicates];
  return {
    classifications: ofKind(unique, 'classification'),
    dimensions: ofKind(unique, 'dimension'),
    sources: ofKind(unique, 'source'),
    selections: ofKind(unique, 'selection'),
    partitions: ofKind(unique, 'partition'),
    rows: ofKind(unique, 'rows'),
    prices: ofKind(unique, 'prices'),
    kpis: ofKind(unique, 'kpi'),
    cubes: ofKind(unique, 'cube'),
    unread: sorted.flatMap(({ text }, at) => (results[at]?.value ? [] : idIn(text))),
    diagnostics: sortDiagnostics(diagnostics),
  };
}

const kinds = Object.keys(schemas).join('|');
const firstLine = new RegExp(`^(?:${kinds})\\s*:\\s*["']?([a-z0-9_.]+)`, 'm');

/** The id that a text most likely defines, however broken the rest of it is. */
const idIn = (text: string): readonly string[] => firstLine.exec(text)?.slice(1) ?? [];

const byFile = (one: DefinitionFile, other: DefinitionFile): number =>
  one.file < other.file ? -1 : one.file > other.file ? 1 : 0;

type OfKind<Kind extends DefinitionKind> = Extract<AnyDefinition, { kind: Kind }>;

const ofKind = <Kind extends DefinitionKind>(
  definitions: readonly AnyDefinition[],
  kind: Kind,
): readonly OfKind<Kind>[] =>
  definitions.filter((definition): definition is OfKind<Kind> => definition.kind === kind);

function withoutDuplicates(definitions: readonly AnyDefinition[]) {
  const first = new Map<string, AnyDefinition>();
  const duplicates: Diagnostic[] = [];
  for (const definition of definitions) {
    const name = nameOf(definition);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, definition);
    else duplicates.push(duplicate(definition, name, earlier));
  }
  return { unique: [...first.values()], duplicates };
}

function duplicate(definition: AnyDefinition, name: string, earlier: AnyDefinition): Diagnostic {
  const span = definition.spanOf([definition.kind]);
  return diagnostic('duplicate-definition', `The ${name} is defined in ${earlier.file} already.`, { span });
}

/** Kind and id; versions of a KPI stand beside each other, each in its file. */
function nameOf(definition: AnyDefinition): string {
  switch (definition.kind) {
    case 'classification':
      return `classification "${definition.record.classification}"`;
    case 'dimension':
      return `dimension "${definition.record.dimension}"`;
    case 'source':
      return `source "${definition.record.source}"`;
    case 'selection':
      return `selection "${definition.record.selection}"`;
    case 'partition':
      return `partition "${definition.record.partition}"`;
    case 'rows':
      return `rows "${definition.record.rows}"`;
    case 'prices':
      return `prices "${definition.record.prices}"`;
    case 'kpi':
      return `kpi "${definition.record.kpi}" version ${definition.record.version}`;
    case 'cube':
      return `cube "${definition.record.cube}"`;
    default:
      return assertNever(definition);
  }
}
