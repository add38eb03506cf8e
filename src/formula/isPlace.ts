/**
 * Whether an entry of a record only says where something was written (`span`, `nameSpan`): moving a
 * formula to another line changes no figure. A classification may be called `span` too, so its value
 * is looked at.
 */
export function isPlace(key: string, value: unknown): boolean {
  if (key !== 'span' && key !== 'nameSpan') return false;
  if (typeof value !== 'object' || value === null) return false;
  return 'file' in value && 'start' in value && 'end' in value && Object.keys(value).length === 3;
}
