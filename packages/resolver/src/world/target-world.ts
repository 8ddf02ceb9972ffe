import { evaluateMarker } from '@pyplan/markers';
import {
  activeTable,
  admitsPython,
  type Candidate,
  type CandidatePolicy,
  candidateAt,
  dependencyTable,
  isWrongPython,
  rejectCandidate,
} from '../candidate/candidate-table.ts';
import { type PrereleaseStanding, prereleaseStanding } from '../candidate/prerelease-standing.ts';
import {
  type Facts,
  type MetadataFacts,
  type PageFacts,
  rankOf,
  ranksAdmitted,
  sharedActive,
} from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import type { ResolveOptions } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import { allRanks, intersectRanks, oneRank, type RankSet, ranksContain } from '../solver/rank-set.ts';
import type { Choice, Dependencies, Dependency, SolverWorld } from '../solver/world.ts';
import { allowsYanked, type Demands } from './demands.ts';
import { type ActiveRequirement, flattenExtras } from './flatten-extras.ts';

/** What a version's metadata says for the target. */
export type VersionMetadata =
  | {
      readonly kind: 'known';
      readonly candidate: Candidate;
      readonly facts: MetadataFacts & { kind: 'metadata' };
    }
  | { readonly kind: 'unknown'; readonly candidate: Candidate }
  | { readonly kind: 'rejected' };

/** A requirement with the user's line, where it is the user's. */
interface Wanted extends ActiveRequirement {
  readonly root: RootRequirement | null;
}

/** The world as one target sees it: pages and metadata through its candidates, demands and options. */
export interface TargetWorld extends SolverWorld {
  readonly facts: Facts;
  readonly policy: CandidatePolicy;
  readonly demands: Demands;
  readonly options: ResolveOptions;
  /** Key of a project's page among the facts. */
  pageKey(project: string): string;
  /** The page of a project; null where there is none, undefined where it is not known yet. */
  page(project: string): PageFacts | null | undefined;
  /** Ranks that may be chosen at all on a known page, the first to be tried first. */
  candidateRanks(project: string): readonly number[];
  /** What `choose` would say, without the search taking note of it. */
  peek(project: string, ranks: RankSet): Choice;
  /** Whether the highest version is tried first. */
  goesHighest(project: string): boolean;
  metadataOf(project: string, rank: number): VersionMetadata;
  /** Requirements of a version that hold on the target, by itself or besides under an extra. */
  activeRequirements(project: string, rank: number, extra: string | null): readonly ActiveRequirement[];
  /** The requirement by which a version asks for another version of its own project; null where there is none. */
  ruledOutByItself(project: string, rank: number): string | null;
  /** Extras of its own project that a version asks for under an extra. */
  ownExtras(project: string, rank: number, extra: string): readonly string[];
  /** Whether a version is a pre-release that may be chosen only where no other is left, or never. */
  prereleaseStanding(project: string, rank: number): PrereleaseStanding;
}

