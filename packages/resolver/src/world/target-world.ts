import { evaluateMarker } from '@pyplan/markers';
import {
  admitsPython,
  type Candidate,
  type CandidatePolicy,
  candidateAt,
  tableOf,
} from '../candidate/candidate-table.ts';
import {
  type Facts,
  type MetadataFacts,
  type PageFacts,
  ranksAdmitted,
  sharedActive,
} from '../facts/facts.ts';
import type { RequirementFacts } from '../facts/requirement-facts.ts';
import type { ResolveOptions } from '../request.ts';
import type { RootRequirement } from '../resolution.ts';
import { allRanks, intersectRanks, type RankSet, ranksContain } from '../solver/rank-set.ts';
import type { Dependencies, Dependency, SolverWorld } from '../solver/world.ts';
import type { Demands } from './demands.ts';
import { type ActiveRequirement, flattenExtras } from './flatten-extras.ts';
import type { OwnChanges } from './scopes.ts';
import { type VersionChoices, versionChoices } from './version-choices.ts';

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
export interface TargetWorld extends SolverWorld, VersionChoices {
  readonly facts: Facts;
  readonly policy: CandidatePolicy;
  readonly demands: Demands;
  readonly options: ResolveOptions;
  /** Whether the requirements of versions hold as served, and what follows from them is the same for everybody. */
  readonly isAsServed: boolean;
  /** Key of a project's page among the facts. */
  pageKey(project: string): string;
  /** The page of a project; null where there is none, undefined where it is not known yet. */
  page(project: string): PageFacts | null | undefined;
  metadataOf(project: string, rank: number): VersionMetadata;
  /** Ranks of which searches for the target have used the metadata before, where that is noted. */
  used(project: string): ReadonlySet<number>;
  /** Whether the search found that what a version's metadata says rules it out. */
  isRuledOut(project: string, rank: number): boolean;
  /** Requirements of a version that hold on the target, by itself or besides under an extra. */
  activeRequirements(project: string, rank: number, extra: string | null): readonly ActiveRequirement[];
  /** The requirement by which a version asks for another version of its own project; null where there is none. */
  ruledOutByItself(project: string, rank: number): string | null;
  /** Extras of its own project that a version asks for under an extra. */
  ownExtras(project: string, rank: number, extra: string): readonly string[];
}

const none: ReadonlySet<number> = new Set();

