/** Answers that were given, for whoever asks the same of the same edition. */
export interface KeptAnswers<T> {
  readonly get: (key: string) => T | undefined;
  readonly keep: (key: string, answer: T, cells: number) => void;
  readonly statistics: () => { readonly answers: number; readonly cells: number };
}

/** As many as have so many cells together; the one that was asked longest ago goes first. */
export function keptAnswers<T>(most: number): KeptAnswers<T> {
  const kept = new Map<string, { readonly answer: T; readonly cells: number }>();
  let cells = 0;
  const drop = (key: string) => {
    cells -= kept.get(key)?.cells ?? 0;
    kept.delete(key);
  };
  return {
    get: (key) => {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.answer;
    },
    keep: (key, answer, own) => {
      // An answer without rows takes its place too.
      const size = Math.max(1, own);
      if (size > most) return;
      drop(key);
      kept.set(key, { answer, cells: size });
      cells += size;
      for (const oldest of kept.keys()) {
        if (cells <= most) return;
        drop(oldest);
      }
    },
    statistics: () => ({ answers: kept.size, cells }),
  };
}
