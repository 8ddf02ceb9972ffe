import {
  intersectRanks,
  isSubsetOfRanks,
  noRanks,
  type RankSet,
  ranksContain,
  uniteRanks,
} from '../solver/rank-set.ts';
import type { ChosenVersion } from '../solver/solver.ts';
import type { Dependency } from '../solver/world.ts';
import type { TargetWorld } from '../world/target-world.ts';
import type { Searched } from './search.ts';

/** The solution of a search that need not be made, since nothing would be in its way. @param world a new one */
export function foundUnopposed(world: TargetWorld, maxSteps: number): Searched | null {
  const chosen = firstChoices(world, maxSteps);
  return chosen === null
    ? null
    : { world, result: { kind: 'solved', chosen, course: null }, recording: null };
}

/** A project that is asked for. */
interface Asked {
  readonly project: string;
  /** Ranks that the user's lines and constraints leave to it, whatever else is chosen; null for all. */
  bound: RankSet | null;
  /** Ranks that all who ask for it admit, and that one or the other admits. */
  allowed: RankSet;
  admitted: RankSet;
  /** The same as `admitted`, of those who ask under an extra and a marker, by these. */
  readonly proxies: Map<string, RankSet>;
  readonly extras: string[];
  /** The version chosen, and of what; -1 before. */
  rank: number;
  from: RankSet;
}

/**
 * The solution where nothing that is asked for is in the way of what a search would choose first; null where
 * something is, or something is not known yet.
 *
 * Takes for each project the first choice among what those allow who were met before. It is the solution that the search
 * comes to if it meets every requirement, and is the first choice among all that the search might have to choose from: the
 * search then chooses it whenever it comes to it, and what is chosen never conflicts.
 */
export function firstChoices(
  world: TargetWorld,
  maxSteps: number,
): ReadonlyMap<string, ChosenVersion> | null {
  const asked = new Map<string, Asked>();
  /** Nodes to be looked into: a project by itself (null) or one of its extras. */
  const open: { readonly of: Asked; readonly extra: string | null }[] = [];
  const root = world.rootDependencies();
  if (root.kind !== 'dependencies') return null;
  for (const dependency of root.dependencies) {
    const of = ask(dependency);
    of.bound = within(dependency.ranks, of.bound);
  }
  for (let i = 0; i < open.length; i++) {
    const { of, extra } = open[i] ?? {};
    if (of === undefined || extra === undefined) break;
    if (of.rank < 0 && !chooseFor(of)) return null;
    const answer = world.dependencies(of.project, of.rank, extra);
    if (answer.kind !== 'dependencies') return null;
    for (const dependency of answer.dependencies) {
      const { rank } = ask(dependency);
      if (rank >= 0 && !ranksContain(dependency.ranks, rank)) return null;
    }
  }
  let steps = open.length + 1;
  for (const of of asked.values()) {
    steps += of.proxies.size;
    if (!isFirstChoice(of)) return null;
  }
  return steps > maxSteps
    ? null
    : new Map([...asked].map(([name, { rank, extras }]) => [name, { rank, extras: extras.sort() }]));

  function ask({ project, extra, marker, ranks }: Dependency): Asked {
    let of = asked.get(project);
    if (of === undefined) {
      of = newlyAsked(project, ranks);
      asked.set(project, of);
      open.push({ of, extra: null });
    } else {
      of.allowed = intersectRanks(of.allowed, ranks);
      of.admitted = uniteRanks(of.admitted, ranks);
    }
    if (extra !== null || marker !== '') {
      const key = `${extra ?? ''} ${marker}`;
      of.proxies.set(key, uniteRanks(of.proxies.get(key) ?? [], ranks));
    }
    if (extra !== null && !of.extras.includes(extra)) {
      of.extras.push(extra);
      open.push({ of, extra });
    }
    return of;
  }

  function newlyAsked(project: string, ranks: RankSet): Asked {
    const bound = world.constraint(project);
    return {
      project,
      bound,
      allowed: ranks,
      admitted: ranks,
      proxies: new Map(),
      extras: [],
      rank: -1,
      from: noRanks,
    };
  }

  function chooseFor(of: Asked): boolean {
    of.from = within(of.allowed, of.bound);
    const choice = world.peek(of.project, of.from);
    if (choice.kind !== 'rank') return false;
    of.rank = choice.rank;
    return true;
  }

  /** Whether a search chooses it out of whatever ranks it may be left. */
  function isFirstChoice({ project, rank, from, bound, admitted, proxies }: Asked): boolean {
    const isFirst = (ranks: RankSet): boolean => {
      if (isSubsetOfRanks(ranks, from)) return true;
      const choice = world.peek(project, ranks);
      return choice.kind === 'rank' && choice.rank === rank;
    };
    const most = within(admitted, bound);
    if (!isFirst(most)) return false;
    for (const ranks of proxies.values()) if (!isSubsetOfRanks(ranks, most) && !isFirst(ranks)) return false;
    return true;
  }
}

function within(ranks: RankSet, bound: RankSet | null): RankSet {
  return bound === null ? ranks : intersectRanks(ranks, bound);
}
