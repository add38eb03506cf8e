import type { Range, Written, WrittenEntry, WrittenScalar } from './written.ts';

/**
 * The YAML that definitions are mostly written in, read in one pass: mappings and lists in block and flow style,
 * plain and quoted scalars, `>-` texts, comments before the first key. Null where the text has anything else or is
 * wrong: then the parser of all YAML says what it is. What is read here is what that parser reads, place for place,
 * at a tenth of the cost; with 1,000 definitions that is half of a check.
 */
export function readPlainYaml(text: string): Written | null {
  if (text.length > largestText || unusual.test(text)) return null;
  const reading: Reading = { text, at: 0, indent: 0, end: 0, depth: 0 };
  try {
    return readDocument(reading);
  } catch (thrown) {
    if (thrown === beyond) return null;
    throw thrown;
  }
}

/** Thrown and caught in this file only: there is more to the text than is read here. */
const beyond = Symbol('beyond plain YAML');

const largestText = 1024 * 1024;
const deepestNesting = 30;

/** Control characters but for the new line (tabs and other ends of lines among them), a byte order mark, odd spaces. */
const unusual = /[^\n\P{Cc}]|[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/u;

interface Reading {
  readonly text: string;
  at: number;
  /** Of the line that `at` stands on, where it begins there; -1 after the last line. */
  indent: number;
  /** Where what was read last ends. */
  end: number;
  depth: number;
}

function fail(): never {
  throw beyond;
}

const newline = 10;
const space = 32;
const quote = 34;
const hash = 35;
const apostrophe = 39;
const comma = 44;
const hyphen = 45;
const colon = 58;
const greater = 62;
const leftBracket = 91;
const backslash = 92;
const rightBracket = 93;
const leftBrace = 123;
const rightBrace = 125;

const codeAt = ({ text }: Reading, at: number): number => (at < text.length ? text.charCodeAt(at) : -1);

const isLineEnd = (code: number): boolean => code === newline || code === -1;

function readDocument(reading: Reading): Written {
  nextLine(reading);
  while (codeAt(reading, reading.at) === hash) {
    const end = reading.text.indexOf('\n', reading.at);
    reading.at = end === -1 ? reading.text.length : end;
    nextLine(reading);
  }
  if (reading.indent !== 0) fail();
  const root = readMapping(reading, 0);
  if (reading.at < reading.text.length) fail();
  return root;
}

/** From an end of line to the first character of the next line that has one. */
function nextLine(reading: Reading): void {
  const { text } = reading;
  let lineStart = reading.at === 0 ? 0 : reading.at + 1;
  let at = lineStart;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === newline) lineStart = at + 1;
    else if (code !== space) break;
  }
  reading.at = at;
  reading.indent = at < text.length ? at - lineStart : -1;
}

const isItem = (reading: Reading): boolean =>
  codeAt(reading, reading.at) === hyphen && codeAt(reading, reading.at + 1) === space;

function skipSpaces(reading: Reading): void {
  while (codeAt(reading, reading.at) === space) reading.at += 1;
}

/** What may follow a value on its line is nothing. */
function endLine(reading: Reading): void {
  skipSpaces(reading);
  if (!isLineEnd(codeAt(reading, reading.at))) fail();
  nextLine(reading);
}

function deeper<Result>(reading: Reading, read: () => Result): Result {
  if (reading.depth >= deepestNesting) fail();
  reading.depth += 1;
  const result = read();
  reading.depth -= 1;
  return result;
}

// --- block style ---------------------------------------------------------------------------------

function readMapping(reading: Reading, indent: number): Written {
  const start = reading.at;
  const entries = new Map<string, WrittenEntry>();
  do {
    const key = readKey(reading, blockKeyEnd);
    if (entries.has(key.name)) fail();
    skipSpaces(reading);
    const value = isLineEnd(codeAt(reading, reading.at))
      ? readBelow(reading, indent)
      : readBeside(reading, indent);
    entries.set(key.name, { key: key.range, value });
    if (reading.indent > indent) fail();
  } while (reading.indent === indent && !isItem(reading));
  if (reading.indent === indent) fail();
  return { kind: 'mapping', entries, range: { start, end: reading.end } };
}

