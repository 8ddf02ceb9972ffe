import type { RankSet } from './rank-set.ts';
import { intersectTerms, isAlwaysTrue, negative, positive, sameTerm, type Term, uniteTerms } from './term.ts';
import type { Asked } from './world.ts';

/** Number of a package in the solver's store: the root, a project, an extra of a project. */
export type PackageId = number;

/** Place of an incompatibility in the solver's store; a cause has a smaller one than what it causes. */
export type IncompatibilityId = number;

/** Why an incompatibility holds. */
export type Cause =
  /** The root must be selected. */
  | { readonly kind: 'root' }
  /** No candidate is left in the ranks. */
  | { readonly kind: 'no-versions'; readonly package: PackageId; readonly ranks: RankSet }
  /** `dependent` asks for `dependency`. */
  | {
      readonly kind: 'dependency';
      readonly dependent: PackageId;
      readonly dependency: PackageId;
      /** Null between a proxy and what it stands for. */
      readonly asked: Asked | null;
    }
  /** The user forbids the versions, if the package is selected at all. */
  | { readonly kind: 'constraint'; readonly package: PackageId }
  /** Follows from two others (pub's solver, "Conflict resolution"). */
  | { readonly kind: 'derived'; readonly left: IncompatibilityId; readonly right: IncompatibilityId };

/** Terms that must not all hold at once, one a package, in the order they came. */
export interface Incompatibility {
  readonly packages: readonly PackageId[];
  readonly terms: readonly Term[];
  readonly cause: Cause;
}

export function termOf(incompatibility: Incompatibility, id: PackageId): Term | undefined {
  return incompatibility.terms[incompatibility.packages.indexOf(id)];
}

/** `dependent` in `ranks` needs `dependency` in `allowed`. */
export function dependencyIncompatibility(
  dependent: PackageId,
  ranks: RankSet,
  dependency: PackageId,
  allowed: RankSet,
  asked: Asked | null,
): Incompatibility {
  const cause: Cause = { kind: 'dependency', dependent, dependency, asked };
  return allowed.length === 0
    ? { packages: [dependent], terms: [positive(ranks)], cause }
    : { packages: [dependent, dependency], terms: [positive(ranks), negative(allowed)], cause };
}

/** One term on one package. */
export function unitIncompatibility(id: PackageId, term: Term, cause: Cause): Incompatibility {
  return { packages: [id], terms: [term], cause };
}

/** Joins two dependencies of one package on the same ranks of another; null where they aren't that. */
export function mergeDependents(a: Incompatibility, b: Incompatibility): Incompatibility | null {
  if (a.cause.kind !== 'dependency' || b.cause.kind !== 'dependency') return null;
  const [aDependent, aDependency] = a.terms;
  const [bDependent, bDependency] = b.terms;
  if (aDependent === undefined || bDependent === undefined) return null;
  if (aDependency === undefined || bDependency === undefined) {
    if (aDependency !== bDependency) return null;
  } else if (!sameTerm(aDependency, bDependency)) return null;
  const joined = uniteTerms(aDependent, bDependent);
  return {
    packages: a.packages,
    terms: aDependency === undefined ? [joined] : [joined, aDependency],
    cause: a.cause,
  };
}

/** The rule of resolution, for two incompatibilities by their place in a store. */
export function priorCause(
  left: IncompatibilityId,
  right: IncompatibilityId,
  shared: PackageId,
  store: readonly Incompatibility[],
): Incompatibility {
  const [a, b] = [store[left], store[right]];
  if (a === undefined || b === undefined) throw new Error('invariant: a cause that is not in the store');
  return consequence(a, b, shared, { kind: 'derived', left, right });
}

/** The rule of resolution: what follows from two incompatibilities that meet in `shared`. */
export function consequence(
  a: Incompatibility,
  b: Incompatibility,
  shared: PackageId,
  cause: Cause & { readonly kind: 'derived' },
): Incompatibility {
  const packages: PackageId[] = [];
  const terms: Term[] = [];
  addTerms(packages, terms, a, shared);
  addTerms(packages, terms, b, shared);
  const [own, other] = [termOf(a, shared), termOf(b, shared)];
  if (own !== undefined && other !== undefined) {
    const term = uniteTerms(own, other);
    if (!isAlwaysTrue(term)) addTerm(packages, terms, shared, term);
  }
  return { packages, terms, cause };
}

function addTerms(packages: PackageId[], terms: Term[], from: Incompatibility, except: PackageId): void {
  for (let i = 0; i < from.packages.length; i++) {
    const id = from.packages[i];
    const term = from.terms[i];
    if (id !== undefined && id !== except && term !== undefined) addTerm(packages, terms, id, term);
  }
}

function addTerm(packages: PackageId[], terms: Term[], id: PackageId, term: Term): void {
  const index = packages.indexOf(id);
  const present = terms[index];
  if (present === undefined) {
    packages.push(id);
    terms.push(term);
  } else terms[index] = intersectTerms(present, term);
}
