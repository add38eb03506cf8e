import { setMaxListeners } from 'node:events';
import { diagnostic } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What one question may cost; left out: as much as it takes. */
export interface Limits {
  /** Cells of its answer: rows times columns. */
  readonly cells?: number;
  /** Bytes of the tables that it has in memory while it runs. */
  readonly bytes?: number;
  /** From the call to the answer. */
  readonly milliseconds?: number;
}

export const hasTooMany = (cells: number, most: number): Diagnostic =>
  diagnostic('query-too-large', `The answer has ${cells} cells, and ${most} are allowed.`, {
    hint: 'ask for fewer levels, periods or columns, or for the greatest few with `top`',
  });

export const needsTooMuch = (bytes: number, most: number): Diagnostic =>
  diagnostic(
    'query-too-large',
    `The question needs ${bytes} bytes of cells in memory, and ${most} are allowed.`,
  );

export const tookTooLong = (milliseconds: number): Diagnostic =>
  diagnostic('query-too-slow', `The answer took longer than ${milliseconds} milliseconds.`);

export const cancelled = (): Diagnostic =>
  diagnostic('query-cancelled', 'The question was taken back, or what it was asked of was closed.');

/** One signal for all that can end a question; its reason is the diagnostic. */
export interface Stop {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
  /** Once there is an answer. */
  readonly end: () => void;
}

export function stopOf(signal: AbortSignal | undefined, milliseconds = Infinity): Stop {
  const own = new AbortController();
  const cancel = () => own.abort(cancelled());
  if (signal) {
    // One signal may end any number of questions; Node warns of more than ten.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  }
  const slow = () => own.abort(tookTooLong(milliseconds));
  const timer = milliseconds <= longestTimer ? setTimeout(slow, milliseconds) : undefined;
  return {
    signal: own.signal,
    cancel,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    },
  };
}

/** Node takes a longer one for none at all, and fires at once. */
const longestTimer = 2 ** 31 - 1;
