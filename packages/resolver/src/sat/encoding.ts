import type { RootRequirement } from '../resolution.ts';
import { ranksContain } from '../solver/rank-set.ts';
import type { Dependency, Need } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { EncodedFact } from './ground.ts';
import { type Literal, negated, positiveLiteral, type Variable } from './literal.ts';
import type { SatSolver } from './sat-solver.ts';

/** A project in the encoding: its candidates, the one to be preferred first. */
export interface EncodedProject {
  readonly project: string;
  readonly ranks: readonly number[];
  /** By place in `ranks`: that version is selected. */
  readonly selected: readonly Variable[];
  /** By place: that version or one preferred to it is selected. At most one is. */
  readonly upTo: readonly Variable[];
  /** By extra: it is in force. */
  readonly extras: Map<string, Variable>;
}

/** One of the user's requirements, which may be assumed or not. */
export interface EncodedRoot {
  readonly assumption: Literal;
  readonly dependency: Dependency;
  readonly line: RootRequirement | null;
}

/**
 * The world as clauses, as far as it was looked into.
 *
 * A version whose dependencies were not looked at yet is free: what can't be solved even so can't be solved.
 */
export interface Encoding {
  readonly projects: ReadonlyMap<string, EncodedProject>;
  /** The user's requirements. */
  roots(): Generator<Need, readonly EncodedRoot[]>;
  /** Adds what a version needs, by itself or under an extra; gives those dependencies. */
  expand(
    project: EncodedProject,
    place: number,
    extra: string | null,
  ): Generator<Need, readonly Dependency[]>;
  isExpanded(project: EncodedProject, place: number, extra: string | null): boolean;
}

export function newEncoding(world: TargetWorld, solver: SatSolver): Encoding {
  const projects = new Map<string, EncodedProject>();
  const expanded = new Map<string, readonly Dependency[]>();

  function encodedProject(project: string): EncodedProject {
    const known = projects.get(project);
    if (known !== undefined) return known;
    const allowed = world.constraint(project);
    const ranks = world
      .candidateRanks(project)
      .filter((rank) => allowed === null || ranksContain(allowed, rank));
    const encoded: EncodedProject = {
      project,
      ranks,
      selected: ranks.map(() => solver.newVariable()),
      upTo: ranks.map(() => solver.newVariable()),
      extras: new Map(),
    };
    encodeAtMostOne(encoded);
    projects.set(project, encoded);
    return encoded;
  }

  /** The ladder: `upTo[i]` holds just where one of the first versions, up to the i-th, is selected. */
  function encodeAtMostOne({ selected, upTo }: EncodedProject): void {
    selected.forEach((variable, i) => {
      const own = positiveLiteral(variable);
      const here = positiveLiteral(upTo[i] ?? 0);
      solver.addClause([negated(own), here]);
      const before = upTo[i - 1];
      if (before === undefined) {
        solver.addClause([negated(here), own]);
        return;
      }
      const earlier = positiveLiteral(before);
      solver.addClause([negated(earlier), here]);
      solver.addClause([negated(earlier), negated(own)]);
      solver.addClause([negated(here), earlier, own]);
    });
  }

  function extraVariable(encoded: EncodedProject, extra: string): Variable {
    const known = encoded.extras.get(extra);
    if (known !== undefined) return known;
    const variable = solver.newVariable();
    encoded.extras.set(extra, variable);
    return variable;
  }

  /** Under `conditions`, one of the admitted versions is selected, and the extra in force. */
  function encodeDependency(
    conditions: readonly Literal[],
    project: string | null,
    extra: string | null,
    dependency: Dependency,
  ): void {
    const fact: EncodedFact = { project, extra, dependency };
    const target = encodedProject(dependency.project);
    const otherwise = conditions.map(negated);
    const admitted = target.selected.filter((_, i) => ranksContain(dependency.ranks, target.ranks[i] ?? -1));
    solver.addClause([...otherwise, ...admitted.map(positiveLiteral)], fact);
    if (dependency.extra !== null) {
      solver.addClause([...otherwise, positiveLiteral(extraVariable(target, dependency.extra))], fact);
    }
  }

  function* roots(): Generator<Need, readonly EncodedRoot[]> {
    while (true) {
      const answer = world.rootDependencies();
      if (answer.kind === 'need') {
        yield answer.need;
        continue;
      }
      if (answer.kind === 'unusable') throw new Error('invariant: the root can be used');
      return answer.dependencies.map((dependency) => {
        const assumption = positiveLiteral(solver.newVariable());
        encodeDependency([assumption], null, null, dependency);
        return { assumption, dependency, line: dependency.asked?.root ?? null };
      });
    }
  }

  function keyOf(encoded: EncodedProject, place: number, extra: string | null): string {
    return `${encoded.project} ${place} ${extra ?? ''}`;
  }

  function* expand(
    encoded: EncodedProject,
    place: number,
    extra: string | null,
  ): Generator<Need, readonly Dependency[]> {
    const key = keyOf(encoded, place, extra);
    const known = expanded.get(key);
    if (known !== undefined) return known;
    const conditions = [positiveLiteral(encoded.selected[place] ?? 0)];
    if (extra !== null) conditions.push(positiveLiteral(extraVariable(encoded, extra)));
    while (true) {
      const answer = world.dependencies(encoded.project, encoded.ranks[place] ?? -1, extra);
      if (answer.kind === 'need') {
        yield answer.need;
        continue;
      }
      const dependencies = answer.kind === 'unusable' ? [] : answer.dependencies;
      const { project } = encoded;
      if (answer.kind === 'unusable') {
        solver.addClause(conditions.map(negated), { project, extra, dependency: null });
      }
      for (const dependency of dependencies) encodeDependency(conditions, project, extra, dependency);
      expanded.set(key, dependencies);
      return dependencies;
    }
  }

  return {
    projects,
    roots,
    expand,
    isExpanded: (encoded, place, extra) => expanded.has(keyOf(encoded, place, extra)),
  };
}
