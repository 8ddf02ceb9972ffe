/** Work that several callers wait for, done once. */
export interface SharedTask<T> {
  /** The result; rejects at once with the signal's reason where it fires. The work ends when nobody waits. */
  wait(signal: AbortSignal | undefined): Promise<T>;
  /** Ends the work for everybody. */
  abort(reason: unknown): void;
}

/** Starts the work. Its signal fires when the last of those who wait has left. */
export function sharedTask<T>(work: (signal: AbortSignal) => Promise<T>): SharedTask<T> {
  const controller = new AbortController();
  const result = work(controller.signal);
  // Whoever waits is told; nobody may be waiting any more.
  result.catch(() => undefined);
  let waiting = 0;
  return {
    abort: (reason) => controller.abort(reason),
    wait: (signal) => {
      waiting++;
      if (signal === undefined) return result;
      return new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          reject(signal.reason);
          if (--waiting === 0) controller.abort(signal.reason);
        };
        if (signal.aborted) {
          leave();
          return;
        }
        const leaving = leavingOn(signal);
        leaving.add(leave);
        result.then(resolve, reject).finally(() => leaving.delete(leave));
      });
    },
  };
}

/** What is done when a signal fires. */
const leavingBySignal = new WeakMap<AbortSignal, Set<() => void>>();

/** A signal goes through all its listeners for each that is added: thousands of waits share one. */
function leavingOn(signal: AbortSignal): Set<() => void> {
  const known = leavingBySignal.get(signal);
  if (known !== undefined) return known;
  const leaving = new Set<() => void>();
  leavingBySignal.set(signal, leaving);
  signal.addEventListener('abort', () => {
    for (const leave of leaving) leave();
  });
  return leaving;
}
