import * as z from 'zod';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { didYouMean, nearName } from '../diagnostics/nearName.ts';
import type { FieldPath } from './definition.ts';
import { choicesOf, expectation } from './expectation.ts';
import { type Mismatch, mismatchesOf } from './mismatches.ts';
import type { DefinitionKind } from './schema.ts';
import { schemas } from './schema.ts';
import { keysAt, schemasAt, valueAt } from './schemaAt.ts';
import { unquotedCodes, unquotedHint, unquotedMessage } from './unquoted.ts';
import { dataOf, spanAt, type Written, writtenAt } from './written.ts';

/** A written definition against the schema of its kind: the record, or everything that does not fit. */
export function checkRecord(kind: DefinitionKind, file: string, written: Written): Checked<unknown> {
  const schema = schemas[kind];
  const data = dataOf(written);
  const checking: Checking = {
    kind,
    schema,
    written,
    data,
    spanOf: (path, part) => spanAt(file, written, path, part),
  };
  const result = z.safeParse(schema, data);
  const mismatches = mismatchesOf(result.error?.issues ?? []).filter(({ path }) => !isRefused(written, path));
  const missing = mistypedKeys(checking, mismatches);
  const diagnostics = [
    ...mismatches
      .filter(({ path }) => !missing.has(JSON.stringify(path)))
      .flatMap((mismatch) => tell(checking, mismatch)),
    ...unquotedCodes(schema, data, written, checking.spanOf),
  ];
  return { value: result.data, diagnostics };
}

interface Checking {
  readonly kind: DefinitionKind;
  readonly schema: z.core.$ZodType;
  readonly written: Written;
  readonly data: unknown;
  readonly spanOf: (path: FieldPath, part?: 'key' | 'value') => Span;
}

/** Is this value, or something around it, refused already? */
const isRefused = (written: Written, path: FieldPath): boolean =>
  path.some((_, length) => writtenAt(written, path.slice(0, length + 1))?.kind === 'refused');

/** Keys that are missing only because an unknown key beside them is this one, mistyped. */
function mistypedKeys(checking: Checking, mismatches: readonly Mismatch[]): ReadonlySet<string> {
  const paths = mismatches.flatMap((mismatch) => {
    if (mismatch.kind !== 'keys') return [];
    const free = freeKeys(checking, mismatch.path);
    return mismatch.keys.map((key) => [...mismatch.path, nearName(key, free)]);
  });
  return new Set(paths.map((path) => JSON.stringify(path)));
}

/** The keys that a mapping could have and does not have yet. */
function freeKeys({ schema, data }: Checking, path: FieldPath): readonly string[] {
  const present = valueAt(data, path);
  const isFree = (key: string) =>
    typeof present !== 'object' || present === null || !Object.hasOwn(present, key);
  return keysAt(schema, data, path).filter(isFree);
}

function tell(checking: Checking, mismatch: Mismatch): readonly Diagnostic[] {
  const { path } = mismatch;
  if (mismatch.kind === 'keys') return unknownKeys(checking, path, mismatch.keys);
  if (valueAt(checking.data, path) === undefined) return [missingKey(checking, path)];
  return [wrongValue(checking, path, mismatch.isType)];
}

function unknownKeys(checking: Checking, path: FieldPath, keys: readonly string[]): readonly Diagnostic[] {
  const free = freeKeys(checking, path);
  const others = free.length > 0 ? `possible here: ${free.join(', ')}` : undefined;
  return keys.map((key) => {
    const message = `${subject(checking.kind, path)} has no key "${key}".`;
    const span = checking.spanOf([...path, key], 'key');
    return diagnostic('unknown-key', message, { span, hint: didYouMean(key, free) ?? others });
  });
}

function missingKey({ kind, schema, data, spanOf }: Checking, path: FieldPath): Diagnostic {
  const key = String(path.at(-1));
  const message = `${subject(kind, path.slice(0, -1))} needs a key "${key}".`;
  const about = descriptionOf(schemasAt(schema, data, path));
  return diagnostic('missing-key', message, { span: spanOf(path), hint: about && `${key}: ${about}` });
}

function wrongValue(checking: Checking, path: FieldPath, isType: boolean): Diagnostic {
  const { kind, schema, data, written, spanOf } = checking;
  const allowed = schemasAt(schema, data, path);
  const value = valueAt(data, path);
  const span = spanOf(path);
  const at = writtenAt(written, path);
  const unquoted =
    at?.kind === 'scalar' && typeof value !== 'string' && value !== null ? at.unquoted : undefined;
  if (unquoted && accepts(allowed, unquoted)) {
    return diagnostic('unquoted-code', unquotedMessage(unquoted, value), {
      span,
      hint: unquotedHint(unquoted),
    });
  }
  const message = `${subject(kind, path)} must be ${expectation(allowed, value)}, and is ${found(value)}.`;
  const hint = hintFor(checking, path, allowed, value);
  return diagnostic(isType ? 'wrong-type' : 'invalid-value', message, { span, hint });
}

const accepts = (allowed: readonly z.core.$ZodType[], value: unknown): boolean =>
  allowed.some((schema) => z.safeParse(schema, value).success);

function hintFor(
  { schema, data }: Checking,
  path: FieldPath,
  allowed: readonly z.core.$ZodType[],
  value: unknown,
): string | undefined {
  if (typeof value === 'string') {
    if (/^[-+]?\d+(\.\d+)?$/.test(value) && accepts(allowed, Number(value)))
      return `write ${value} without quotes`;
    const near = didYouMean(value, choicesOf(allowed));
    if (near !== undefined) return near;
  }
  const keys = keysAt(schema, data, path);
  return keys.length > 0 ? `its keys: ${keys.join(', ')}` : descriptionOf(allowed);
}

const descriptionOf = (allowed: readonly z.core.$ZodType[]): string | undefined =>
  allowed.map((schema) => z.globalRegistry.get(schema)?.description).find((about) => about !== undefined);

/** What a sentence is about: `"unit"`, `Item 4 of "members"`, `This kpi`. */
function subject(kind: DefinitionKind, path: FieldPath): string {
  const last = path.at(-1);
  if (last === undefined) return `This ${kind}`;
  if (typeof last === 'string') return `"${last}"`;
  return `Item ${last + 1} of "${path.findLast((step) => typeof step === 'string')}"`;
}

function found(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return String(value);
  return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
}
