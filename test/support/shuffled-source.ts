import type { MaybePromise, PackageSource } from '@pyplan/resolver';
import { seededRandom } from './seeded-random.ts';

/**
 * A source that answers in an order which the seed decides: some answers at once, the others as
 * promises that resolve one by one, drawn at random from those that wait, some turns of the
 * microtask queue apart. No timers.
 */
export function shuffledSource(source: PackageSource, seed: number): PackageSource {
  const random = seededRandom(seed);
  const waiting: (() => void)[] = [];
  let pumping = false;

  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      for (let turns = Math.floor(random() * 12); turns > 0; turns -= 1) await Promise.resolve();
      const [answer] = waiting.splice(Math.floor(random() * waiting.length), 1);
      answer?.();
    }
    pumping = false;
  };
  const later = <T>(ask: () => MaybePromise<T>): MaybePromise<T> => {
    if (random() < 0.2) return ask();
    return new Promise<T>((resolve, reject) => {
      waiting.push(() => Promise.resolve().then(ask).then(resolve, reject));
      if (pumping) return;
      pumping = true;
      queueMicrotask(() => void pump());
    });
  };
  return {
    page: (name, signal) => later(() => source.page(name, signal)),
    metadata: (page, file, signal) => later(() => source.metadata(page, file, signal)),
    direct: (name, url, signal) => later(() => source.direct(name, url, signal)),
  };
}
