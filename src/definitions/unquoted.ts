import type * as z from 'zod';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { FieldPath } from './definition.ts';
import { codeSchema } from './schema.ts';
import { schemasAt } from './schemaAt.ts';
import type { Written } from './written.ts';

/** What YAML makes of a scalar that should have been text: `0101` is the number 101. */
export function unquotedMessage(source: string, value: unknown): string {
  return `Without quotes, ${source} is ${meaningOf(source, value)}, not text.`;
}

export const unquotedHint = (source: string): string => `write "${source}" in quotes`;

function meaningOf(source: string, value: unknown): string {
  if (typeof value === 'boolean') return 'a truth value';
  return String(value) === source ? 'a number' : `the number ${value}`;
}

/**
 * Codes that are text to us, and not to every program that reads the file: many still read YAML 1.1, where
 * `no` is false and `1_000` a number.
 */
export function unquotedCodes(
  schema: z.core.$ZodType,
  data: unknown,
  written: Written,
  spanOf: (path: FieldPath) => Span,
): readonly Diagnostic[] {
  return doubtful(written).flatMap(({ path, source, meaning }) => {
    if (!schemasAt(schema, data, path).includes(codeSchema)) return [];
    const message = `Without quotes, ${source} is ${meaning} to programs that read YAML 1.1.`;
    return [diagnostic('unquoted-code', message, { span: spanOf(path), hint: unquotedHint(source) })];
  });
}

interface Doubtful {
  readonly path: FieldPath;
  readonly source: string;
  readonly meaning: string;
}

function doubtful(root: Written): readonly Doubtful[] {
  const found: Doubtful[] = [];
  // One path that grows and shrinks: nearly no scalar of the thousands is doubtful, and only those need their own.
  const path: (string | number)[] = [];
  const visit = (written: Written, step?: string | number): void => {
    if (step !== undefined) path.push(step);
    if (written.kind === 'mapping') for (const [key, { value }] of written.entries) visit(value, key);
    else if (written.kind === 'list') for (const [index, item] of written.items.entries()) visit(item, index);
    else if (written.kind === 'scalar' && typeof written.value === 'string' && written.unquoted) {
      const source = written.unquoted;
      const meaning = mayMeanMore.test(source)
        ? olderMeanings.find(({ pattern }) => pattern.test(source))?.meaning
        : undefined;
      if (meaning) found.push({ path: [...path], source, meaning });
    }
    if (step !== undefined) path.pop();
  };
  visit(root);
  return found;
}

/** How all of the following begin: nearly no text does. */
const mayMeanMore = /^(?:[-+\d]|[yno]\w{0,2}$)/i;

/** Texts in YAML 1.2 that are something else in YAML 1.1. */
const olderMeanings: readonly { readonly pattern: RegExp; readonly meaning: string }[] = [
  { pattern: /^(y|yes|on)$/i, meaning: 'true' },
  { pattern: /^(n|no|off)$/i, meaning: 'false' },
  { pattern: /^[-+]?(0b[01_]+|0x[0-9a-f_]+|\d[\d_]*(\.[\d_]*)?)$/i, meaning: 'a number' },
  { pattern: /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/, meaning: 'a number to the base 60' },
  { pattern: /^\d{4}-\d{1,2}-\d{1,2}([Tt \t].*)?$/, meaning: 'a date' },
];
