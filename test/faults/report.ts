/** Counts what was tried, and keeps what was wrong. */
export interface Report {
  readonly check: (name: string, violations: readonly string[]) => void;
  readonly told: () => { readonly passed: number; readonly failed: number };
}

export function reportTo(write: (line: string) => void): Report {
  let passed = 0;
  let failed = 0;
  return {
    check: (name, violations) => {
      if (violations.length === 0) passed += 1;
      else failed += 1;
      for (const violation of violations.slice(0, 10)) write(`VIOLATION ${name}: ${violation}`);
    },
    told: () => ({ passed, failed }),
  };
}
