/** Lets answers go on one at a time. */
export interface Turns {
  /** Settles when it is the turn of an answer of `size` bytes: the smallest that waits comes first. */
  take(size: number): Promise<void>;
}

interface Waiting {
  readonly size: number;
  readonly go: () => void;
}

/**
 * A turn of the event loop for each answer, so that the requests which one leads to leave before the next is read:
 * many come at once, a page takes milliseconds to read, and a connection is free again only when the loop has turned.
 */
export function newTurns(): Turns {
  const waiting: Waiting[] = [];
  const turn = (): void => {
    const smallest = waiting.reduce(
      (least, each, index) => (each.size < (waiting[least]?.size ?? 0) ? index : least),
      0,
    );
    const [next] = waiting.splice(smallest, 1);
    next?.go();
    if (waiting.length > 0) setImmediate(turn);
  };
  return {
    take: (size) =>
      new Promise((go) => {
        if (waiting.push({ size, go }) === 1) setImmediate(turn);
      }),
  };
}
