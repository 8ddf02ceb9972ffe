import { type CandidatePolicy, candidateAt, isWrongPython } from '../candidate/candidate-table.ts';
import { type PrereleaseStanding, prereleaseStanding } from '../candidate/prerelease-standing.ts';
import { type PageFacts, rankOf } from '../facts/facts.ts';
import type { ResolveOptions } from '../request.ts';
import { allRanks, intersectRanks, oneRank, type RankSet, ranksContain } from '../solver/rank-set.ts';
import type { Choice } from '../solver/world.ts';
import { allowsYanked, type Demands } from './demands.ts';

/** What a choice is made from. */
export interface ChoiceGrounds {
  readonly policy: CandidatePolicy;
  readonly demands: Demands;
  readonly options: ResolveOptions;
  /** The page of a project; null where there is none, undefined where it is not known yet. */
  page(project: string): PageFacts | null | undefined;
  /** Whether what a version requires turned out to rule it out. */
  isRuledOut(project: string, rank: number): boolean;
}

/** Which version of a project is tried next: candidates in the order of the options. */
export interface VersionChoices {
  choose(project: string, ranks: RankSet): Choice;
  /** What `choose` would say, without the search taking note of it. */
  peek(project: string, ranks: RankSet): Choice;
  /** Ranks that may be chosen at all on a known page, the first to be tried first. */
  candidateRanks(project: string): readonly number[];
  /** Whether the highest version is tried first. */
  goesHighest(project: string): boolean;
  /** Whether a version is a pre-release that may be chosen only where no other is left, or never. */
  prereleaseStanding(project: string, rank: number): PrereleaseStanding;
  /** The ranks around one that choices passed over, itself included. */
  widen(project: string, rank: number): RankSet;
}

export function versionChoices({
  policy,
  demands,
  options,
  page,
  isRuledOut,
}: ChoiceGrounds): VersionChoices {
  /**
   * By project, the ranks that a choice passed over as no candidates. Only choices of the search are
   * noted, never what speculation happens to look at, so that the search depends on nothing else.
   */
  const passedOver = new Map<string, Set<number>>();
  function knownPage(project: string): PageFacts | null {
    return page(project) ?? null;
  }

  function standingAt(project: string, rank: number): PrereleaseStanding {
    const version = knownPage(project)?.page.versions[rank];
    if (version === undefined) return 'stable';
    const mode = options.prereleasePackages.get(project) ?? options.prerelease;
    return prereleaseStanding(version, mode, demands.prereleases.has(project));
  }

  function eligible(project: string, known: PageFacts, rank: number): boolean {
    const candidate = candidateAt(policy, known, rank);
    if (candidate === null || isRuledOut(project, rank)) return false;
    if (candidate.yanked === null) return true;
    const version = known.page.versions[rank];
    return version !== undefined && allowsYanked(demands, project, version);
  }

  function firstEligible(
    project: string,
    known: PageFacts,
    ranks: RankSet,
    lastResort: boolean,
    pass: (rank: number) => void,
  ): number {
    const descending = goesHighest(project);
    for (let i = 0; i < ranks.length; i += 2) {
      const at = descending ? ranks.length - 2 - i : i;
      const low = ranks[at] ?? 0;
      const high = ranks[at + 1] ?? 0;
      for (let step = 0; step < high - low; step++) {
        const rank = descending ? high - 1 - step : low + step;
        const standing = standingAt(project, rank);
        if (standing !== 'never' && (standing === 'last-resort') !== lastResort) continue;
        if (standing !== 'never' && eligible(project, known, rank)) return rank;
        pass(rank);
      }
    }
    return -1;
  }

  function goesHighest(project: string): boolean {
    switch (options.mode) {
      case 'highest':
        return true;
      case 'lowest':
        return false;
      case 'lowest-direct':
        return !demands.named.has(project);
    }
  }

  function preferred(project: string, known: PageFacts, ranks: RankSet): number {
    const versions = options.preferences.get(project);
    if (versions === undefined) return -1;
    for (const version of typeof versions === 'string' ? [versions] : versions) {
      const rank = rankOf(known, version);
      if (rank < 0 || !ranksContain(ranks, rank) || isRuledOut(project, rank)) continue;
      if (standingAt(project, rank) !== 'never' && candidateAt(policy, known, rank) !== null) return rank;
    }
    return -1;
  }

  function choose(project: string, ranks: RankSet): Choice {
    const noted = passedOver.get(project) ?? new Set<number>();
    passedOver.set(project, noted);
    const known = knownPage(project);
    const wrongPython: number[] = [];
    const choice = select(project, ranks, (rank) => {
      if (noted.has(rank)) return;
      noted.add(rank);
      if (known !== null && isWrongPython(policy, known, rank)) wrongPython.push(rank);
    });
    return wrongPython.length > 0 ? { kind: 'wrong-python', ranks: wrongPython } : choice;
  }

  function candidateRanks(project: string): readonly number[] {
    const known = knownPage(project);
    if (known === null || known.page.status.kind === 'quarantined') return [];
    const ranks = known.page.versions.map((_, rank) => rank);
    if (goesHighest(project)) ranks.reverse();
    const wanted = preferred(project, known, allRanks(ranks.length));
    const standing = (rank: number): number => {
      if (rank === wanted) return -1;
      const prerelease = standingAt(project, rank);
      if (prerelease === 'never' || !eligible(project, known, rank)) return Number.NaN;
      const tier = known.page.tiers?.findIndex((each) => ranksContain(each, rank)) ?? 0;
      return 2 * tier + Number(prerelease === 'last-resort');
    };
    const kept = ranks.map((rank) => ({ rank, at: standing(rank) })).filter(({ at }) => !Number.isNaN(at));
    return kept.sort((a, b) => a.at - b.at).map(({ rank }) => rank);
  }

  function peek(project: string, ranks: RankSet): Choice {
    return select(project, ranks, () => undefined);
  }

  function select(project: string, ranks: RankSet, pass: (rank: number) => void): Choice {
    const known = page(project);
    if (known === undefined) return { kind: 'need', need: { pages: [project], metadata: [] } };
    if (known === null || known.page.status.kind === 'quarantined') return { kind: 'none' };
    const wanted = preferred(project, known, ranks);
    if (wanted >= 0) return { kind: 'rank', rank: wanted };
    for (const tier of known.page.tiers ?? [null]) {
      const within = tier === null ? ranks : intersectRanks(ranks, tier);
      let rank = firstEligible(project, known, within, false, pass);
      if (rank < 0) rank = firstEligible(project, known, within, true, pass);
      if (rank >= 0) return { kind: 'rank', rank };
    }
    return { kind: 'none' };
  }

  function widen(project: string, rank: number): RankSet {
    const passed = passedOver.get(project);
    if (passed === undefined) return oneRank(rank);
    let low = rank;
    let high = rank + 1;
    while (passed.has(low - 1)) low--;
    while (passed.has(high)) high++;
    return [low, high];
  }

  return { choose, peek, candidateRanks, goesHighest, prereleaseStanding: standingAt, widen };
}