/** A value that begins on a line of its own; a list may stand at the column of its key. */
function readBelow(reading: Reading, indent: number): Written {
  nextLine(reading);
  const own = reading.indent;
  if (isItem(reading) && own >= indent) return deeper(reading, () => readList(reading, own));
  if (own <= indent) fail();
  const code = codeAt(reading, reading.at);
  const isFlow = code === leftBrace || code === leftBracket;
  return isFlow ? readBeside(reading, indent) : deeper(reading, () => readMapping(reading, own));
}

/** A value beside its key or its hyphen, up to the end of its line or its lines. */
function readBeside(reading: Reading, indent: number): Written {
  const code = codeAt(reading, reading.at);
  if (code === greater) return readFolded(reading, indent);
  const value =
    code === leftBrace || code === leftBracket
      ? readFlow(reading, indent)
      : code === quote || code === apostrophe
        ? readQuoted(reading)
        : readPlain(reading, lineEndOf(reading));
  endLine(reading);
  return value;
}

function lineEndOf({ text, at }: Reading): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function readList(reading: Reading, indent: number): Written {
  const start = reading.at;
  const items: Written[] = [];
  do {
    const lineStart = reading.at - indent;
    reading.at += 1;
    skipSpaces(reading);
    if (isItem(reading) || isLineEnd(codeAt(reading, reading.at))) fail();
    const column = reading.at - lineStart;
    items.push(
      hasKey(reading) ? deeper(reading, () => readMapping(reading, column)) : readBeside(reading, indent),
    );
    if (reading.indent > indent) fail();
  } while (reading.indent === indent && isItem(reading));
  return { kind: 'list', items, range: { start, end: reading.end } };
}

/** Whether a mapping begins here: a scalar with a colon after it on this line. */
function hasKey(reading: Reading): boolean {
  const { at, end } = reading;
  const code = codeAt(reading, at);
  if (code === leftBrace || code === leftBracket || code === greater) return false;
  if (code !== quote && code !== apostrophe) return blockKeyEnd(reading) !== -1;
  readQuoted(reading);
  const found = isColon(reading, reading.at);
  reading.at = at;
  reading.end = end;
  return found;
}

const isColon = (reading: Reading, at: number): boolean => {
  if (codeAt(reading, at) !== colon) return false;
  const after = codeAt(reading, at + 1);
  return after === space || isLineEnd(after);
};

/** Where a plain key ends that begins here; -1 where none does. */
function blockKeyEnd(reading: Reading): number {
  const { text } = reading;
  const lineEnd = lineEndOf(reading);
  for (let at = text.indexOf(':', reading.at); at !== -1 && at < lineEnd; at = text.indexOf(':', at + 1))
    if (isColon(reading, at)) return at;
  return -1;
}

interface Key {
  readonly name: string;
  readonly range: Range;
}

/** A key and the colon after it. */
function readKey(reading: Reading, keyEnd: (reading: Reading) => number): Key {
  const code = codeAt(reading, reading.at);
  const isQuoted = code === quote || code === apostrophe;
  const end = isQuoted ? -1 : keyEnd(reading);
  if (!isQuoted && (end === -1 || codeAt(reading, end - 1) === space)) fail();
  const { value, range } = isQuoted ? readQuoted(reading) : readPlain(reading, end);
  if (!isColon(reading, reading.at)) fail();
  if (typeof value !== 'string' || value === '' || oddKeys.has(value) || value.length > longestKey) fail();
  reading.at += 1;
  return { name: value, range };
}

