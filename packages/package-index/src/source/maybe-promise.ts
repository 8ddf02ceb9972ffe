import type { MaybePromise } from '@pyplan/resolver';

/** Goes on with a value: at once where it is there, else when it comes. */
export function whenThere<T, Next>(
  value: MaybePromise<T>,
  next: (there: T) => MaybePromise<Next>,
): MaybePromise<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** All values, at once where all are there. */
export function allThere<T>(values: readonly MaybePromise<T>[]): MaybePromise<readonly T[]> {
  const there: T[] = [];
  for (const value of values) {
    if (value instanceof Promise) return Promise.all(values);
    there.push(value);
  }
  return there;
}
