import type { Language } from '../../model/printNumber.ts';

/** The language of a terminal, and how it writes numbers. Files are never written by it. */
export type Locale = Language;

/** `asked` wins; then what the environment says of numbers, in the order that POSIX gives. */
export function localeOf(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Locale {
  const said = asked ?? [environment.LC_ALL, environment.LC_NUMERIC, environment.LANG].find(Boolean) ?? '';
  return /^da([_.@-]|$)/i.test(said) ? 'da' : 'en';
}
