import type { Checked } from '../diagnostics/diagnostic.ts';
import type { DefinitionFile } from './definition.ts';
import { checkLayout } from './layout.ts';
import { parseYaml } from './parseYaml.ts';
import type { Written } from './written.ts';

/** A text by the parser of all YAML: what it says, or where it is none or has what definitions do without. */
export function readYaml(source: DefinitionFile): Checked<Written> {
  const layout = checkLayout(source);
  if (layout.value === undefined) return { diagnostics: layout.diagnostics };
  const { value, diagnostics } = parseYaml(source, layout.value);
  const all = [...layout.diagnostics, ...diagnostics];
  return value === undefined ? { diagnostics: all } : { value, diagnostics: all };
}
