/** Runs on their way. Who asks what is already being worked out waits for the same. */
export interface Flights<T> {
  /** Starts a run or joins the one of the same key; rejects with the reason of `signal` when that is aborted. */
  readonly join: (
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ) => { readonly joined: boolean; readonly result: Promise<T> };
  /** Until nothing runs any more, also of what nobody waits for. */
  readonly ended: () => Promise<void>;
}

interface Flight<T> {
  readonly stop: AbortController;
  readonly result: Promise<T>;
  waiting: number;
}

/** A run goes on while anybody waits for it, and is stopped when the last one has gone. */
export function flights<T>(): Flights<T> {
  const running = new Map<string, Flight<T>>();
  const unended = new Set<Promise<T>>();
  const begin = (key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const stop = new AbortController();
    const flight: Flight<T> = { stop, result: start(stop.signal), waiting: 0 };
    running.set(key, flight);
    unended.add(flight.result);
    const forget = () => {
      unended.delete(flight.result);
      if (running.get(key) === flight) running.delete(key);
    };
    flight.result.then(forget, forget);
    return flight;
  };
  const wait = async (key: string, flight: Flight<T>, signal: AbortSignal): Promise<T> => {
    flight.waiting += 1;
    try {
      return await unlessStopped(flight.result, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        flight.stop.abort(signal.reason);
        if (running.get(key) === flight) running.delete(key);
      }
    }
  };
  return {
    join: (key, signal, start) => {
      const known = running.get(key);
      return { joined: known !== undefined, result: wait(key, known ?? begin(key, start), signal) };
    },
    ended: async () => {
      await Promise.allSettled(unended);
    },
  };
}

function unlessStopped<T>(result: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    const end = () => signal.removeEventListener('abort', stop);
    result.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error);
      },
    );
  });
}
