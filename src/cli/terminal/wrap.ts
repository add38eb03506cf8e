import { textWidth } from './width.ts';
/** Parts joined with `separator`, on as many lines as `width` needs; no part is cut. */
export function wrap(parts: readonly string[], separator: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    const longer = `${line}${separator}${part}`;
    if (line !== undefined && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** A sentence on as many lines as it needs, all but the first set in. */
export function paragraph(text: string, width: number): readonly string[] {
  return wrap(text.split(' '), ' ', width - 2).map((line, at) => (at === 0 ? line : `  ${line}`));
}