export function targetWorld(
  facts: Facts,
  policy: CandidatePolicy,
  demands: Demands,
  options: ResolveOptions,
): TargetWorld {
  const { environment } = policy.target;
  const isAsServed = demands.overrides.size === 0 && options.excludes.size === 0 && demands.scopes.isEmpty;
  const isPlain = isAsServed && demands.constraints.size === 0 && demands.direct.size === 0;
  /**
   * Versions whose metadata rules them out, as the search found: what others have read of the index must not show in
   * what this one says.
   */
  const ruledOut = new Map<string, Set<number>>();

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

  const choices = versionChoices({
    policy,
    demands,
    options,
    page,
    isRuledOut,
  });

  function isRuledOut(project: string, rank: number): boolean {
    return ruledOut.get(project)?.has(rank) === true;
  }

  function ruleOut(project: string, rank: number): Dependencies {
    const ranks = ruledOut.get(project);
    if (ranks === undefined) ruledOut.set(project, new Set([rank]));
    else ranks.add(rank);
    return { kind: 'unusable' };
  }

  function metadataOf(project: string, rank: number): VersionMetadata {
    const known = knownPage(project);
    const candidate = known === null ? null : candidateAt(policy, known, rank);
    if (known === null || candidate === null) return { kind: 'rejected' };
    const found = known.metadata.get(candidate.file.filename);
    if (found === undefined) return { kind: 'unknown', candidate };
    if (found.kind !== 'metadata' || !pythonFits(candidate, found)) return { kind: 'rejected' };
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
    const known = knownPage(project);
    if (known === null) return [];
    const kept = isAsServed ? tableOf(policy.active, known, extra) : null;
    const found = kept?.get(rank);
    if (found !== undefined) return found;
    const metadata = metadataOf(project, rank);
    if (metadata.kind !== 'known') return [];
    const { requirements } = metadata.facts;
    const own = ownChanges(project, rank);
    const added = own === null ? [] : additions(own, requirements);
    const active = flattenExtras(project, extra, (asked) => [
      ...requirements
        .filter((requirement) => isActive(requirement, asked))
        .flatMap((requirement) => overridden(requirement, own)),
      ...(asked === null ? added : []),
    ]);
    if (kept === null) return active;
    const shared = sharedActive(known, extra === null ? `${rank}` : `${rank} ${extra}`, active);
    kept.set(rank, shared);
    return shared;
  }

  function ownExtras(project: string, rank: number, extra: string): readonly string[] {
    const metadata = metadataOf(project, rank);
    if (metadata.kind !== 'known') return [];
    const own = ownChanges(project, rank);
    return metadata.facts.requirements
      .filter((requirement) => requirement.project === project && isActive(requirement, extra))
      .flatMap((requirement) => overridden(requirement, own))
      .flatMap((requirement) => requirement.extras);
  }

  function ownChanges(project: string, rank: number): OwnChanges | null {
    const version = knownPage(project)?.page.versions[rank];
    return version === undefined || demands.scopes.isEmpty ? null : demands.scopes.of(project, version);
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

  /** Overrides of a version alone on projects that it does not ask for: they are asked for too. */
  function additions(
    { overrides, excludes }: OwnChanges,
    requirements: readonly RequirementFacts[],
  ): readonly RequirementFacts[] {
    const asked = new Set(requirements.map((requirement) => requirement.project));
    const names = [...overrides.keys()].sort();
    return names
      .filter((name) => !asked.has(name) && !excludes.has(name) && !options.excludes.has(name))
      .flatMap((name) => (overrides.get(name) ?? []).map((demand) => demand.facts));
  }

  /** What counts in place of a requirement: nothing where its project is left out, the overrides where it has some. */
  function overridden(
    requirement: RequirementFacts,
    own: OwnChanges | null = null,
  ): readonly RequirementFacts[] {
    const { project } = requirement;
    if (options.excludes.has(project) || own?.excludes.has(project) === true) return [];
    const overrides = own?.overrides.get(project) ?? demands.overrides.get(project);
    if (overrides === undefined) return [requirement];
    return overrides.map(({ facts: override }) => ({
      ...override,
      extras: override.extras.length > 0 ? override.extras : requirement.extras,
    }));
  }

  function dependencies(project: string, rank: number, extra: string | null): Dependencies {
    const known = knownPage(project);
    if (!isPlain || known === null) return workOutDependencies(project, rank, extra);
    const table = tableOf(policy.dependencies, known, extra);
    const found = table.get(rank);
    if (found !== undefined) return found;
    // Where the same requirements hold on another target, they lead to the same.
    const shared = known.dependencies.get(activeRequirements(project, rank, extra));
    const answer = shared ?? workOutDependencies(project, rank, extra);
    if (answer.kind === 'dependencies') {
      table.set(rank, answer);
      known.dependencies.set(activeRequirements(project, rank, extra), answer);
    }
    return answer;
  }

  function workOutDependencies(project: string, rank: number, extra: string | null): Dependencies {
    const metadata = metadataOf(project, rank);
    if (metadata.kind === 'rejected') return ruleOut(project, rank);
    if (metadata.kind === 'unknown') {
      return { kind: 'need', need: { pages: [], metadata: [{ project, rank }] } };
    }
    const active = activeRequirements(project, rank, extra);
    // A version that rules itself out would have the search go round in a circle.
    const isAgainstItself = (): boolean => ruledOutByItself(project, rank) !== null;
    const isUnfollowed = ({ facts: { url, project: name } }: ActiveRequirement): boolean =>
      url !== null && demands.direct.get(name) !== url;
    // What only an extra asks for rules out the extra: no version meets it.
    if (extra === null && (isAgainstItself() || active.some(isUnfollowed))) return ruleOut(project, rank);
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
    isAsServed,
    pageKey,
    page,
    ...choices,
    metadataOf,
    used: () => none,
    isRuledOut,
    activeRequirements,
    ownExtras,
    dependencies,
    rootDependencies,
    ruledOutByItself,
    constraint,
    versionCount,
  };
}
