import { compareVersions, locateRange, tryParseVersion } from '@pyplan/markers';
import { tryParseDistributionFilename } from '@pyplan/wheel-meta';
import type { CandidatePolicy, CandidateTables } from '../candidate/candidate-table.ts';
import type {
  FileMetadata,
  IndexFile,
  MetadataAnswer,
  PackageSource,
  ProjectPage,
} from '../package-source.ts';
import type { PlannedVariant } from '../plan/planned-version.ts';
import type { RankSet } from '../solver/rank-set.ts';
import type { Dependencies } from '../solver/world.ts';
import { type Target, target } from '../target/target.ts';
import type { LockFiles } from '../universe/lock-files.ts';
import type { RegionMarkers } from '../universe/lock-markers.ts';
import type { ActiveRequirement } from '../world/flatten-extras.ts';
import { type RequirementFacts, type RequirementTable, requirementFromIndex } from './requirement-facts.ts';

export type DistributionName = ReturnType<typeof tryParseDistributionFilename>;

/** Metadata with its requirements parsed. */
export type MetadataFacts =
  | {
      readonly kind: 'metadata';
      readonly metadata: FileMetadata;
      readonly requirements: readonly RequirementFacts[];
    }
  | Exclude<MetadataAnswer, { kind: 'metadata' }>;

/** A page and all that was worked out of it. */
export interface PageFacts {
  readonly page: ProjectPage;
  readonly metadata: Map<string, MetadataFacts>;
  /** Ranks of a specifier set, by its text. */
  readonly located: Map<string, RankSet>;
  /** Parsed file names by rank, in the order of `filesOf`. */
  readonly names: (readonly DistributionName[] | undefined)[];
  /** Ranks of versions that were looked for by their text. */
  readonly ranksByText: Map<string, number>;
  /** By rank and extra: the sets of requirements that hold on one target or another. */
  readonly active: Map<string, (readonly ActiveRequirement[])[]>;
  /** By such a set: what the version depends on, unless the user's lines change it. */
  readonly dependencies: Map<readonly ActiveRequirement[], Dependencies>;
  /** By rank: what plans have of the version, for one target or another. */
  readonly planned: Map<number, PlannedVariant[]>;
}

/** A version of which Requires-Python texts of files may turn within a minor version of Python. */
export interface TurningVersion {
  readonly rank: number;
  readonly requiresPythons: readonly string[];
}

/**
 * What is known of the world so far, whatever the target: pages by key, requirements by text.
 *
 * A key is the normalised name of a project, or `name @ url` for a direct reference.
 */
export interface Facts {
  readonly source: PackageSource;
  readonly pages: Map<string, PageFacts | null>;
  readonly requirements: RequirementTable;
  readonly tables: CandidateTables;
  /** By page, for universes. */
  readonly turning: Map<PageFacts, readonly TurningVersion[]>;
  /** Targets by Python and platform, for universes: their tags are worked out once. */
  readonly targets: Map<string, Target>;
  /** Words for the regions of the last universe, by those covered and asked for. */
  readonly markers: Map<string, RegionMarkers>;
  /** Files for the regions of the last universe: one entry, or none. */
  readonly lockFiles: { readonly policies: readonly CandidatePolicy[]; readonly files: LockFiles }[];
}

export function newFacts(source: PackageSource): Facts {
  return {
    source,
    pages: new Map(),
    requirements: new Map(),
    tables: new Map(),
    turning: new Map(),
    targets: new Map(),
    markers: new Map(),
    lockFiles: [],
  };
}

/** A target by name, each made once. @throws {InvalidTargetError} */
export function targetNamed(facts: Facts, python: string, platform: string): Target {
  const key = `${python} ${platform}`;
  const known = facts.targets.get(key);
  if (known !== undefined) return known;
  const made = target(python, platform);
  facts.targets.set(key, made);
  return made;
}

export function addPage(facts: Facts, key: string, page: ProjectPage | null): void {
  if (facts.pages.has(key)) return;
  facts.pages.set(key, page === null ? null : newPageFacts(page));
}

function newPageFacts(page: ProjectPage): PageFacts {
  return {
    page,
    metadata: new Map(),
    located: new Map(),
    names: byRank({ page }),
    ranksByText: new Map(),
    active: new Map(),
    dependencies: new Map(),
    planned: new Map(),
  };
}

/** A place for each version of a page. What is filled from its end would be kept in a slower form if it grew. */
export function byRank<Value>({ page }: Pick<PageFacts, 'page'>): (Value | undefined)[] {
  return new Array<Value | undefined>(page.versions.length).fill(undefined);
}

/** The set of requirements as another target had it, if one did: equal sets are the same. */
export function sharedActive(
  page: PageFacts,
  key: string,
  active: readonly ActiveRequirement[],
): readonly ActiveRequirement[] {
  const known = page.active.get(key);
  if (known === undefined) {
    page.active.set(key, [active]);
    return active;
  }
  const isSame = (other: readonly ActiveRequirement[]): boolean =>
    other.length === active.length &&
    other.every(({ facts, marker }, i) => facts === active[i]?.facts && marker === active[i]?.marker);
  const found = known.find(isSame);
  if (found === undefined) known.push(active);
  return found ?? active;
}

export function addMetadata(facts: Facts, page: PageFacts, file: IndexFile, answer: MetadataAnswer): void {
  if (page.metadata.has(file.filename)) return;
  page.metadata.set(file.filename, answer.kind === 'metadata' ? parsed(facts, answer.metadata) : answer);
}

function parsed(facts: Facts, metadata: FileMetadata): MetadataFacts {
  const requirements: RequirementFacts[] = [];
  for (const text of metadata.requiresDist) {
    const requirement = requirementFromIndex(facts.requirements, text);
    if (typeof requirement === 'string') {
      return { kind: 'unusable', reason: `its requirement \`${text}\` can't be read` };
    }
    requirements.push(requirement);
  }
  return { kind: 'metadata', metadata, requirements };
}

/** The ranks of a page that a requirement admits. */
export function ranksAdmitted(page: PageFacts, requirement: RequirementFacts): RankSet {
  const known = page.located.get(requirement.specifierText);
  if (known !== undefined) return known;
  const ranks = locateRange(requirement.range, page.page.versions);
  page.located.set(requirement.specifierText, ranks);
  return ranks;
}

/** The rank of a version by its text, or -1. */
export function rankOf(page: PageFacts, text: string): number {
  const known = page.ranksByText.get(text);
  if (known !== undefined) return known;
  const rank = findRank(page, text);
  page.ranksByText.set(text, rank);
  return rank;
}

function findRank(page: PageFacts, text: string): number {
  const version = tryParseVersion(text);
  if (version === null) return -1;
  const { versions } = page.page;
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = versions[middle];
    if (other !== undefined && compareVersions(other, version) < 0) low = middle + 1;
    else high = middle;
  }
  const found = versions[low];
  return found !== undefined && compareVersions(found, version) === 0 ? low : -1;
}

/** The parsed names of the files of a version. */
export function namesOf(page: PageFacts, rank: number): readonly DistributionName[] {
  const known = page.names[rank];
  if (known !== undefined) return known;
  const { name } = page.page;
  const names = page.page.filesOf(rank).map((file) => tryParseDistributionFilename(file.filename, name));
  page.names[rank] = names;
  return names;
}
