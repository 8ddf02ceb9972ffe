import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dequeue, drop, emptyQueue, enqueue } from '../../src/solver/order/decision-queue.ts';

/** What is done to a queue. Keys are above 0, and two packages never have the same one. */
type Operation =
  | { readonly kind: 'enqueue'; readonly id: number; readonly key: number }
  | { readonly kind: 'drop'; readonly id: number }
  | { readonly kind: 'dequeue' };

const packages = 8;
const id = fc.integer({ min: 0, max: packages - 1 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ kind: fc.constant('enqueue' as const), id, height: fc.integer({ min: 1, max: 20 }) })
      .map(({ kind, id: which, height }) => ({ kind, id: which, key: height * packages + which })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), id }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'dequeue' as const }) },
);

/** The model: a map from package to key, sorted whenever the highest is wanted. */
function highest(model: ReadonlyMap<number, number>): number {
  const sorted = [...model].sort(([, a], [, b]) => b - a);
  return sorted[0]?.[0] ?? -1;
}

describe('the decision queue', () => {
  test('gives what a sorted list gives, whatever is queued anew, dropped or taken', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const queue = emptyQueue();
        const model = new Map<number, number>();
        const take = (): void => {
          const expected = highest(model);
          model.delete(expected);
          expect(dequeue(queue)).toBe(expected);
        };
        for (const step of operations) {
          switch (step.kind) {
            case 'enqueue':
              enqueue(queue, step.id, step.key);
              model.set(step.id, step.key);
              break;
            case 'drop':
              drop(queue, step.id);
              model.delete(step.id);
              break;
            case 'dequeue':
              take();
          }
        }
        while (model.size > 0) take();
        expect(dequeue(queue)).toBe(-1);
      }),
      { numRuns: 2000 },
    );
  });

  test('counts only the last key of a package, higher or lower', () => {
    const queue = emptyQueue();
    enqueue(queue, 1, 50);
    enqueue(queue, 2, 40);
    enqueue(queue, 1, 30);
    expect([dequeue(queue), dequeue(queue), dequeue(queue)]).toEqual([2, 1, -1]);
  });
});
