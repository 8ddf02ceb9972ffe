import { type Incompatibility, type IncompatibilityId, type PackageId, termOf } from './incompatibility.ts';
import { oneRank } from './rank-set.ts';
import { areDisjointTerms, intersectTerms, negate, positive, relateTerm, type Term } from './term.ts';

/** What followed from an incompatibility, in the order of time. */
interface Derivation {
  readonly index: number;
  readonly level: number;
  readonly cause: IncompatibilityId;
  /** Everything known of the package up to here. */
  readonly accumulated: Term;
}

/** What is known of one package. `derivations` is never empty; a decision is the last thing known. */
interface Assignment {
  readonly derivations: Derivation[];
  decision: { readonly index: number; readonly level: number; readonly rank: number } | null;
  /** The intersection of all that is known. */
  term: Term;
}

/**
 * Everything assumed and derived so far (pub's solver, "Partial solution").
 *
 * `trail` holds the package of every derivation and decision in the order of time, so that
 * backtracking undoes from its end. `decisions[level - 1]` is the package decided at `level`.
 */
export interface PartialSolution {
  readonly assignments: (Assignment | undefined)[];
  readonly trail: PackageId[];
  readonly decisions: PackageId[];
  nextIndex: number;
  /** For each finished generation the highest level that is still as it was; a backtrack ends one. */
  readonly validLevels: number[];
}

export function emptyPartialSolution(): PartialSolution {
  return { assignments: [], trail: [], decisions: [], nextIndex: 0, validLevels: [0] };
}

export function levelOf(solution: PartialSolution): number {
  return solution.decisions.length;
}

export function hasBacktracked(solution: PartialSolution): boolean {
  return solution.validLevels.length > 1;
}

export function termFor(solution: PartialSolution, id: PackageId): Term | undefined {
  return solution.assignments[id]?.term;
}

/** What is known of the package whatever is decided after the root. */
export function lastingTerm(solution: PartialSolution, id: PackageId): Term | undefined {
  return solution.assignments[id]?.derivations.findLast(({ level }) => level <= 1)?.accumulated;
}

/** The level at which the package was first heard of; at least 1, that of the root. */
export function firstLevel(solution: PartialSolution, id: PackageId): number {
  return Math.max(solution.assignments[id]?.derivations[0]?.level ?? 1, 1);
}

/** The number of the assignment by which the package was first heard of. */
export function firstAssignment(solution: PartialSolution, id: PackageId): number {
  return solution.assignments[id]?.derivations[0]?.index ?? 0;
}

/** The rank decided for the package, or -1. */
export function decidedRank(solution: PartialSolution, id: PackageId): number {
  return solution.assignments[id]?.decision?.rank ?? -1;
}

/** Whether a version of the package must be chosen and has not been. */
export function isUndecided(solution: PartialSolution, id: PackageId): boolean {
  const assignment = solution.assignments[id];
  return assignment !== undefined && assignment.decision === null && assignment.term.positive;
}

export function addDecision(solution: PartialSolution, id: PackageId, rank: number): void {
  const assignment = solution.assignments[id];
  if (assignment === undefined) throw new Error(`invariant: package ${id} is decided before it is wanted`);
  solution.decisions.push(id);
  assignment.decision = { index: solution.nextIndex++, level: levelOf(solution), rank };
  assignment.term = positive(oneRank(rank));
  solution.trail.push(id);
}

/** Adds the negation of the package's term in `cause`. */
export function addDerivation(
  solution: PartialSolution,
  id: PackageId,
  cause: IncompatibilityId,
  incompatibility: Incompatibility,
): void {
  const own = termOf(incompatibility, id);
  if (own === undefined) throw new Error(`invariant: incompatibility ${cause} has no term on package ${id}`);
  const assignment = solution.assignments[id];
  const term = assignment === undefined ? negate(own) : intersectTerms(assignment.term, negate(own));
  const derivation = { index: solution.nextIndex++, level: levelOf(solution), cause, accumulated: term };
  if (assignment === undefined) {
    solution.assignments[id] = { derivations: [derivation], decision: null, term };
  } else {
    assignment.derivations.push(derivation);
    assignment.term = term;
  }
  solution.trail.push(id);
}

/** Undoes all above `level`; calls `touched` for every package whose knowledge changed. */
export function backtrackTo(
  solution: PartialSolution,
  level: number,
  touched: (id: PackageId) => void,
): void {
  while (true) {
    const id = solution.trail.at(-1);
    const assignment = id === undefined ? undefined : solution.assignments[id];
    if (id === undefined || assignment === undefined) break;
    if (assignment.decision !== null) {
      if (assignment.decision.level <= level) break;
      assignment.decision = null;
    } else {
      const last = assignment.derivations.at(-1);
      if (last === undefined || last.level <= level) break;
      assignment.derivations.pop();
    }
    const latest = assignment.derivations.at(-1);
    if (latest === undefined) solution.assignments[id] = undefined;
    else assignment.term = latest.accumulated;
    touched(id);
    solution.trail.pop();
  }
  solution.decisions.length = level;
  endGeneration(solution, level);
}

