/** Lets answers go on one at a time. */
export interface Turns {
  /**
   * Settles when it is the turn of an answer of `size` bytes: the smallest that waits comes first, of those that are
   * wanted if there are any.
   */
  take(size: number, isWanted: () => boolean): Promise<void>;
}

interface Waiting {
  readonly size: number;
  readonly isWanted: () => boolean;
  readonly go: () => void;
}

/**
 * A turn of the event loop for each answer, so that the requests which one leads to leave before the next is read:
 * many come at once, a page takes milliseconds to read, and a connection is free again only when the loop has turned.
 */
export function newTurns(): Turns {
  const waiting: Waiting[] = [];
  const turn = (): void => {
    const next = smallestOf(waiting.filter(({ isWanted }) => isWanted())) ?? smallestOf(waiting);
    if (next !== undefined) waiting.splice(waiting.indexOf(next), 1);
    next?.go();
    if (waiting.length > 0) setImmediate(turn);
  };
  return {
    take: (size, isWanted) =>
      new Promise((go) => {
        if (waiting.push({ size, isWanted, go }) === 1) setImmediate(turn);
      }),
  };
}

/** The first of the smallest. */
function smallestOf(waiting: readonly Waiting[]): Waiting | undefined {
  return waiting.reduce<Waiting | undefined>(
    (least, each) => (least === undefined || each.size < least.size ? each : least),
    undefined,
  );
}
