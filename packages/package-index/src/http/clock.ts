import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, given from outside so that tests need neither wait nor guess. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects at once with the signal's reason where it fires. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1), for jitter. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  },
  random: () => Math.random(),
};
