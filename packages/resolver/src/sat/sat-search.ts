import type { RootRequirement } from '../resolution.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { Dependency, Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import { type EncodedProject, type EncodedRoot, type Encoding, newEncoding } from './encoding.ts';
import type { Ground } from './ground.ts';
import { type Literal, positiveLiteral } from './literal.ts';
import { newSatSolver, type SatSolver } from './sat-solver.ts';

export type SatResult =
  | { readonly kind: 'solved'; readonly chosen: ReadonlyMap<string, ChosenVersion> }
  | Refuted;

/** There is no solution. */
export interface Refuted {
  readonly kind: 'refuted';
  /** Lines of the user's that can't be met together, none of which can be spared. */
  readonly lines: readonly RootRequirement[];
  /** What was looked into. */
  readonly projects: readonly string[];
  /** What shows it; null where too much was learnt. */
  readonly refutation: Refutation | null;
}

/** What shows that lines can't be met together, and the encoding that it speaks of. */
export interface Refutation {
  readonly encoding: Encoding;
  readonly roots: readonly EncodedRoot[];
  readonly grounds: readonly Ground[];
}

/** So many clauses are kept with what they follow from, some 40 MB. */
const mostTraced = 20_000;

/** A project reached from the user's requirements in a solution. */
interface Reached {
  readonly encoded: EncodedProject;
  /** Place of the selected version. */
  readonly place: number;
  readonly extras: Set<string>;
}

/**
 * Searches by a Boolean solver, for worlds whose conflicts are too many for the search by versions.
 *
 * Versions are looked into only when a solution would use them. The answer is the newest-first one: the
 * user's projects in their order, then those they need in the order in which they are met, each at the
 * first of its candidates that those before it leave. Yields what it lacks, and goes on once it is there.
 *
 * @throws {BudgetError} after `maxConflicts` conflicts.
 */
export function* satSearch(world: TargetWorld, maxConflicts: number): Generator<Need, SatResult> {
  const solver = newSatSolver({ maxConflicts, mostTraced });
  const encoding = newEncoding(world, solver);
  const roots = yield* encoding.roots();
  yield* expandUsed(world, encoding);
  const assumptions = roots.map(({ assumption }) => assumption);
  let solution = yield* solve(solver, encoding, roots, assumptions);
  if (solution === null) return yield* refute(solver, encoding, roots);
  const fixed = [...assumptions];
  const settled = new Set<string>();
  while (true) {
    const next = [...solution.values()].find(({ encoded }) => !settled.has(encoded.project));
    if (next === undefined) return { kind: 'solved', chosen: chosenOf(solution) };
    const best: Solution = yield* improve(solver, encoding, roots, fixed, next.encoded, solution);
    solution = best;
    settled.add(next.encoded.project);
    const place = best.get(next.encoded.project)?.place;
    if (place !== undefined) fixed.push(positiveLiteral(next.encoded.selected[place] ?? 0));
  }
}

/** Looks into what searches have used before, wherever the roots lead: it is at hand, and need not be found one by one. */
function* expandUsed(world: TargetWorld, encoding: Encoding): Generator<Need, void> {
  // What versions need is encoded as it is met: a map may grow while it is walked.
  for (const encoded of encoding.projects.values()) {
    const used = world.used(encoded.project);
    for (const [place, rank] of encoded.ranks.entries()) {
      if (used.has(rank)) yield* encoding.expand(encoded, place, null);
    }
  }
}

/** Reached projects by name, in the order in which they are met. */
type Solution = ReadonlyMap<string, Reached>;

/** Moves a project to the first version that what is fixed leaves. */
function* improve(
  solver: SatSolver,
  encoding: Encoding,
  roots: readonly EncodedRoot[],
  fixed: readonly Literal[],
  encoded: EncodedProject,
  start: Solution,
): Generator<Need, Solution> {
  let best = start;
  while (true) {
    const place = best.get(encoded.project)?.place ?? 0;
    const better = encoded.upTo[place - 1];
    if (better === undefined) return best;
    const found = yield* solve(solver, encoding, roots, [...fixed, positiveLiteral(better)]);
    if (found === null) return best;
    best = found;
  }
}

