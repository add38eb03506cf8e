import type { Output, Surroundings } from './surroundings.ts';
import type { Progress } from './wanted.ts';

/** Work shorter than this needs no word. */
const patience = 1000;
const refresh = 250;

/** The step that a long run is at, on the error output, so that data can be piped on. */
export interface ProgressLine {
  readonly report: Progress;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** On a terminal one line that is written over; elsewhere a line for each new step. */
export function progressLine({
  errors,
  now,
  every,
}: Pick<Surroundings, 'errors' | 'now' | 'every'>): ProgressLine {
  const begun = now().getTime();
  const show = errors.columns === null ? plainLines(errors) : rewrittenLine(errors, errors.columns);
  let latest: string | null = null;
  const stop = every(refresh, () => {
    if (latest !== null && now().getTime() - begun >= patience) show(latest);
  });
  return {
    report: ({ text, done, of }) => {
      latest = of === undefined || errors.columns === null ? text : `${text} ${done ?? 0}/${of}`;
    },
    end: () => {
      stop();
      show('');
    },
  };
}

function plainLines(errors: Output): (text: string) => void {
  let shown = '';
  return (text) => {
    if (text !== '' && text !== shown) errors.write(`${text}\n`);
    shown = text;
  };
}

function rewrittenLine(errors: Output, columns: number): (text: string) => void {
  let shown = '';
  return (text) => {
    if (text !== shown) errors.write(`\r\u001b[2K${text.slice(0, columns - 1)}`);
    shown = text;
  };
}
