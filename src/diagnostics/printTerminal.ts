import { type Glyph, glyphsOf, visible, widthOf } from './columns.ts';
import type { Diagnostic, Severity, Span } from './diagnostic.ts';
import { lineAt, placeOf } from './place.ts';
import { sortDiagnostics } from './sort.ts';

/** How to print: colours, and the columns that a line of the text may take before it is cut (100 if not said). */
export interface TerminalOptions {
  readonly colour?: boolean;
  readonly width?: number;
}

/**
 * Diagnostics for people, sorted, one block each:
 *
 *     cubes/ledige.yaml:9:10 error[unknown-measure] There is no measure named "ledge".
 *         9 | formula: ledge / folketal
 *           |          ^^^^^
 *       did you mean "ledige"?
 *
 * `texts` gives the text of each file by its name; a file that is not among them is named without line and
 * column. Rows of deliveries are named, never shown: they may hold what is not for every eye.
 */
export function printTerminal(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string> = new Map(),
  options: TerminalOptions = {},
): string {
  const paint = options.colour ? inColour : plain;
  return sortDiagnostics(diagnostics)
    .flatMap((diagnostic) => block(diagnostic, texts, paint, options.width ?? 100))
    .map((line) => `${line}\n`)
    .join('');
}

type Style = Severity | 'place' | 'gutter' | 'hint';
type Paint = (style: Style, text: string) => string;

const plain: Paint = (_style, text) => text;

const colours: Readonly<Record<Style, number>> = {
  error: 31,
  warning: 33,
  info: 34,
  place: 1,
  gutter: 2,
  hint: 36,
};
const inColour: Paint = (style, text) => `\u001b[${colours[style]}m${text}\u001b[0m`;

function block(
  diagnostic: Diagnostic,
  texts: ReadonlyMap<string, string>,
  paint: Paint,
  width: number,
): readonly string[] {
  const { code, severity, message, span, hint } = diagnostic;
  const text = span && texts.get(span.file);
  const place = visible(placeName(diagnostic, text));
  const head = [place && paint('place', place), paint(severity, `${severity}[${code}]`), visible(message)];
  return [
    head.filter((part) => part !== '').join(' '),
    ...(span && text ? excerpt(text, span, severity, paint, width) : []),
    ...(hint === undefined ? [] : [`  ${paint('hint', visible(hint))}`]),
  ];
}

function placeName({ span, place }: Diagnostic, text: string | undefined): string {
  if (place) return `${place.file}:${place.row}${place.column === undefined ? '' : ` ${place.column}`}`;
  if (!span || text === undefined) return span?.file ?? '';
  const { line, column } = placeOf(text, span.start);
  return `${span.file}:${line}:${column}`;
}

/** The line that the span starts on, and carets below the part of the span that lies on it. */
function excerpt(
  text: string,
  span: Span,
  severity: Severity,
  paint: Paint,
  width: number,
): readonly string[] {
  const line = lineAt(text, span.start);
  const glyphs = glyphsOf(text.slice(line.start, line.end));
  const from = glyphs.findIndex(({ offset }) => offset >= span.start - line.start);
  const start = from < 0 ? glyphs.length : from;
  const marked = glyphs.filter(({ offset }, at) => at >= start && offset < span.end - line.start).length;
  const { shown, before, below } = cut(glyphs, start, start + marked, width);
  const number = String(line.number).padStart(5);
  return [
    `${paint('gutter', `${number} |`)} ${shown}`.trimEnd(),
    `${paint('gutter', `${' '.repeat(number.length)} |`)} ${' '.repeat(before)}${paint(severity, '^'.repeat(below))}`,
  ];
}

/** What is shown of a line, the columns before its marked part, and the columns of the marked part (one at least). */
interface Cut {
  readonly shown: string;
  readonly before: number;
  readonly below: number;
}

/** Of a long line a piece around the marked part, with `…` where something was left out. */
function cut(glyphs: readonly Glyph[], start: number, end: number, width: number): Cut {
  const fits = widthOf(glyphs) <= width;
  // A third of the room before the marked part, or more if what follows needs less.
  const from = fits
    ? 0
    : Math.min(firstWithin(glyphs, start, Math.floor(width / 3)), firstWithin(glyphs, glyphs.length, width));
  const to = fits ? glyphs.length : mostFrom(glyphs, from, width);
  const lead = from > 0 ? '…' : '';
  const shown = glyphs.slice(from, to).map((glyph) => glyph.shown);
  return {
    shown: lead + shown.join('') + (to < glyphs.length ? '…' : ''),
    before: lead.length + widthOf(glyphs.slice(from, start)),
    below: Math.max(1, widthOf(glyphs.slice(start, Math.min(end, to)))),
  };
}

/** The first glyph from which at most `room` columns lead up to `end`. */
function firstWithin(glyphs: readonly Glyph[], end: number, room: number): number {
  let from = end;
  for (let used = 0; from > 0; from -= 1) {
    used += glyphs[from - 1]?.width ?? 0;
    if (used > room) break;
  }
  return from;
}

/** The glyph after the last one that fits into `width` columns. */
function mostFrom(glyphs: readonly Glyph[], from: number, width: number): number {
  let to = from;
  for (let used = 0; to < glyphs.length; to += 1) {
    used += glyphs[to]?.width ?? 0;
    if (used > width) break;
  }
  return to;
}
