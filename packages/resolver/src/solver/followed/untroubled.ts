import { untroubledKey } from '../order/priority.ts';
import { allRanks, intersectRanks, type RankSet } from '../rank-set.ts';
import type { Dependency, SolverWorld } from '../world.ts';
import type { Place } from './course.ts';

/**
 * Projects that are in no conflict of a search: each has one version that whoever asks for it admits, and
 * that is the one to try first whatever else is ruled out; what that version asks for is untroubled as well.
 */
export interface Untroubled {
  /** By project, its version. */
  readonly ranks: ReadonlyMap<string, number>;
  /** What their versions ask of one another, and which asks. */
  readonly asked: readonly { readonly by: string; readonly dependency: Dependency }[];
}

/** More than so many lead to too much to look at. */
const mostProjects = 100;

/** The named projects with all that they lead to, if they may be untroubled in a search; else null. */
export function untroubledWith(
  names: ReadonlySet<string>,
  root: readonly Dependency[],
  world: SolverWorld,
): Untroubled | null {
  const ranks = new Map<string, number>();
  const asked: { readonly by: string; readonly dependency: Dependency }[] = [];
  const pending = new Set(names);
  for (const project of pending) {
    const lines = root.filter((dependency) => dependency.project === project);
    const rank = firstChoice(project, lines, world);
    if (rank < 0 || pending.size > mostProjects) return null;
    ranks.set(project, rank);
    const needs = world.dependencies(project, rank, null);
    if (needs.kind !== 'dependencies') return null;
    for (const dependency of needs.dependencies) {
      asked.push({ by: project, dependency });
      pending.add(dependency.project);
    }
  }
  return { ranks, asked };
}

/** The version to try first, where nothing is to be said of others on the way to it; -1 for none. */
function firstChoice(project: string, lines: readonly Dependency[], world: SolverWorld): number {
  const allowed = world.constraint(project) ?? allRanks(world.versionCount(project));
  const choice = world.choose(
    project,
    lines.map(({ ranks }) => ranks).reduce<RankSet>(intersectRanks, allowed),
  );
  return choice.kind === 'rank' ? choice.rank : -1;
}

/** Where the decisions of untroubled projects fall among those of a search. */
export function placesOf(
  { ranks }: Untroubled,
  root: readonly Dependency[],
  pinned: ReadonlySet<string>,
): readonly Place[] {
  const before = new Map<string, { readonly order: number; how: 'plain' | 'pinned' }>();
  const others = new Set<string>();
  for (const { project, how } of root) {
    if (!ranks.has(project)) others.add(project);
    else {
      const place = before.get(project) ?? { order: others.size - 0.5, how: 'plain' };
      if (how === 'pinned') place.how = 'pinned';
      before.set(project, place);
    }
  }
  return [...ranks.keys()].map((project) => {
    const place = before.get(project);
    const how = place?.how === 'pinned' || pinned.has(project) ? 'pinned' : 'plain';
    return {
      key: untroubledKey(how, place?.order ?? others.size - 0.5),
      // A pin that is met on the way moves a project up at that moment.
      isKnown: place !== undefined && place.how === how,
    };
  });
}
