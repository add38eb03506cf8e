import type * as z from 'zod';
import type { FieldPath } from './definition.ts';

/** One thing that does not fit its schema, with its whole path. */
export type Mismatch =
  | { readonly kind: 'value'; readonly path: FieldPath; readonly isType: boolean }
  | { readonly kind: 'keys'; readonly path: FieldPath; readonly keys: readonly string[] };

type Issue = z.core.$ZodIssue;

/**
 * What zod found, flat and each place once. Of a union, zod gives the mistakes of every branch: those of the
 * branch that the author meant are told, and if no branch has the shape of the value, that nothing fits.
 */
export function mismatchesOf(issues: readonly Issue[], under: FieldPath = []): readonly Mismatch[] {
  const seen = new Set<string>();
  return issues
    .flatMap((issue) => flatten(issue, [...under, ...fieldPath(issue.path)]))
    .filter(({ kind, path }) => {
      const place = JSON.stringify([kind, path]);
      const isNew = !seen.has(place);
      seen.add(place);
      return isNew;
    });
}

function flatten(issue: Issue, path: FieldPath): readonly Mismatch[] {
  if (issue.code === 'unrecognized_keys') return [{ kind: 'keys', path, keys: issue.keys }];
  if (issue.code !== 'invalid_union') return [{ kind: 'value', path, isType: issue.code === 'invalid_type' }];
  const meant = issue.errors.filter((branch) => !branch.some(isOfAnotherShape)).sort(byLength)[0];
  if (meant !== undefined) return mismatchesOf(meant, path);
  const isType = issue.errors.length > 0 && issue.errors.every((branch) => branch.every(isTypeIssue));
  return [{ kind: 'value', path, isType }];
}

const isTypeIssue = (issue: Issue): boolean => issue.code === 'invalid_type';

const isOfAnotherShape = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

const byLength = (one: readonly unknown[], other: readonly unknown[]): number => one.length - other.length;

/** zod allows symbols in paths; data from YAML has none. */
const fieldPath = (path: readonly PropertyKey[]): FieldPath =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));
