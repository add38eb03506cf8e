import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  Parser,
  type Scalar,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { invariant } from '../diagnostics/invariant.ts';
import type { DefinitionFile } from './definition.ts';
import { severalDocuments, syntaxErrors } from './syntax.ts';
import { lexemesOf } from './tokens.ts';
import type { Range, Written, WrittenEntry, WrittenScalar } from './written.ts';

/** YAML text to values that know where they stand. Without a value the text is not YAML, or holds nothing. */
export function parseYaml(
  source: DefinitionFile,
  lexemes: readonly string[] = lexemesOf(source.text),
): Checked<Written> {
  const document = firstDocument(source.text, lexemes);
  const broken = syntaxErrors(source, document.errors);
  if (broken.length > 0) return { diagnostics: broken };
  const diagnostics: Diagnostic[] = [...severalDocuments(source, document.errors)];
  if (isNothing(document.contents)) {
    const span = { file: source.file, start: 0, end: 0 };
    return {
      diagnostics: [diagnostic('empty-file', 'The file holds no definition.', { span }), ...diagnostics],
    };
  }
  return { value: read(document.contents, { ...source, diagnostics }), diagnostics };
}

const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  // The composer would compare every key with every other one; `readMapping` asks a map.
  uniqueKeys: false,
} as const;

/** As `parseDocument` of the package does, from pieces that have been cut already: cutting is a third of it. */
function firstDocument(text: string, lexemes: readonly string[]) {
  const parser = new Parser();
  function* tokens() {
    for (const lexeme of lexemes) yield* parser.next(lexeme);
    yield* parser.end();
  }
  const [document, second] = new Composer(options).compose(tokens(), true, text.length);
  invariant(document, 'the composer always gives a document when it is told to end');
  const [start = 0, end = 0] = second?.range ?? [];
  if (second)
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'A second document begins here'));
  return document;
}

/** The text being read, and what has been found wrong with it so far. */
interface Reading extends DefinitionFile {
  readonly diagnostics: Diagnostic[];
}

const isNothing = (node: unknown): boolean =>
  node === null || (isScalar(node) && node.value === null && node.source === '');

function read(node: unknown, reading: Reading): Written {
  if (isMap(node)) return readMapping(node, reading);
  if (isSeq(node)) {
    const items = node.items.map((item) => read(item, reading));
    return { kind: 'list', items, range: collectionRange(node.range, reading.text) };
  }
  if (isScalar(node)) return readScalar(node, reading.text);
  // An alias: `checkLayout` has refused it.
  const range = isAlias(node) ? rangeOf(node.range) : { start: 0, end: 0 };
  return { kind: 'refused', range };
}

function readMapping(map: YAMLMap, reading: Reading): Written {
  const entries = new Map<string, WrittenEntry>();
  for (const pair of map.items) {
    const key = readKey(pair, reading);
    const value = pair.value === null ? emptyAt(key?.range) : read(pair.value, reading);
    if (key === undefined) continue;
    if (entries.has(key.name)) refuseDuplicate(key, reading);
    else entries.set(key.name, { key: key.range, value });
  }
  return { kind: 'mapping', entries, range: collectionRange(map.range, reading.text) };
}

interface Key {
  readonly name: string;
  readonly range: Range;
}

/** Without an answer the entry is left out, because its key has been refused. */
function readKey({ key }: Pair, reading: Reading): Key | undefined {
  const written = read(key, reading);
  const span = { file: reading.file, ...written.range };
  if (written.kind === 'refused') return undefined;
  if (written.kind !== 'scalar' || written.value === null) {
    reading.diagnostics.push(diagnostic('key-not-text', 'A key must be text.', { span }));
    return undefined;
  }
  if (written.value === '<<') {
    const message = '<< is a merge key, and definitions have none.';
    const hint = 'write the keys where they are meant';
    reading.diagnostics.push(diagnostic('merge-key-not-allowed', message, { span, hint }));
    return undefined;
  }
  if (written.value === '__proto__') {
    reading.diagnostics.push(diagnostic('unknown-key', 'No definition has a key "__proto__".', { span }));
    return undefined;
  }
  if (typeof written.value === 'string') return { name: written.value, range: written.range };
  const name = written.unquoted ?? String(written.value);
  const message = `Without quotes, the key ${name} is not text.`;
  reading.diagnostics.push(diagnostic('key-not-text', message, { span, hint: `write "${name}" in quotes` }));
  return { name, range: written.range };
}

function refuseDuplicate({ name, range }: Key, { file, diagnostics }: Reading): void {
  const message = `The key "${name}" stands here a second time.`;
  diagnostics.push(diagnostic('duplicate-key', message, { span: { file, ...range } }));
}

function readScalar(node: Scalar, text: string): WrittenScalar {
  const { value } = node;
  const range = scalarRange(node, text);
  const source = text.slice(range.start, range.end);
  const isKnown = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    kind: 'scalar',
    value: isKnown ? value : null,
    unquoted: node.type === 'PLAIN' && !/[\r\n]/.test(source) ? source : undefined,
    range,
  };
}

/** Of a quoted scalar what stands between the quotes, of a block scalar its lines without the indent of the first. */
function scalarRange(node: Scalar, text: string): Range {
  const { start, end } = rangeOf(node.range);
  switch (node.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      return { start: start + 1, end: end - 1 };
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL': {
      const header = text.slice(start, end).search(/[\r\n]|$/);
      return trimmed(text, start + header, end);
    }
    default:
      return { start, end };
  }
}

const collectionRange = (range: YAMLMap['range'], text: string): Range => {
  const { start, end } = rangeOf(range);
  return trimmed(text, start, end);
};

function trimmed(text: string, from: number, to: number): Range {
  const piece = text.slice(from, to);
  const start = from + (piece.length - piece.trimStart().length);
  return { start, end: Math.max(start, from + piece.trimEnd().length) };
}

const rangeOf = (range: readonly number[] | null | undefined): Range => ({
  start: range?.[0] ?? 0,
  end: range?.[1] ?? 0,
});

/** A key without a value, `{ a }`: the value stands nowhere, just after its key. */
const emptyAt = (key: Range | undefined): Written => ({
  kind: 'scalar',
  value: null,
  range: { start: key?.end ?? 0, end: key?.end ?? 0 },
});
