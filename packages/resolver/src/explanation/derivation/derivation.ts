import {
  type Incompatibility,
  type IncompatibilityId,
  termOf,
  unitIncompatibility,
} from '../../solver/incompatibility.ts';
import { subtractRanks } from '../../solver/rank-set.ts';
import { positive } from '../../solver/term.ts';

/** A proof: a fact, or something that follows from other proofs. Shared proofs are the same object. */
export interface Derivation {
  readonly id: IncompatibilityId;
  readonly incompatibility: Incompatibility;
  readonly causes: readonly Derivation[] | null;
}

/**
 * The proof of an incompatibility.
 *
 * Steps that only pass from a package with an extra to the package itself are left out: the reader
 * takes them for granted.
 */
export function derivationOf(store: readonly Incompatibility[], id: IncompatibilityId): Derivation {
  const built = new Map<IncompatibilityId, Derivation>();
  /** What follows twice is proved once. */
  const byTerms = new Map<string, Derivation>();
  const pending = [id];
  while (pending.length > 0) {
    const current = pending.at(-1) ?? id;
    const incompatibility = store[current];
    if (incompatibility === undefined) throw new Error(`invariant: no incompatibility ${current}`);
    const { cause } = incompatibility;
    if (built.has(current)) {
      pending.pop();
    } else if (cause.kind !== 'derived') {
      built.set(current, {
        id: current,
        incompatibility: hiddenFact(incompatibility) ?? incompatibility,
        causes: null,
      });
    } else {
      const left = built.get(cause.left);
      const right = built.get(cause.right);
      if (left !== undefined && right !== undefined) {
        const key = termsKey(incompatibility);
        const proof = byTerms.get(key) ?? joined(current, incompatibility, left, right);
        byTerms.set(key, proof);
        built.set(current, proof);
      } else
        pending.push(
          ...(left === undefined ? [cause.left] : []),
          ...(right === undefined ? [cause.right] : []),
        );
    }
  }
  const derivation = built.get(id);
  if (derivation === undefined) throw new Error(`invariant: incompatibility ${id} has no derivation`);
  return derivation;
}

function termsKey({ packages, terms }: Incompatibility): string {
  return packages
    .map((id, i) => `${id}${terms[i]?.positive === true ? '+' : '-'}${terms[i]?.ranks ?? ''}`)
    .sort()
    .join(' ');
}

function joined(
  id: IncompatibilityId,
  incompatibility: Incompatibility,
  left: Derivation,
  right: Derivation,
): Derivation {
  if (isTakenForGranted(left)) return right;
  if (isTakenForGranted(right)) return left;
  return { id, incompatibility, causes: [left, right] };
}

/**
 * A proxy's version stands for itself and for others around it that can't be chosen; what its dependency on the
 * project says beyond the obvious is that.
 */
function hiddenFact(incompatibility: Incompatibility): Incompatibility | null {
  const { cause } = incompatibility;
  if (cause.kind !== 'dependency' || cause.asked !== null) return null;
  const ranks = termOf(incompatibility, cause.dependent)?.ranks ?? [];
  const without = subtractRanks(ranks, termOf(incompatibility, cause.dependency)?.ranks ?? []);
  if (without.length === 0) return null;
  const { dependent } = cause;
  return unitIncompatibility(dependent, positive(without), {
    kind: 'no-versions',
    package: dependent,
    ranks: without,
  });
}

function isTakenForGranted({ incompatibility: { cause } }: Derivation): boolean {
  return cause.kind === 'root' || (cause.kind === 'dependency' && cause.asked === null);
}

/** Every fact of a proof, each once, in the order in which the proof reads. */
export function factsOf(derivation: Derivation): readonly Derivation[] {
  const seen = new Set<Derivation>();
  const facts: Derivation[] = [];
  const pending = [derivation];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.causes === null) facts.push(next);
    else pending.push(...next.causes.toReversed());
  }
  return facts;
}
