/** The entry of a record under a name that somebody wrote; `constructor` and `toString` are no entries. */
export function lookUp<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
