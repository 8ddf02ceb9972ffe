import type { PackageId } from '../incompatibility.ts';

/**
 * Packages that wait for a decision, highest key first.
 *
 * A binary heap, in two lists side by side, whose stale entries are dropped when they surface: `keys[id]` is the key
 * that counts, 0 where the package is not queued.
 */
export interface DecisionQueue {
  readonly heapIds: PackageId[];
  readonly heapKeys: number[];
  readonly keys: number[];
}

export function emptyQueue(): DecisionQueue {
  return { heapIds: [], heapKeys: [], keys: [] };
}

export function enqueue(queue: DecisionQueue, id: PackageId, key: number): void {
  if (queue.keys[id] === key) return;
  queue.keys[id] = key;
  const { heapIds, heapKeys } = queue;
  let at = heapIds.length;
  heapIds.push(id);
  heapKeys.push(key);
  while (at > 0) {
    const up = (at - 1) >>> 1;
    const parentKey = heapKeys[up] ?? 0;
    if (parentKey >= key) break;
    heapIds[at] = heapIds[up] ?? 0;
    heapKeys[at] = parentKey;
    at = up;
  }
  heapIds[at] = id;
  heapKeys[at] = key;
}

export function drop(queue: DecisionQueue, id: PackageId): void {
  queue.keys[id] = 0;
}

/** Takes out the package with the highest key, or -1. */
export function dequeue(queue: DecisionQueue): PackageId {
  while (true) {
    const [id, key] = [queue.heapIds[0], queue.heapKeys[0]];
    if (id === undefined || key === undefined) return -1;
    removeTop(queue);
    if (queue.keys[id] === key) {
      queue.keys[id] = 0;
      return id;
    }
  }
}

function removeTop({ heapIds, heapKeys }: DecisionQueue): void {
  const lastId = heapIds.pop();
  const lastKey = heapKeys.pop();
  const count = heapIds.length;
  if (lastId === undefined || lastKey === undefined || count === 0) return;
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= count) break;
    if (child + 1 < count && (heapKeys[child + 1] ?? 0) > (heapKeys[child] ?? 0)) child++;
    const higher = heapKeys[child] ?? 0;
    if (higher <= lastKey) break;
    heapIds[at] = heapIds[child] ?? 0;
    heapKeys[at] = higher;
    at = child;
  }
  heapIds[at] = lastId;
  heapKeys[at] = lastKey;
}
