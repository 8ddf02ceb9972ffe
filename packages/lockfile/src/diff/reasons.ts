import { compareText, type LockedSet } from '../locked-set.ts';

/** Why a package is in a lock, or was. */
export interface ChangeReason {
  /** The package that wants it, normalised; null for the user. */
  readonly by: string | null;
  /** The requirement as written, where the lock or the plan keeps it. */
  readonly text: string | null;
  /** The user's file and line, where known. */
  readonly place: string | null;
  /** Whether what wants it changed too, and so may be what moved it. */
  readonly moved: boolean;
}

/** Who wants a package in a lock: by the demands that were recorded, else by the edges that lead to it. */
export function changeReasons(
  name: string,
  lock: LockedSet,
  moved: ReadonlySet<string>,
): readonly ChangeReason[] {
  const demands = lock.packages.filter((item) => item.name === name).flatMap((item) => item.demands);
  const reasons: readonly ChangeReason[] =
    demands.length > 0
      ? demands.map(({ from, text, origin }) => ({
          by: from,
          text,
          place:
            origin === null ? null : origin.line === null ? origin.source : `${origin.source}:${origin.line}`,
          moved: from !== null && moved.has(from),
        }))
      : lock.packages.flatMap((item) =>
          (item.dependencies ?? [])
            .filter((edge) => edge.name === name)
            .map((edge) => ({ by: item.name, text: edge.text, place: null, moved: moved.has(item.name) })),
        );
  const distinct = new Map(
    reasons.map((reason) => [JSON.stringify([reason.by, reason.text, reason.place]), reason]),
  );
  return [...distinct.values()].sort(
    (a, b) => Number(b.moved) - Number(a.moved) || compareText(a.by ?? '', b.by ?? ''),
  );
}
