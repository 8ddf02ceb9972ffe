import { type RankSet, ranksContain } from '../rank-set.ts';
import type { Dependency } from '../world.ts';
import type { Course } from './course.ts';
import { dependenciesIn, isRankSet, rankIn, type Step } from './question.ts';
import type { Untroubled } from './untroubled.ts';

/** What a search may take before it is given up, or goes another way. */
export interface Bounds {
  readonly decisions: number;
  /** Looks at incompatibilities. */
  readonly work: number;
}

/** Sees whether projects are untroubled in an earlier search, and in one now that goes like it. */
export interface Watch {
  /** Something is asked of one of them by a package, in which of the searches. */
  see(when: 'before' | 'now' | 'both', by: string, dependency: Dependency): void;
  /** What the earlier search asked the world about one of them. */
  seeStep(step: Exclude<Step, { kind: 'root' }>): void;
  /** Whether one of them is in the way of what was seen of the search now, or is asked for in a way that may be. */
  isTroubled(): boolean;
  /** Whether none was in the way in the earlier search, once all of it was seen. */
  wasUntroubled(): boolean;
  /** Those that a package pins. */
  readonly pinned: ReadonlySet<string>;
  /** Whether a search that goes like the earlier one surely stays within bounds. */
  isWithin(bounds: Bounds, course: Course): boolean;
}

/** How the user is called among those who ask. */
export const theUser = '';

export function newWatch({ ranks }: Untroubled): Watch {
  /** By project and who asks: the ranks asked for. */
  const asked = new Map<string, Map<string, Set<RankSet>>>();
  /** By project, what the earlier search tried and was asked of. */
  const before = new Map<string, { rank: number | null; readonly asked: RankSet[] }>();
  const pinned = new Set<string>();
  let troubled = false;

  function beforeOf(project: string): { rank: number | null; readonly asked: RankSet[] } {
    const known = before.get(project);
    if (known !== undefined) return known;
    const made = { rank: null, asked: [] };
    before.set(project, made);
    return made;
  }

  function see(when: 'before' | 'now' | 'both', by: string, dependency: Dependency): void {
    const { project, extra, marker, how } = dependency;
    const rank = ranks.get(project);
    // Proxies and URLs have ways of their own into the order of decisions.
    if (rank === undefined || extra !== null || marker !== '' || how === 'direct') {
      troubled = true;
      return;
    }
    if (when !== 'before' && !ranksContain(dependency.ranks, rank)) troubled = true;
    if (when !== 'now') beforeOf(project).asked.push(dependency.ranks);
    if (how === 'pinned' && by !== theUser) pinned.add(project);
    const byAsker = asked.get(project) ?? new Map<string, Set<RankSet>>();
    asked.set(project, byAsker);
    const known = byAsker.get(by);
    if (known === undefined) byAsker.set(by, new Set([dependency.ranks]));
    else known.add(dependency.ranks);
  }

  function seeStep(step: Exclude<Step, { kind: 'root' }>): void {
    const { project, answer } = step;
    const own = beforeOf(project);
    switch (step.kind) {
      case 'choose': {
        const rank = rankIn(answer);
        if (rank < 0 || rank !== (own.rank ?? rank)) troubled = true;
        own.rank = rank;
        break;
      }
      case 'dependencies':
        if (step.extra !== null) troubled = true;
        for (const dependency of dependenciesIn(answer)) see('before', project, dependency);
        break;
      case 'constraint':
        if (isRankSet(answer)) own.asked.push(answer);
        break;
      case 'widen':
      case 'count':
        break;
    }
  }

  /** Whether all that was asked in the earlier search left each its version. */
  function wasUntroubled(): boolean {
    return [...before].every(([project, own]) => {
      const rank = own.rank ?? ranks.get(project) ?? -1;
      return own.asked.every((each) => ranksContain(each, rank));
    });
  }

  /**
   * Between two returns each project is decided once, and looked at when that or something asked of it becomes known;
   * what is asked of it is looked at, too, each time something becomes known of who asks.
   */
  function isWithin(bounds: Bounds, { decisions, assignments, work, returns }: Course): boolean {
    const mostDecisions = decisions + ranks.size * (returns + 1);
    const sizes = [...asked.values()].map((byAsker) => [...byAsker.values()].map(({ size }) => size));
    const ofOthers = (assignments + mostDecisions) * Math.max(0, ...sizes.flat()) * ranks.size;
    const own = sizes.map((each) => each.reduce((sum, size) => sum + size, ranks.size + 2) ** 2);
    const ofThem = (returns + 1) * own.reduce((sum, each) => sum + each, 0);
    return mostDecisions < bounds.decisions && work + ofOthers + ofThem < bounds.work;
  }

  return { see, seeStep, isTroubled: () => troubled, pinned, wasUntroubled, isWithin };
}
