import * as z from 'zod';

/** Danish and English, always both. */
export const labelSchema = z.strictObject({
  da: z.string().min(1).describe('Danish text'),
  en: z.string().min(1).describe('English text'),
});

export const name = (what: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, 'a name in lower-case letters, digits and _')
    .describe(what);
export const dottedName = (what: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/, 'domain.name in lower-case letters, digits and _')
    .describe(what);
export const date = z.iso.date('a date like 2027-01-01').describe('A date, YYYY-MM-DD');
/** Where this schema stands, even text must be quoted if an older YAML reader would not take it as text. */
export const codeSchema = z.string().describe('A code, in quotes');
export const code = codeSchema;
export const formula = (what: string) => z.string().min(1).describe(what);
