import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean, nearName } from '../diagnostics/nearName.ts';
import { groupBy } from '../model/groupBy.ts';
import type { Source } from '../model/types.ts';
import { matchesPattern } from './fileNames.ts';
import { shown } from './personNumber.ts';
import { type FileFormat, formatKey } from './readTable.ts';
import type { TextTable } from './textTable.ts';

/** A file as some contracts read it. Contracts of one file mostly read it alike, so this is a list of one. */
export interface Reading {
  readonly table: TextTable;
  /** The contracts that the table fits, in the order of their ids. */
  readonly sources: readonly Source[];
}

type Read = (format: FileFormat) => Promise<Checked<TextTable>>;

/**
 * Which contracts a file belongs to: those whose pattern fits its name and whose columns it has. `only` is
 * the one contract that somebody named; the file's name is then no matter.
 */
export async function recognise(
  file: { readonly name: string; readonly label: string },
  sources: readonly Source[],
  only: Source | null,
  read: Read,
): Promise<Checked<readonly Reading[]>> {
  const named = sourcesNamed(file.name, sources, only);
  if (named.length === 0) return { diagnostics: [await unknownName(file, sources, read)] };
  const attempts = await readAll(named, read);
  const readings = attempts.flatMap(({ table, sources }) => {
    const fitting = sources.filter(
      (source) => table !== undefined && missingColumns(source, table).length === 0,
    );
    return table === undefined || fitting.length === 0 ? [] : [{ table, sources: fitting }];
  });
  // A file that one contract can read need not be readable for a contract of another format.
  if (readings.length === 0) return { diagnostics: attempts.flatMap(whyNot('unknown-delivery')) };
  const isHalfFit = attempts.filter(({ table }) => table !== undefined);
  return {
    value: readings,
    diagnostics: [...isHalfFit.flatMap(whyNot('contract-not-met')), ...readings.flatMap(extraColumns)],
  };
}

/** The contracts whose pattern fits a file's name; the one that somebody named, if they did. */
export const sourcesNamed = (
  name: string,
  sources: readonly Source[],
  only: Source | null,
): readonly Source[] =>
  only === null
    ? sources.filter(({ file }) => file.names.some((pattern) => matchesPattern(name, pattern)))
    : [only];

const missingColumns = ({ file }: Source, { header }: TextTable): readonly string[] =>
  file.header.filter((column) => !header.includes(column));

interface Attempt {
  readonly sources: readonly Source[];
  readonly table: TextTable | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every format once. */
async function readAll(sources: readonly Source[], read: Read): Promise<readonly Attempt[]> {
  const groups = groupBy(
    [...sources].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ({ file }) => formatKey(file),
  );
  const attempts: Attempt[] = [];
  for (const alike of groups.values()) {
    const [first] = alike;
    if (first === undefined) continue;
    const { value: table, diagnostics } = await read(first.file);
    attempts.push({ sources: alike, table, diagnostics });
  }
  return attempts;
}

/** What keeps the contracts of an attempt from reading the file; contracts that lack the same are said together. */
const whyNot =
  (code: 'unknown-delivery' | 'contract-not-met') =>
  ({ sources, table, diagnostics }: Attempt): readonly Diagnostic[] => {
    if (table === undefined) return diagnostics;
    const lacking = groupBy(sources, (source) => missingColumns(source, table).join('\n'));
    return [...lacking].flatMap(([missing, alike]) =>
      missing === '' ? [] : [lacks(code, table, missing.split('\n'), alike)],
    );
  };

function lacks(
  code: 'unknown-delivery' | 'contract-not-met',
  { file, header }: TextTable,
  missing: readonly string[],
  sources: readonly Source[],
): Diagnostic {
  const ids = sources.map(({ id }) => id).join(', ');
  const columns = missing.map(quoted).join(', ');
  const near = missing.flatMap((name) => {
    const found = nearName(name, header);
    return found === undefined ? [] : [`the file has "${shown(found)}" where "${name}" is expected`];
  });
  const hint =
    near.length > 0
      ? near.join('; ')
      : `the file has ${header.slice(0, 12).map(shown).map(quoted).join(', ')}`;
  const message = `The file has not the ${missing.length === 1 ? 'column' : 'columns'} ${columns} of ${ids}.`;
  return diagnostic(code, message, { place: { file, row: 1 }, hint });
}

const quoted = (name: string): string => `"${name}"`;

function extraColumns({ table, sources }: Reading): readonly Diagnostic[] {
  const known = new Set(sources.flatMap(({ file }) => file.header));
  const extra = table.header.filter((column) => !known.has(column));
  if (extra.length === 0) return [];
  const message = `${extra.length === 1 ? 'A column is' : `${extra.length} columns are`} in no contract, and left alone.`;
  const hint = extra.slice(0, 12).map(shown).map(quoted).join(', ');
  return [diagnostic('extra-columns', message, { place: { file: table.file, row: 1 }, hint })];
}

/** The contract whose columns the file has is near, whatever the file is called; else one with a near name. */
async function unknownName(
  file: { readonly name: string; readonly label: string },
  sources: readonly Source[],
  read: Read,
): Promise<Diagnostic> {
  const attempts = await readAll(sources, read);
  const fitting = attempts.flatMap(({ sources, table }) =>
    table === undefined ? [] : sources.filter((source) => missingColumns(source, table).length === 0),
  );
  const [first] = fitting;
  const hint =
    first === undefined
      ? (didYouMean(
          file.name,
          sources.flatMap((source) => source.file.names),
        ) ?? 'write a source contract for it')
      : `it has the columns of ${fitting.map(({ id }) => id).join(', ')}, whose files are called ${first.file.names.join(', ')}`;
  return diagnostic('unknown-delivery', 'No source contract has a pattern that fits the name of the file.', {
    place: { file: file.label, row: 1 },
    hint,
  });
}
