import { parseIndexSpecifierSet, parseVersion, specifierSetContains, type Version } from '@pyplan/markers';
import { wheelRank } from '@pyplan/wheel-meta';
import { byRank, namesOf, type PageFacts } from '../facts/facts.ts';
import type { IndexFile } from '../package-source.ts';
import type { PlannedVersion } from '../plan/planned-version.ts';
import type { PackageSelection, ResolveOptions } from '../request.ts';
import type { Dependencies } from '../solver/world.ts';
import type { Target } from '../target/target.ts';
import type { ActiveRequirement } from '../world/flatten-extras.ts';
import { type UploadLimits, uploadBound, uploadLimitOf, uploadLimitsKey } from './upload-limit.ts';

/** A version that a target can take, with the file that an installer would choose for it. */
export interface Candidate {
  readonly rank: number;
  readonly file: IndexFile;
  readonly isWheel: boolean;
  /** Null, or the reason given for yanking what would be chosen. */
  readonly yanked: string | null;
}

/** There is no candidate by what the page says: for the target's Python alone, or for another reason. */
export type NoCandidate = 'wrong-python' | 'rejected';

/** By page, extra (empty for none; several by commas) and rank. */
type TablesByPage<Value> = Map<PageFacts, Map<string, Map<number, Value>>>;

/** The part of a target and of the options that decides which files it can take. */
export interface CandidatePolicy {
  readonly target: Target;
  readonly python: Version;
  readonly uploads: UploadLimits;
  readonly onlyBinary: PackageSelection;
  readonly noBinary: PackageSelection;
  /** Whether a Requires-Python, as served, admits the target. */
  readonly admitsPython: Map<string, boolean>;
  /** By page and rank: the candidate, or why there is none; undefined where not looked yet. */
  readonly candidates: Map<PageFacts, (Candidate | NoCandidate | undefined)[]>;
  /** The requirements that hold on the target. */
  readonly active: TablesByPage<readonly ActiveRequirement[]>;
  /** What versions depend on where the user's lines don't change it. */
  readonly dependencies: TablesByPage<Dependencies>;
  /** What plans for the target have of versions that hold as served, by the extras asked for. */
  readonly planned: TablesByPage<PlannedVersion>;
}

/** Policies by what they depend on, so that a later resolution finds what an earlier one worked out. */
export type CandidateTables = Map<string, CandidatePolicy>;

export function candidatePolicy(
  tables: CandidateTables,
  target: Target,
  options: UploadLimits & Pick<ResolveOptions, 'onlyBinary' | 'noBinary'>,
): CandidatePolicy {
  const key = [
    target.platform,
    target.python,
    tagsKey(target),
    ...Object.values(target.environment),
    uploadLimitsKey(options),
    selectionKey(options.onlyBinary),
    selectionKey(options.noBinary),
  ].join('\n');
  const known = tables.get(key);
  if (known !== undefined) return known;
  const policy: CandidatePolicy = {
    target,
    python: parseVersion(target.environment.python_full_version),
    uploads: { excludeNewer: options.excludeNewer, excludeNewerPackages: options.excludeNewerPackages },
    onlyBinary: options.onlyBinary,
    noBinary: options.noBinary,
    admitsPython: new Map(),
    candidates: new Map(),
    active: new Map(),
    dependencies: new Map(),
    planned: new Map(),
  };
  tables.set(key, policy);
  return policy;
}

/** A target that was read from a report may have the names of another and take other wheels. */
function tagsKey({ tags: { target: of } }: Target): string {
  const { platform, freeThreaded, debug = false, implementationVersion = [] } = of;
  return `${platform.kind} ${platform.arch} ${platform.version?.join('.') ?? ''} ${freeThreaded} ${debug} ${implementationVersion.join('.')}`;
}

/** What was worked out before of a page's versions, by rank, under an extra. */
export function tableOf<Value>(
  tables: TablesByPage<Value>,
  page: PageFacts,
  extra: string | null,
): Map<number, Value> {
  let byExtra = tables.get(page);
  if (byExtra === undefined) {
    byExtra = new Map();
    tables.set(page, byExtra);
  }
  const known = byExtra.get(extra ?? '');
  if (known !== undefined) return known;
  const table = new Map<number, Value>();
  byExtra.set(extra ?? '', table);
  return table;
}

function selectionKey(selection: PackageSelection): string {
  return selection === 'all' ? 'all' : `:${[...selection].sort().join()}`;
}

function selects(selection: PackageSelection, project: string): boolean {
  return selection === 'all' || selection.has(project);
}

/** The candidate at a rank, or null; worked out once. */
export function candidateAt(policy: CandidatePolicy, page: PageFacts, rank: number): Candidate | null {
  const found = lookAt(policy, page, rank);
  return typeof found === 'string' ? null : found;
}

