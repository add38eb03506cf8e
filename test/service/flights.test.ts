import { describe, expect, it } from 'vitest';
import { flights } from '../../src/service/flights.ts';

const never = new AbortController().signal;

describe('a run', () => {
  it('is shared while it is on its way, and begun anew behind that', async () => {
    const own = flights<number>();
    let runs = 0;
    const start = async () => {
      runs += 1;
      return runs;
    };
    const first = own.join('a', never, start);
    const second = own.join('a', never, start);
    const other = own.join('b', never, start);
    expect([first.joined, second.joined, other.joined]).toEqual([false, true, false]);
    expect(await Promise.all([first.result, second.result, other.result])).toEqual([1, 1, 2]);
    expect(own.join('a', never, start).joined).toBe(false);
  });

  it('goes on while anybody waits, and is stopped with the last', async () => {
    const own = flights<string>();
    let stopped: AbortSignal | undefined;
    let finish = (_: string) => {};
    const start = (signal: AbortSignal) => {
      stopped = signal;
      return new Promise<string>((resolve) => {
        finish = resolve;
      });
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const results = [one, two].map(({ signal }) => own.join('a', signal, start).result);
    const ended = Promise.allSettled(results);
    one.abort('gone');
    await expect(results[0]).rejects.toBe('gone');
    expect(stopped?.aborted).toBe(false);
    two.abort('gone too');
    await ended;
    expect(stopped?.aborted).toBe(true);
    expect(own.join('a', never, async () => 'anew').joined).toBe(false);
    finish('late');
    await own.ended();
  });

  it('that fails fails for all who wait', async () => {
    const own = flights<string>();
    const start = () => Promise.reject(new Error('ours'));
    const results = [1, 2].map(() => own.join('a', never, start).result);
    for (const result of results) await expect(result).rejects.toThrow('ours');
  });
});
