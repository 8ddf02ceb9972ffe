import type { PackageId } from '../incompatibility.ts';

/**
 * Which package is decided next, as uv orders them: the earlier a project was heard of, the sooner,
 * unless one is pinned, or has been in the way often enough.
 */
const Rank = { plain: 1, culprit: 2, affected: 3, pinned: 4, direct: 5, root: 6 } as const;
type Rank = (typeof Rank)[keyof typeof Rank];

interface ProjectPriority {
  readonly order: number;
  rank: Rank;
}

/** Priorities by project, with the order in which its packages (extras, proxies) were heard of. */
export interface Priorities {
  readonly projects: Map<string, ProjectPriority>;
  readonly order: Map<PackageId, number>;
}

export function emptyPriorities(): Priorities {
  return { projects: new Map(), order: new Map() };
}

/** Takes note of a package that something depends on. */
export function noteWanted(
  priorities: Priorities,
  id: PackageId,
  project: string,
  how: 'plain' | 'pinned' | 'direct',
): void {
  if (!priorities.order.has(id)) priorities.order.set(id, priorities.order.size);
  const rank = Rank[how];
  const known = priorities.projects.get(project);
  if (known === undefined) priorities.projects.set(project, { order: priorities.projects.size, rank });
  else if (rank > known.rank && !(rank === Rank.plain)) known.rank = rank;
}

/** Puts a project that was rejected often before those that were heard of earlier. */
export function promote(priorities: Priorities, project: string): boolean {
  return setRank(priorities, project, Rank.affected, (rank) => rank !== Rank.affected);
}

/** Puts a project that often caused a rejection behind the rejected ones. */
export function demote(priorities: Priorities, project: string): boolean {
  return setRank(
    priorities,
    project,
    Rank.culprit,
    (rank) => rank !== Rank.affected && rank !== Rank.culprit,
  );
}

function setRank(
  priorities: Priorities,
  project: string,
  rank: Rank,
  changes: (rank: Rank) => boolean,
): boolean {
  const known = priorities.projects.get(project);
  if (known === undefined || !changes(known.rank)) return false;
  known.rank = rank;
  return true;
}

const orderLimit = 2 ** 22;

/** A number that is higher the sooner the package is to be decided. Distinct for distinct packages. */
export function priorityKey(priorities: Priorities, id: PackageId, project: string | null): number {
  if (project === null) return projectKey(priorities, null) * orderLimit;
  const own = priorities.order.get(id) ?? orderLimit - 1;
  return projectKey(priorities, project) * orderLimit + (orderLimit - 1 - own);
}

/** The same for a project; null for the root. */
export function projectKey(priorities: Priorities, project: string | null): number {
  if (project === null) return Rank.root * orderLimit;
  const { rank, order } = priorities.projects.get(project) ?? { rank: Rank.plain, order: orderLimit - 1 };
  return keyAt(rank, order);
}

/** The key of a project that never was in the way, by its place among those heard of. */
export function untroubledKey(how: 'plain' | 'pinned', order: number): number {
  return keyAt(Rank[how], order);
}

function keyAt(rank: Rank, order: number): number {
  return rank * orderLimit + (orderLimit - 1 - order);
}