const oddKeys: ReadonlySet<string> = new Set(['<<', '__proto__']);
/** YAML wants the colon of a key within so many characters. */
const longestKey = 1000;

/** The lines of a `>-` text, all at one column and none of them empty, become one. */
function readFolded(reading: Reading, indent: number): WrittenScalar {
  const { text } = reading;
  if (text.charCodeAt(reading.at + 1) !== hyphen || codeAt(reading, reading.at + 2) !== newline) fail();
  reading.at += 2;
  const first = reading.at + 1;
  nextLine(reading);
  const own = reading.indent;
  // An empty line before the first, or between two, is a line of the text.
  if (own <= indent || reading.at !== first + own) fail();
  const start = reading.at;
  const lines: string[] = [];
  while (reading.indent === own) {
    const end = lineEndOf(reading);
    if (text.charCodeAt(end - 1) === space) fail();
    lines.push(text.slice(reading.at, end));
    reading.at = end;
    reading.end = end;
    nextLine(reading);
    if (reading.indent === own && reading.at !== end + 1 + own) fail();
  }
  if (reading.indent > indent) fail();
  return {
    kind: 'scalar',
    value: lines.join(' '),
    unquoted: undefined,
    range: { start, end: reading.end },
  };
}

// --- flow style ----------------------------------------------------------------------------------

/** A list or mapping in brackets; further lines of it stand further right than `indent`. */
function readFlow(reading: Reading, indent: number): Written {
  return deeper(reading, () =>
    codeAt(reading, reading.at) === leftBrace
      ? readFlowMapping(reading, indent)
      : readFlowList(reading, indent),
  );
}

function readFlowList(reading: Reading, indent: number): Written {
  const start = reading.at;
  const items: Written[] = [];
  openFlow(reading, indent);
  while (codeAt(reading, reading.at) !== rightBracket) {
    items.push(readFlowValue(reading, indent));
    skipFlow(reading, indent);
    if (codeAt(reading, reading.at) === rightBracket) break;
    nextInFlow(reading, indent);
  }
  return { kind: 'list', items, range: closeFlow(reading, start) };
}

function readFlowMapping(reading: Reading, indent: number): Written {
  const start = reading.at;
  const entries = new Map<string, WrittenEntry>();
  openFlow(reading, indent);
  while (codeAt(reading, reading.at) !== rightBrace) {
    const key = readKey(reading, flowKeyEnd);
    if (entries.has(key.name)) fail();
    skipFlow(reading, indent);
    entries.set(key.name, { key: key.range, value: readFlowValue(reading, indent) });
    skipFlow(reading, indent);
    if (codeAt(reading, reading.at) === rightBrace) break;
    nextInFlow(reading, indent);
  }
  return { kind: 'mapping', entries, range: closeFlow(reading, start) };
}

function openFlow(reading: Reading, indent: number): void {
  reading.at += 1;
  skipFlow(reading, indent);
}

function nextInFlow(reading: Reading, indent: number): void {
  if (codeAt(reading, reading.at) !== comma) fail();
  reading.at += 1;
  skipFlow(reading, indent);
}

function closeFlow(reading: Reading, start: number): Range {
  reading.at += 1;
  reading.end = reading.at;
  return { start, end: reading.end };
}

/** Spaces and ends of lines. */
function skipFlow(reading: Reading, indent: number): void {
  skipSpaces(reading);
  if (codeAt(reading, reading.at) !== newline) return;
  nextLine(reading);
  if (reading.indent <= indent) fail();
}

function readFlowValue(reading: Reading, indent: number): Written {
  const code = codeAt(reading, reading.at);
  if (code === leftBrace || code === leftBracket) return readFlow(reading, indent);
  if (code === quote || code === apostrophe) return readQuoted(reading);
  return readPlain(reading, flowEnd(reading));
}

/** Where a plain scalar in brackets ends; the spaces before that are not of it. */
function flowEnd({ text, at }: Reading): number {
  flowStop.lastIndex = at;
  return flowStop.test(text) ? flowStop.lastIndex - 1 : text.length;
}

