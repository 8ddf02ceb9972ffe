import type { PackageId } from '../incompatibility.ts';

/**
 * Packages that wait for a decision, highest key first.
 *
 * A binary heap whose stale entries are dropped when they surface: `keys[id]` is the key that
 * counts, 0 where the package is not queued.
 */
export interface DecisionQueue {
  readonly heap: { readonly id: PackageId; readonly key: number }[];
  readonly keys: number[];
}

export function emptyQueue(): DecisionQueue {
  return { heap: [], keys: [] };
}

export function enqueue(queue: DecisionQueue, id: PackageId, key: number): void {
  if (queue.keys[id] === key) return;
  queue.keys[id] = key;
  const { heap } = queue;
  const entry = { id, key };
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const up = (at - 1) >>> 1;
    const parent = heap[up];
    if (parent === undefined || parent.key >= key) break;
    heap[at] = parent;
    heap[up] = entry;
    at = up;
  }
}

export function drop(queue: DecisionQueue, id: PackageId): void {
  queue.keys[id] = 0;
}

/** Takes out the package with the highest key, or -1. */
export function dequeue(queue: DecisionQueue): PackageId {
  while (true) {
    const top = queue.heap[0];
    if (top === undefined) return -1;
    removeTop(queue);
    if (queue.keys[top.id] === top.key) {
      queue.keys[top.id] = 0;
      return top.id;
    }
  }
}

function removeTop({ heap }: DecisionQueue): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    const left = heap[child];
    const right = heap[child + 1];
    if (left === undefined) break;
    if (right !== undefined && right.key > left.key) child++;
    const higher = heap[child];
    if (higher === undefined || higher.key <= last.key) break;
    heap[at] = higher;
    at = child;
  }
  heap[at] = last;
}
