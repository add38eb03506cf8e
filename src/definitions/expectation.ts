import * as z from 'zod';
import { assertNever } from '../diagnostics/invariant.ts';

type Issue = z.core.$ZodIssue;

/** What the schemas ask of a value that none of them takes, in words: `a whole number`, `one of M, K`. */
export function expectation(schemas: readonly z.core.$ZodType[], value: unknown): string {
  const issues = schemas.flatMap((schema) => z.safeParse(schema, value).error?.issues ?? []);
  const own = issues.filter(({ path }) => path.length === 0);
  const choices = own.flatMap((issue) => (issue.code === 'invalid_value' ? issue.values.map(String) : []));
  const others = own.filter(({ code }) => code !== 'invalid_value').map(phrase);
  const words = [...(choices.length > 0 ? [oneOf([...new Set(choices)])] : []), ...new Set(others)];
  return words.join(', or ');
}

/** The values that the schemas list, for a near name. */
export function choicesOf(schemas: readonly z.core.$ZodType[]): readonly string[] {
  return schemas
    .flatMap((schema) => z.safeParse(schema, undefined).error?.issues ?? [])
    .flatMap((issue) =>
      issue.code === 'invalid_value' && issue.path.length === 0 ? issue.values.map(String) : [],
    );
}

const oneOf = (choices: readonly string[]): string =>
  choices.length === 1 ? `"${choices[0]}"` : `one of ${choices.join(', ')}`;

function phrase(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'invalid_format':
      return issue.message;
    case 'too_small':
      return sized(issue, Number(issue.minimum), issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return sized(issue, Number(issue.maximum), issue.inclusive === false ? 'less than' : 'at most');
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return 'a mapping';
    case 'invalid_union':
    case 'custom':
      return issue.message;
    default:
      return assertNever(issue);
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function sized(issue: { origin: string; exact?: boolean }, limit: number, comparison: string): string {
  const count = issue.exact ? `exactly ${limit}` : `${comparison} ${limit}`;
  if (issue.origin === 'string') return `text of ${count} character${limit === 1 ? '' : 's'}`;
  if (issue.origin === 'array') return `a list of ${count} item${limit === 1 ? '' : 's'}`;
  return count;
}