function endGeneration(solution: PartialSolution, level: number): void {
  const levels = solution.validLevels;
  levels.push(Number.POSITIVE_INFINITY);
  for (let i = levels.length - 1; i >= 0 && (levels[i] ?? 0) > level; i--) levels[i] = level;
}

/** All terms hold, one is excluded, or at least two are open. */
export const satisfied = -1;
export const contradicted = -2;
export const inconclusive = -3;

/**
 * How an incompatibility stands to what is known of each package: the package of its only open term, or one of
 * the above.
 */
export function relateIncompatibility(
  { packages, terms }: Incompatibility,
  known: readonly ({ readonly term: Term } | undefined)[],
): number {
  let open = satisfied;
  for (let i = 0; i < packages.length; i++) {
    const id = packages[i];
    const term = terms[i];
    if (id === undefined || term === undefined) continue;
    const knownTerm = known[id]?.term;
    const relation = knownTerm === undefined ? 'inconclusive' : relateTerm(term, knownTerm);
    if (relation === 'contradicted') return contradicted;
    if (relation === 'inconclusive') {
      if (open !== satisfied) return inconclusive;
      open = id;
    }
  }
  return open;
}

/** The moment at which a term became true. `cause` is null for a decision. */
interface Satisfier {
  readonly cause: IncompatibilityId | null;
  readonly index: number;
  readonly level: number;
}

/** First moment from which what is known of the package excludes `excluded`. */
function satisfierOf(solution: PartialSolution, id: PackageId, excluded: Term): Satisfier {
  const assignment = solution.assignments[id];
  if (assignment === undefined) throw new Error(`invariant: nothing is known of package ${id}`);
  const { derivations, decision } = assignment;
  let low = 0;
  let high = derivations.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const derivation = derivations[middle];
    if (derivation !== undefined && !areDisjointTerms(derivation.accumulated, excluded)) low = middle + 1;
    else high = middle;
  }
  const found = derivations[low];
  if (found !== undefined) return found;
  if (decision === null) throw new Error(`invariant: package ${id} does not satisfy its term`);
  return { cause: null, index: decision.index, level: decision.level };
}

/** What conflict resolution needs to know of a satisfied incompatibility. */
export type SatisfierSearch =
  | (Found & { readonly kind: 'backtrack' })
  | (Found & { readonly kind: 'resolve'; readonly cause: IncompatibilityId });

/** The satisfier and the one before it, by the number of the assignment. */
interface Found {
  readonly package: PackageId;
  readonly satisfier: number;
  readonly previous: number;
  /** That of the one before; at least the root's. */
  readonly level: number;
}

/**
 * Finds the satisfier of an incompatibility and the level before it
 * (pub's solver, "Conflict resolution").
 */
export function searchSatisfier(
  solution: PartialSolution,
  incompatibility: Incompatibility,
  store: readonly Incompatibility[],
): SatisfierSearch {
  const { packages, terms } = incompatibility;
  const satisfiers: Satisfier[] = [];
  let latest = 0;
  for (let i = 0; i < packages.length; i++) {
    const id = packages[i];
    const term = terms[i];
    if (id === undefined || term === undefined) throw new Error('invariant: a term without a package');
    const satisfier = satisfierOf(solution, id, negate(term));
    satisfiers.push(satisfier);
    if (satisfier.index > (satisfiers[latest]?.index ?? -1)) latest = i;
  }
  const id = packages[latest];
  const term = terms[latest];
  const satisfier = satisfiers[latest];
  if (id === undefined || term === undefined || satisfier === undefined) {
    throw new Error('invariant: an empty incompatibility has no satisfier');
  }
  const own = ownTerm(solution, id, satisfier, store);
  satisfiers[latest] = satisfierOf(solution, id, intersectTerms(own, negate(term)));
  let previous = satisfiers[0];
  for (const candidate of satisfiers) {
    if (previous === undefined || candidate.index > previous.index) previous = candidate;
  }
  const { cause } = satisfier;
  const level = Math.max(previous?.level ?? 1, 1);
  const found = { package: id, satisfier: satisfier.index, previous: previous?.index ?? 0, level };
  return cause !== null && level >= satisfier.level
    ? { kind: 'resolve', ...found, cause }
    : { kind: 'backtrack', ...found };
}

/** What the satisfier itself says, without what was known before. */
function ownTerm(
  solution: PartialSolution,
  id: PackageId,
  satisfier: Satisfier,
  store: readonly Incompatibility[],
): Term {
  if (satisfier.cause === null) return positive(oneRank(decidedRank(solution, id)));
  const cause = store[satisfier.cause];
  const term = cause === undefined ? undefined : termOf(cause, id);
  if (term === undefined) throw new Error('invariant: a derivation without its cause');
  return negate(term);
}
