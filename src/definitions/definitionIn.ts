import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { checkRecord } from './checkRecord.ts';
import type { AnyDefinition, DefinitionFile } from './definition.ts';
import { type DefinitionKind, schemas } from './schema.ts';
import { spanAt, type Written } from './written.ts';

/** What a text says as YAML, and what is wrong with it as such. */
export type YamlReader = (source: DefinitionFile) => Checked<Written>;

/** One file: its definition if nothing is wrong with it, and everything that is. */
export function definitionIn(source: DefinitionFile, read: YamlReader): Checked<AnyDefinition> {
  const { file, text } = source;
  const { value: written, diagnostics: before } = read(source);
  if (written === undefined) return { diagnostics: before };
  const kind = kindOf(file, written);
  if (kind.value === undefined) return { diagnostics: [...before, ...kind.diagnostics] };
  const record = checkRecord(kind.value, file, written);
  const diagnostics = [...before, ...record.diagnostics];
  if (hasErrors(diagnostics)) return { diagnostics };
  const definition = {
    kind: kind.value,
    file,
    text,
    record: record.value,
    spanOf: (path, part) => spanAt(file, written, path, part),
    // The schema of this kind has made the record, which TypeScript cannot follow from one to the other.
  } as AnyDefinition;
  return { value: definition, diagnostics };
}

const kinds = Object.keys(schemas) as readonly DefinitionKind[];

/** The first key of a file says what it defines. */
function kindOf(file: string, written: Written): Checked<DefinitionKind> {
  if (written.kind !== 'mapping') {
    const message = `A definition is a mapping, and its first key is one of ${kinds.join(', ')}.`;
    return refuse(diagnostic('unknown-kind', message, { span: spanAt(file, written, []) }));
  }
  const keys = [...written.entries.keys()];
  const first = keys[0];
  const kind = kinds.find((one) => one === first);
  if (kind !== undefined) return { value: kind, diagnostics: [] };
  const later = kinds.find((one) => keys.includes(one));
  const message = `The first key names the kind of definition: one of ${kinds.join(', ')}.`;
  const hint = later === undefined ? didYouMean(first ?? '', kinds) : `write "${later}" first`;
  const span = spanAt(file, written, first === undefined ? [] : [first], 'key');
  return refuse(diagnostic('unknown-kind', message, { span, hint }));
}

const refuse = (one: Diagnostic): Checked<never> => ({ diagnostics: [one] });
