import type { Incompatibility, IncompatibilityId } from '../solver/incompatibility.ts';
import { nodeOf, type PackageStore, rootPackage } from '../solver/package-store.ts';
import { subtractRanks } from '../solver/rank-set.ts';
import type { SolverState } from '../solver/solver-state.ts';
import {
  type Clause,
  clauseKey,
  clauseOf,
  clauseOfStep,
  type Proof,
  type ProofStep,
  type Subject,
  subjectName,
} from './proof.ts';

/**
 * The derivation of an incompatibility as a proof.
 *
 * Proxies and markers fall away: a proxy is what it stands for, and a marker by which the solver tells packages
 * apart holds on the target. What then says nothing (`menu 1.0 needs menu 1.0`) is no step.
 */
export function derivationProof(
  state: Pick<SolverState, 'store' | 'packages'>,
  id: IncompatibilityId,
): Proof {
  const steps: ProofStep[] = [];
  const byClause = new Map<string, number>();
  /** Place of the step that stands for an incompatibility; null where it says nothing. */
  const places = new Map<IncompatibilityId, number | null>();

  function add(step: ProofStep, clause: Clause): number {
    const key = clauseKey(clause);
    const known = byClause.get(key);
    if (known !== undefined) return known;
    const place = steps.push(step) - 1;
    byClause.set(key, place);
    return place;
  }

  function placeOf(incompatibility: Incompatibility): number | null {
    const { cause } = incompatibility;
    if (cause.kind !== 'derived') {
      const step = factOf(incompatibility, state.packages);
      const clause = step === null ? null : clauseOfStep(step);
      return step === null || clause === null ? null : add(step, clause);
    }
    const clause = clauseOfTerms(incompatibility, state.packages);
    if (clause === null) return null;
    const from = [cause.left, cause.right].flatMap((each) => places.get(each) ?? []);
    return from.length === 0 ? null : add({ rule: 'follows', clause, from }, clause);
  }

  const pending = [id];
  for (let next = pending.at(-1); next !== undefined; next = pending.at(-1)) {
    const incompatibility = state.store[next];
    if (incompatibility === undefined) throw new Error(`invariant: no incompatibility ${next}`);
    const { cause } = incompatibility;
    const open =
      places.has(next) || cause.kind !== 'derived'
        ? []
        : [cause.right, cause.left].filter((each) => !places.has(each));
    if (open.length > 0) {
      pending.push(...open);
      continue;
    }
    pending.pop();
    if (!places.has(next)) places.set(next, placeOf(incompatibility));
  }
  return concluded(steps, places.get(id) ?? null);
}

/** Ends with the contradiction, also where a single fact says it. */
function concluded(steps: readonly ProofStep[], last: number | null): Proof {
  if (last === null) throw new Error('invariant: the failure rests on nothing');
  const step = steps[last];
  const upTo = steps.slice(0, last + 1);
  if (step?.rule === 'follows' && step.clause.size === 0) return upTo;
  return [...upTo, { rule: 'follows', clause: new Map(), from: [last] }];
}

/** The root is always selected, so a proof need not speak of it. */
function clauseOfTerms({ packages, terms }: Incompatibility, store: PackageStore): Clause | null {
  return clauseOf(
    packages.flatMap((id, i) => {
      const term = terms[i];
      return id === rootPackage || term === undefined
        ? []
        : [[subjectName(subjectOf(store, id)), term] as const];
    }),
  );
}

function subjectOf(store: PackageStore, id: number): Subject {
  const node = nodeOf(store, id);
  if (node.kind === 'root') throw new Error('invariant: the root is no subject of a proof');
  return { project: node.project, extra: node.extra };
}

/** The fact that an incompatibility is; null where it says nothing once proxies have fallen away. */
function factOf({ cause, packages, terms }: Incompatibility, store: PackageStore): ProofStep | null {
  const [first, second] = terms;
  switch (cause.kind) {
    case 'root':
    case 'derived':
      return null;
    case 'no-versions':
      return { rule: 'excluded', subject: subjectOf(store, cause.package), versions: cause.ranks };
    case 'constraint':
      return {
        rule: 'constrained',
        subject: subjectOf(store, cause.package),
        versions: first?.ranks ?? [],
      };
    case 'dependency': {
      const allowed = second?.ranks ?? [];
      if (cause.asked === null) {
        // Said, too, of neighbours that are no candidates.
        const besides = subtractRanks(first?.ranks ?? [], allowed);
        if (besides.length === 0) return null;
        return { rule: 'excluded', subject: subjectOf(store, cause.dependent), versions: besides };
      }
      const on = subjectOf(store, cause.dependency);
      const { asked } = cause;
      if (packages[0] !== rootPackage) {
        const subject = subjectOf(store, cause.dependent);
        return { rule: 'requires', subject, versions: first?.ranks ?? [], on, allowed, asked };
      }
      if (asked.root === null) throw new Error('invariant: a requirement of nobody');
      return { rule: 'required', line: asked.root, on, allowed, asked };
    }
  }
}