/** Whether a version would be a candidate but for the Requires-Python of its files. */
export function isWrongPython(policy: CandidatePolicy, page: PageFacts, rank: number): boolean {
  return lookAt(policy, page, rank) === 'wrong-python';
}

function lookAt(policy: CandidatePolicy, page: PageFacts, rank: number): Candidate | NoCandidate {
  let ranks = policy.candidates.get(page);
  if (ranks === undefined) {
    ranks = byRank<Candidate | NoCandidate>(page);
    policy.candidates.set(page, ranks);
  }
  const known = ranks[rank];
  if (known !== undefined) return known;
  const candidate = bestCandidate(policy, page, rank);
  ranks[rank] = candidate;
  return candidate;
}

/**
 * The file of a version that an installer would take: a wheel by tag order, then build number; else
 * the sdist. Files that are not yanked come before those that are.
 */
export function bestCandidate(
  policy: CandidatePolicy,
  page: PageFacts,
  rank: number,
): Candidate | NoCandidate {
  const files = page.page.filesOf(rank);
  const standings: Fits[] = [];
  let wrongPython = false;
  namesOf(page, rank).forEach((_, index) => {
    const file = files[index];
    const standing = file === undefined ? null : standingOf(policy, page, rank, index, file);
    if (standing?.kind === 'fits') standings.push(standing);
    else if (standing?.kind === 'wrong-python') wrongPython = true;
  });
  const whole = standings.filter((standing) => standing.file.yanked === null);
  const pool = whole.length > 0 ? whole : standings;
  let best: Fits | undefined;
  for (const standing of pool) {
    if (best === undefined || isBetter(standing, best)) best = standing;
  }
  if (best === undefined) return wrongPython ? 'wrong-python' : 'rejected';
  return { rank, file: best.file, isWheel: best.isWheel, yanked: best.file.yanked };
}

/** Whether a file is for the target, or why not. */
export type FileStanding =
  | {
      readonly kind: 'fits';
      readonly file: IndexFile;
      readonly isWheel: boolean;
      /** Place of its tag in the target's order; sdists come last. */
      readonly tagRank: number;
      readonly build: readonly [] | readonly [number, string];
    }
  | { readonly kind: 'too-new' | 'no-time' | 'wrong-python' | 'wrong-platform' | 'not-wanted' | 'unread' };

type Fits = FileStanding & { readonly kind: 'fits' };

/** Judges the `index`th file of a version by the policy. */
export function standingOf(
  policy: CandidatePolicy,
  page: PageFacts,
  rank: number,
  index: number,
  file: IndexFile,
): FileStanding {
  const name = namesOf(page, rank)[index];
  if (name === undefined || name.kind === 'other') return { kind: 'unread' };
  const isWheel = name.kind === 'wheel';
  if (selects(isWheel ? policy.noBinary : policy.onlyBinary, page.page.name)) return { kind: 'not-wanted' };
  const tagRank = name.kind === 'wheel' ? wheelRank(policy.target.tags, name) : Number.POSITIVE_INFINITY;
  if (tagRank < 0) return { kind: 'wrong-platform' };
  const limit = uploadLimitOf(policy.uploads, page.page.name);
  if (limit !== null) {
    if (file.uploadTime === null) return { kind: 'no-time' };
    if (!(Date.parse(file.uploadTime) < uploadBound(limit))) return { kind: 'too-new' };
  }
  if (file.requiresPython !== null && !admitsPython(policy, file.requiresPython)) {
    return { kind: 'wrong-python' };
  }
  return { kind: 'fits', file, isWheel, tagRank, build: name.kind === 'wheel' ? name.build : [] };
}

function isBetter(a: Fits, b: Fits): boolean {
  if (a.tagRank !== b.tagRank) return a.tagRank < b.tagRank;
  const [aNumber = -1, aRest = ''] = a.build;
  const [bNumber = -1, bRest = ''] = b.build;
  return aNumber !== bNumber ? aNumber > bNumber : aRest > bRest;
}

/** Whether a Requires-Python admits the target's full version, bounds and exclusions included. */
export function admitsPython(policy: CandidatePolicy, requiresPython: string): boolean {
  const known = policy.admitsPython.get(requiresPython);
  if (known !== undefined) return known;
  const admits = judgePython(policy.python, requiresPython);
  policy.admitsPython.set(requiresPython, admits);
  return admits;
}

/** A Requires-Python beyond repair says nothing: installers pass over it, and so does the plan. */
function judgePython(python: Version, requiresPython: string): boolean {
  try {
    const { specifierSet } = parseIndexSpecifierSet(requiresPython);
    return specifierSetContains(specifierSet, python, { prereleases: true });
  } catch {
    return true;
  }
}