export function targetWorld(
  facts: Facts,
  policy: CandidatePolicy,
  demands: Demands,
  options: ResolveOptions,
): TargetWorld {
  const { environment } = policy.target;
  /**
   * By project, the ranks that a choice passed over as no candidates. Only choices of the search are
   * noted, never what speculation happens to look at, so that the search depends on nothing else.
   */
  const passedOver = new Map<string, Set<number>>();
  /** Whether the requirements of versions hold as served, and what follows from them is the same for everybody. */
  const isAsServed = demands.overrides.size === 0 && options.excludes.size === 0;
  const isPlain = isAsServed && demands.constraints.size === 0 && demands.direct.size === 0;
  /** Versions that ask for a direct reference which the user did not give, or for another version of their own project. */
  const unfollowed = new Map<string, Set<number>>();

  function pageKey(project: string): string {
    const url = demands.direct.get(project);
    return url === undefined ? project : `${project} @ ${url}`;
  }

  function page(project: string): PageFacts | null | undefined {
    return facts.pages.get(pageKey(project));
  }

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
    if (candidate === null || unfollowed.get(project)?.has(rank) === true) return false;
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
      if (rank < 0 || !ranksContain(ranks, rank) || unfollowed.get(project)?.has(rank) === true) continue;
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

  function metadataOf(project: string, rank: number): VersionMetadata {
    const known = knownPage(project);
    const candidate = known === null ? null : candidateAt(policy, known, rank);
    if (known === null || candidate === null) return { kind: 'rejected' };
    const found = known.metadata.get(candidate.file.filename);
    if (found === undefined) return { kind: 'unknown', candidate };
    if (found.kind !== 'metadata' || !pythonFits(candidate, found)) {
      rejectCandidate(policy, known, rank);
      return { kind: 'rejected' };
    }
    return { kind: 'known', candidate, facts: found };
  }

  /** The page speaks first; where it says nothing, the metadata does. */
  function pythonFits(candidate: Candidate, found: MetadataFacts & { kind: 'metadata' }): boolean {
    const { requiresPython } = found.metadata;
    if (candidate.file.requiresPython !== null || requiresPython === null) return true;
    return admitsPython(policy, requiresPython);
  }

  function activeRequirements(
    project: string,
    rank: number,
    extra: string | null,
  ): readonly ActiveRequirement[] {
    const metadata = metadataOf(project, rank);
    const known = knownPage(project);
    if (metadata.kind !== 'known' || known === null) return [];
    const kept = isAsServed ? activeTable(policy, known) : null;
    const key = extra === null ? `${rank}` : `${rank} ${extra}`;
    const found = kept?.get(key);
    if (found !== undefined) return found;
    const active = flattenExtras(project, extra, (asked) =>
      metadata.facts.requirements
        .filter((requirement) => isActive(requirement, asked))
        .flatMap((requirement) => overridden(requirement)),
    );
    if (kept === null) return active;
    const shared = sharedActive(known, key, active);
    kept.set(key, shared);
    return shared;
  }

  function ownExtras(project: string, rank: number, extra: string): readonly string[] {
    const metadata = metadataOf(project, rank);
    if (metadata.kind !== 'known') return [];
    return metadata.facts.requirements
      .filter((requirement) => requirement.project === project && isActive(requirement, extra))
      .flatMap((requirement) => requirement.extras);
  }

  function isActive({ marker, mentionsExtra }: RequirementFacts, extra: string | null): boolean {
    if (extra === null) return marker === null || evaluateMarker(marker, environment, '');
    return (
      marker !== null &&
      mentionsExtra &&
      evaluateMarker(marker, environment, extra) &&
      !evaluateMarker(marker, environment, '')
    );
  }

  /** What counts in place of a requirement: nothing where its project is left out, the overrides where it has some. */
  function overridden(requirement: RequirementFacts): readonly RequirementFacts[] {
    if (options.excludes.has(requirement.project)) return [];
    const overrides = demands.overrides.get(requirement.project);
    if (overrides === undefined) return [requirement];
    return overrides.map(({ facts: override }) => ({
      ...override,
      extras: override.extras.length > 0 ? override.extras : requirement.extras,
    }));
  }

  function dependencies(project: string, rank: number, extra: string | null): Dependencies {
    const known = knownPage(project);
    if (!isPlain || known === null) return workOutDependencies(project, rank, extra);
    const table = dependencyTable(policy, known, extra);
    const found = table[rank];
    if (found !== undefined) return found;
    // Where the same requirements hold on another target, they lead to the same.
    const shared = known.dependencies.get(activeRequirements(project, rank, extra));
    const answer = shared ?? workOutDependencies(project, rank, extra);
    if (answer.kind === 'dependencies') {
      table[rank] = answer;
      known.dependencies.set(activeRequirements(project, rank, extra), answer);
    }
    return answer;
  }

  function workOutDependencies(project: string, rank: number, extra: string | null): Dependencies {
    const metadata = metadataOf(project, rank);
    if (metadata.kind === 'rejected') return { kind: 'unusable' };
    if (metadata.kind === 'unknown') {
      return { kind: 'need', need: { pages: [], metadata: [{ project, rank }] } };
    }
    const active = activeRequirements(project, rank, extra);
    // A version that rules itself out would have the search go round in a circle.
    const isRuledOut = (): boolean => ruledOutByItself(project, rank) !== null;
    const isUnfollowed = ({ facts: { url, project: name } }: ActiveRequirement): boolean =>
      url !== null && demands.direct.get(name) !== url;
    // What only an extra asks for rules out the extra: no version meets it.
    if (extra === null && (isRuledOut() || active.some(isUnfollowed))) {
      const ranks = unfollowed.get(project);
      if (ranks === undefined) unfollowed.set(project, new Set([rank]));
      else ranks.add(rank);
      return { kind: 'unusable' };
    }
    return dependenciesOf(active.map((requirement) => ({ ...requirement, root: null })));
  }

  function ruledOutByItself(project: string, rank: number): string | null {
    const own = activeRequirements(project, rank, null).find(
      ({ facts }) => facts.project === project && !ranksContain(admitted(facts), rank),
    );
    return own?.facts.text ?? null;
  }

  function rootDependencies(): Dependencies {
    return dependenciesOf(
      demands.requirements.flatMap(({ facts: requirement, root }) =>
        overridden(requirement).map((effective) => ({
          facts: effective,
          marker: effective.environmentPart,
          root,
        })),
      ),
    );
  }

  function dependenciesOf(wanted: readonly Wanted[]): Dependencies {
    const missing = wanted
      .map(({ facts: requirement }) => requirement.project)
      .filter((project) => page(project) === undefined);
    if (missing.length > 0) {
      return { kind: 'need', need: { pages: [...new Set(missing)], metadata: [] } };
    }
    return { kind: 'dependencies', dependencies: wanted.flatMap(dependenciesFor) };
  }

  function dependenciesFor({ facts: requirement, marker, root }: Wanted): readonly Dependency[] {
    const { project, extras } = requirement;
    const asked = { specifier: requirement.specifier, url: requirement.url, root };
    const ranks = admitted(requirement);
    const how = demands.direct.has(project) ? 'direct' : isPinned(requirement) ? 'pinned' : 'plain';
    if (extras.length === 0) return [{ project, extra: null, marker, ranks, how, asked }];
    return extras.map((extra) => ({ project, extra, marker, ranks, how, asked }));
  }

  /** A direct reference admits the one version that it leads to, and none where another one prevails. */
  function admitted(requirement: RequirementFacts): RankSet {
    const { project, url } = requirement;
    const known = knownPage(project);
    if (known === null || (url !== null && url !== demands.direct.get(project))) return [];
    return url === null ? ranksAdmitted(known, requirement) : allRanks(known.page.versions.length);
  }

  function isPinned(requirement: RequirementFacts): boolean {
    return (
      requirement.pinned ||
      demands.constraints.get(requirement.project)?.some(({ facts: constraint }) => constraint.pinned) ===
        true
    );
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

  function constraint(project: string): RankSet | null {
    const constraints = demands.constraints.get(project);
    if (constraints === undefined) return null;
    return constraints
      .map((demand) => admitted(demand.facts))
      .reduce(intersectRanks, allRanks(versionCount(project)));
  }

  function versionCount(project: string): number {
    return knownPage(project)?.page.versions.length ?? 0;
  }

  return {
    facts,
    policy,
    demands,
    options,
    pageKey,
    page,
    goesHighest,
    metadataOf,
    activeRequirements,
    ownExtras,
    prereleaseStanding: standingAt,
    candidateRanks,
    choose,
    peek,
    dependencies,
    rootDependencies,
    ruledOutByItself,
    widen,
    constraint,
    versionCount,
  };
}
