import { diagnostic } from '../diagnostics/codes.ts';
import { type Checked, type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';
import { checkRecord } from './checkRecord.ts';
import type { AnyDefinition, DefinitionFile } from './definition.ts';
import { checkLayout } from './layout.ts';
import { parseYaml } from './parseYaml.ts';
import { readPlainYaml } from './plainYaml.ts';
import { type DefinitionKind, schemas } from './schema.ts';
import { spanAt, type Written } from './written.ts';

/** One file: its definition if nothing is wrong with it, and everything that is. */
export function readDefinition(source: DefinitionFile): Checked<AnyDefinition> {
  const { file, text } = source;
  const { value: written, diagnostics: before } = readYaml(source);
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

function readYaml(source: DefinitionFile): Checked<Written> {
  const plain = readPlainYaml(source.text);
  if (plain !== null) return { value: plain, diagnostics: [] };
  const layout = checkLayout(source);
  if (layout.value === undefined) return { diagnostics: layout.diagnostics };
  const { value, diagnostics } = parseYaml(source, layout.value);
  const all = [...layout.diagnostics, ...diagnostics];
  return value === undefined ? { diagnostics: all } : { value, diagnostics: all };
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
