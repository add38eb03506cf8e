import { posix } from 'node:path';

export interface Import {
  readonly file: string;
  /** A path from the project's root where `inside`, else the name of a package or a module of Node. */
  readonly target: string;
  readonly inside: boolean;
  /** Only types are taken, so nothing is loaded. */
  readonly typesOnly: boolean;
}

const forms = [
  // import … from '…'   export … from '…', over several lines too; types count as much as values.
  /^(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'/gm,
  /^import\s+'([^']+)'/gm,
  /\bimport\(\s*'([^']+)'/g,
];

/** What a file of ours imports, as Biome formats it. */
export function importsOf(file: string, text: string): readonly Import[] {
  return forms
    .flatMap((form) => [...text.matchAll(form)])
    .map(([written, name = '']) => {
      const inside = name.startsWith('.');
      return {
        file,
        target: inside ? posix.join(posix.dirname(file), name) : name,
        inside,
        typesOnly: /^(import|export) type\b/.test(written),
      };
    });
}
