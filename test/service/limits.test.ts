import { describe, expect, it } from 'vitest';
import { stopOf } from '../../src/service/limits.ts';

const turn = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const codeOf = ({ reason }: AbortSignal) => (reason as { code: string } | undefined)?.code;

describe('a stop', () => {
  it('says why: whoever asked has gone, or it took too long', async () => {
    const gone = new AbortController();
    const [one, other, late] = [stopOf(gone.signal), stopOf(undefined), stopOf(undefined, 1)];
    gone.abort('their own reason');
    other.cancel();
    await turn(20);
    expect([one, other, late].map(({ signal }) => codeOf(signal))).toEqual([
      'query-cancelled',
      'query-cancelled',
      'query-too-slow',
    ]);
    expect(stopOf(gone.signal).signal.aborted).toBe(true);
  });

  it('comes no more once there is an answer, and never where there is no limit', async () => {
    const gone = new AbortController();
    const ended = stopOf(gone.signal, 1);
    ended.end();
    const endless = [Infinity, 2 ** 40, undefined].map((limit) => stopOf(undefined, limit));
    gone.abort();
    await turn(20);
    for (const { signal } of [ended, ...endless]) expect(signal.aborted).toBe(false);
  });
});
