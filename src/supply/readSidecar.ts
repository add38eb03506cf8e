import { checkLayout } from '../definitions/layout.ts';
import { parseYaml } from '../definitions/parseYaml.ts';
import { dataOf, spanAt, type Written } from '../definitions/written.ts';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Checked, Diagnostic } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/nearName.ts';

/** What stands beside a delivery: when it came and from whom. Files and git keep no such time. */
export interface Sidecar {
  /** ISO time in UTC. */
  readonly received: string;
  readonly sender: string | null;
  readonly note: string | null;
  readonly synthetic: boolean;
}

export const sidecarEnding = '.receipt.yaml';

export function readSidecar(file: string, text: string): Checked<Sidecar> {
  const layout = checkLayout({ file, text });
  if (layout.value === undefined) return { diagnostics: layout.diagnostics };
  const yaml = parseYaml({ file, text }, layout.value);
  const before = [...layout.diagnostics, ...yaml.diagnostics];
  if (yaml.value === undefined || before.length > 0) return { diagnostics: before };
  const problems = problemsOf(file, yaml.value);
  if (problems.length > 0) return { diagnostics: problems };
  const { received, sender, note, synthetic } = dataOf(yaml.value) as Record<string, unknown>;
  return {
    value: {
      received: new Date(String(received)).toISOString(),
      sender: sender === undefined ? null : String(sender),
      note: note === undefined ? null : String(note),
      synthetic: synthetic === true,
    },
    diagnostics: [],
  };
}

/** The zone is part of the time: without it nobody knows which of two deliveries came first. */
const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  isDay(value.slice(0, 10));

/** 31 February is a time to `Date.parse`. */
const isDay = (date: string): boolean => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) === date;

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const keys: Readonly<Record<string, { readonly holds: (value: unknown) => boolean; readonly what: string }>> =
  {
    received: { holds: isTime, what: 'a time with its zone, like "2026-08-19T05:03:20Z"' },
    sender: { holds: isText, what: 'a text' },
    note: { holds: isText, what: 'a text' },
    synthetic: { holds: (value) => typeof value === 'boolean', what: 'true or false' },
  };

function problemsOf(file: string, written: Written): readonly Diagnostic[] {
  const data = dataOf(written);
  if (written.kind !== 'mapping' || !('received' in (data as object))) {
    const span = spanAt(file, written, ['received']);
    return [
      diagnostic('bad-receipt', 'The receipt does not say when the delivery was received.', {
        span,
        hint: sidecarExample,
      }),
    ];
  }
  return Object.entries(data as Record<string, unknown>).flatMap(([key, value]) => {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known === undefined) {
      const hint = didYouMean(key, Object.keys(keys)) ?? `a receipt has ${Object.keys(keys).join(', ')}`;
      const span = spanAt(file, written, [key], 'key');
      return [diagnostic('unknown-key', `A receipt has no key "${key}".`, { span, hint })];
    }
    if (known.holds(value)) return [];
    return [
      diagnostic('bad-receipt', `"${key}" must be ${known.what}.`, { span: spanAt(file, written, [key]) }),
    ];
  });
}

export const sidecarExample = 'write it like: received: "2026-08-19T05:03:20Z"';
