/** A person at a terminal who can be asked. */
export interface Asking {
  /** The answer; nothing but Enter gives `suggestion`. */
  readonly question: (text: string, suggestion: string) => Promise<string>;
  readonly close: () => void;
}
