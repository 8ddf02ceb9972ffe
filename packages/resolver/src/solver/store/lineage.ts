import {
  type Incompatibility,
  type IncompatibilityId,
  type PackageId,
  priorCause,
} from '../incompatibility.ts';

/**
 * Where what was derived comes from: by number, three places each, the two that it follows from and the package
 * in which they meet; zeros for what was not derived.
 *
 * A search takes far more steps of conflict resolution than it learns incompatibilities. So a step is kept as
 * three numbers, and its terms are worked out once more where a proof rests on it.
 */
export type Lineage = number[];

export function noteLineage(
  lineage: Lineage,
  left: IncompatibilityId,
  right: IncompatibilityId,
  shared: PackageId,
): void {
  lineage.push(left, right, shared);
}

/** Adds to the store what is missing of the proof of an incompatibility. */
export function workOutProof(store: Incompatibility[], lineage: Lineage, id: IncompatibilityId): void {
  const done = new Set<IncompatibilityId>();
  const pending = [id];
  for (let current = pending.at(-1); current !== undefined; current = pending.at(-1)) {
    const [left = 0, right = 0, shared = 0] = lineage.slice(3 * current, 3 * current + 3);
    const isDerived = left !== right;
    const missing = isDerived ? [left, right].filter((cause) => !done.has(cause)) : [];
    if (missing.length > 0 && !done.has(current)) {
      pending.push(...missing);
      continue;
    }
    if (isDerived) store[current] ??= priorCause(left, right, shared, store);
    done.add(current);
    pending.pop();
  }
}

/** Those that an incompatibility follows from, itself included, at their places in the store. */
export function proofIn(store: readonly Incompatibility[], id: IncompatibilityId): Incompatibility[] {
  const proof: Incompatibility[] = [];
  const seen = new Set([id]);
  // A set may grow while it is walked.
  for (const each of seen) {
    const found = store[each];
    if (found === undefined) throw new Error(`invariant: no incompatibility ${each}`);
    proof[each] = found;
    if (found.cause.kind === 'derived') seen.add(found.cause.left).add(found.cause.right);
  }
  return proof;
}
