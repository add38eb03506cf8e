import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/cli/progress.ts';
import { collector } from '../support/surroundings.ts';

/** A place where time is what the test says, and where the program is woken by hand. */
function stage(columns: number | null) {
  const errors = collector(columns);
  let time = 0;
  let wake = () => {};
  const line = progressLine({
    errors,
    now: () => new Date(time),
    every: (_milliseconds, action) => {
      wake = action;
      return () => {
        wake = () => {};
      };
    },
  });
  return {
    line,
    written: errors.text,
    at: (milliseconds: number) => {
      time = milliseconds;
      wake();
    },
  };
}

describe('progressLine', () => {
  it('says nothing of work that takes less than a second', () => {
    const { line, written, at } = stage(80);
    line.report({ text: 'building' });
    at(999);
    line.end();
    expect(written()).toBe('');
  });

  it('writes one line over and over on a terminal, and takes it away', () => {
    const { line, written, at } = stage(80);
    line.report({ text: 'building', done: 1, of: 3 });
    at(1000);
    line.report({ text: 'building', done: 2, of: 3 });
    at(1250);
    at(1500);
    line.end();
    const clear = '\r\u001b[2K';
    expect(written()).toBe(`${clear}building 1/3${clear}building 2/3${clear}`);
  });

  it('keeps to the width of the terminal, since a line that wraps cannot be taken away', () => {
    const { line, written, at } = stage(5);
    line.report({ text: 'building' });
    at(1000);
    expect(written()).toBe('\r\u001b[2Kbuil');
  });

  it('writes a plain line for each step where no terminal reads', () => {
    const { line, written, at } = stage(null);
    line.report({ text: 'building', done: 1, of: 3 });
    at(1000);
    line.report({ text: 'building', done: 2, of: 3 });
    at(1250);
    line.report({ text: 'publishing' });
    at(1500);
    line.end();
    expect(written()).toBe('building\npublishing\n');
  });
});
