import type { Variable } from './literal.ts';

/**
 * Variables by activity, the most active first, the older of two equals.
 *
 * A binary heap with the place of each variable in it, -1 where it is not.
 */
export interface ActivityHeap {
  push(variable: Variable): void;
  /** Takes out the first, or gives -1. */
  pop(): Variable;
  /** To be called when a variable's activity has grown. */
  grown(variable: Variable): void;
}

export function newActivityHeap(activity: readonly number[]): ActivityHeap {
  const heap: Variable[] = [];
  const places: number[] = [];
  const at = (place: number): Variable => heap[place] ?? -1;

  function before(a: Variable, b: Variable): boolean {
    const difference = (activity[a] ?? 0) - (activity[b] ?? 0);
    return difference > 0 || (difference === 0 && a < b);
  }

  function put(place: number, variable: Variable): void {
    heap[place] = variable;
    places[variable] = place;
  }

  function up(from: number): void {
    let place = from;
    const variable = at(place);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!before(variable, at(parent))) break;
      put(place, at(parent));
      place = parent;
    }
    put(place, variable);
  }

  function down(): void {
    let place = 0;
    const variable = at(0);
    while (true) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(at(child + 1), at(child))) child++;
      if (!before(at(child), variable)) break;
      put(place, at(child));
      place = child;
    }
    put(place, variable);
  }

  return {
    push(variable) {
      if ((places[variable] ?? -1) >= 0) return;
      put(heap.length, variable);
      up(heap.length - 1);
    },
    pop() {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined) return -1;
      places[top] = -1;
      if (heap.length > 0) {
        put(0, last);
        down();
      }
      return top;
    },
    grown(variable) {
      const place = places[variable] ?? -1;
      if (place >= 0) up(place);
    },
  };
}
