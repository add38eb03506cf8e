/** True where a file name is of a contract's pattern: `*` is any run of characters, case is no difference. */
export function matchesPattern(name: string, pattern: string): boolean {
  const parts = fold(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(fold(name));
}

/** A Mac writes Å as A and a ring. */
const fold = (name: string): string => name.normalize('NFC').toLowerCase();
