/** Written by the sql room; a Dialect is a table of functions with a standard default for each. */
export interface Dialect {
  readonly name: string;
}
