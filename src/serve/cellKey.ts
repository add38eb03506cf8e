const separator = '\u0000';

export function cellKey(period: string, members: readonly string[]): string {
  return [period, ...members].join(separator);
}

export function splitKey(key: string): { readonly period: string; readonly members: readonly string[] } {
  const [period = '', ...members] = key.split(separator);
  return { period, members };
}