/** An end of line, a mark of flow style, or a colon before one of them or a space. */
const flowStop = /[\n,[\]{}]|:(?=[ \n,[\]{}]|$)/g;

function flowKeyEnd(reading: Reading): number {
  const end = flowEnd(reading);
  return isColon(reading, end) ? end : -1;
}

// --- scalars -------------------------------------------------------------------------------------

/** A plain scalar that ends before `limit`, where `at` then stands. */
function readPlain(reading: Reading, limit: number): WrittenScalar {
  const { text, at: start } = reading;
  let end = limit;
  while (end > start && text.charCodeAt(end - 1) === space) end -= 1;
  const source = text.slice(start, end);
  if (!plainStart.test(source) || notInPlain.test(source)) fail();
  reading.at = limit;
  reading.end = end;
  return { kind: 'scalar', value: meaningOf(source), unquoted: source, range: { start, end } };
}

/** What begins like an indicator of YAML is none of ours, but for a number below zero. */
const plainStart = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-[0-9])/;
/** What would end it, or begin a comment. */
const notInPlain = /: | #|:$/;

const words: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** As the core schema of YAML 1.2 has it; its rarer numbers and its words for nothing are left to the other. */
function meaningOf(source: string): string | number | boolean {
  const word = words.get(source);
  if (word !== undefined) return word;
  if (!numberStart.test(source)) return nothing.has(source) ? fail() : source;
  if (wholeNumber.test(source)) return Number.parseInt(source, 10);
  if (decimalNumber.test(source)) return Number.parseFloat(source);
  return otherNumber.test(source) ? fail() : source;
}

const nothing: ReadonlySet<string> = new Set(['~', 'null', 'Null', 'NULL']);
const numberStart = /^[-+.0-9]/;
const wholeNumber = /^[-+]?[0-9]+$/;
const decimalNumber = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/;
const otherNumber = /^[-+]?(?:[0-9.]+[eE]|\.(?:inf|nan)|0[ox])/i;

/** Text between quotes on one line, without escapes other than those of the quote and the backslash. */
function readQuoted(reading: Reading): WrittenScalar {
  const { text, at } = reading;
  const mark = text.charCodeAt(at);
  const simple = simpleQuoted(text, at, mark);
  if (simple !== null) {
    reading.at = simple.range.end + 1;
    reading.end = reading.at;
    return simple;
  }
  let end = at + 1;
  let isEscaped = false;
  for (; ; end += 1) {
    const code = codeAt(reading, end);
    if (isLineEnd(code)) fail();
    const next = codeAt(reading, end + 1);
    if (code === backslash && mark === quote) {
      if (next !== quote && next !== backslash) fail();
    } else if (code !== mark) continue;
    else if (mark === quote || next !== apostrophe) break;
    isEscaped = true;
    end += 1;
  }
  const source = text.slice(at + 1, end);
  const value = !isEscaped
    ? source
    : mark === quote
      ? source.replaceAll(/\\(["\\])/g, '$1')
      : source.replaceAll("''", "'");
  reading.at = end + 1;
  reading.end = reading.at;
  return { kind: 'scalar', value, unquoted: undefined, range: { start: at + 1, end } };
}

/** Nearly every quoted scalar: nothing between its quotes stands for anything else. */
function simpleQuoted(text: string, start: number, mark: number): WrittenScalar | null {
  const end = text.indexOf(mark === quote ? '"' : "'", start + 1);
  if (end === -1 || (mark === apostrophe && text.charCodeAt(end + 1) === apostrophe)) return null;
  const value = text.slice(start + 1, end);
  if (value.includes('\n') || (mark === quote && value.includes('\\'))) return null;
  return { kind: 'scalar', value, unquoted: undefined, range: { start: start + 1, end } };
}