/** A solution in which everything reached was looked into; null where there is none. */
export function* solve(
  solver: SatSolver,
  encoding: Encoding,
  roots: readonly EncodedRoot[],
  assumptions: readonly Literal[],
): Generator<Need, Solution | null> {
  while (solver.solve(assumptions)) {
    const active = roots.filter(({ assumption }) => assumptions.includes(assumption));
    const { reached, open } = reach(solver, encoding, active);
    if (open.length === 0) return reached;
    for (const { encoded, place, extra } of open) yield* encoding.expand(encoded, place, extra);
  }
  return null;
}

interface OpenVersion {
  readonly encoded: EncodedProject;
  readonly place: number;
  readonly extra: string | null;
}

/** Walks the solver's solution from the user's requirements; what it meets unexpanded stays open. */
function reach(
  solver: SatSolver,
  encoding: Encoding,
  roots: readonly EncodedRoot[],
): { readonly reached: Solution; readonly open: readonly OpenVersion[] } {
  const reached = new Map<string, Reached>();
  const open: OpenVersion[] = [];
  const queue: Dependency[] = roots.map(({ dependency }) => dependency);
  const visit = (encoded: EncodedProject, place: number, extra: string | null): void => {
    if (!encoding.isExpanded(encoded, place, extra)) open.push({ encoded, place, extra });
    else queue.push(...readExpanded(encoding, encoded, place, extra));
  };
  for (const { project, extra } of queue) {
    const encoded = encoding.projects.get(project);
    if (encoded === undefined) continue;
    let entry = reached.get(project);
    if (entry === undefined) {
      const place = encoded.selected.findIndex((variable) => solver.isTrue(variable));
      entry = { encoded, place, extras: new Set() };
      reached.set(project, entry);
      visit(encoded, place, null);
    }
    if (extra !== null && !entry.extras.has(extra)) {
      entry.extras.add(extra);
      visit(encoded, entry.place, extra);
    }
  }
  return { reached, open };
}

/** The dependencies of an expanded version, which are there without a need. */
export function readExpanded(
  encoding: Encoding,
  encoded: EncodedProject,
  place: number,
  extra: string | null,
): readonly Dependency[] {
  const { value, done } = encoding.expand(encoded, place, extra).next();
  if (done !== true) throw new Error(`invariant: ${encoded.project} was expanded`);
  return value;
}

function chosenOf(solution: Solution): ReadonlyMap<string, ChosenVersion> {
  return new Map(
    [...solution].map(([project, { encoded, place, extras }]) => [
      project,
      { rank: encoded.ranks[place] ?? -1, extras: [...extras].sort() },
    ]),
  );
}

/** Spares one line after the other, as long as what is left still can't be met. */
function* refute(
  solver: SatSolver,
  encoding: Encoding,
  roots: readonly EncodedRoot[],
): Generator<Need, SatResult> {
  const behind = new Set(solver.core());
  let grounds = solver.grounds();
  let kept = roots.filter(({ assumption }) => behind.has(assumption));
  for (const root of [...kept]) {
    const rest = kept.filter((each) => each !== root);
    const solution = yield* solve(
      solver,
      encoding,
      rest,
      rest.map(({ assumption }) => assumption),
    );
    if (solution !== null) continue;
    const smaller = new Set(solver.core());
    grounds = solver.grounds();
    kept = rest.filter(({ assumption }) => smaller.has(assumption));
  }
  return {
    kind: 'refuted',
    lines: [...new Set(kept.flatMap(({ line }) => line ?? []))],
    projects: [...encoding.projects.keys()].sort(),
    refutation: grounds === null ? null : { encoding, roots: kept, grounds },
  };
}
