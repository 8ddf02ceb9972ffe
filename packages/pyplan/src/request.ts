import {
  defaultOptions,
  type Note,
  newestPython,
  type PackageSource,
  type ResolveOptions,
  type ResolveProgress,
  type ResolveRequest,
  type RootRequirement,
  type Target,
  target,
} from '@pyplan/resolver';
import { assumePlatform } from './input/default-targets.ts';
import { argumentOrigin, readRequirement } from './input/requirements/requirement-strings.ts';
import type { HashedLine } from './input/requirements/requirements-file.ts';
import { thisMachine } from './machine.ts';
import { hashedSource } from './verbs/hashed-source.ts';

/** What is wanted, from where. */
export interface SharedRequest {
  /** Requirement strings (PEP 508), or requirements with the place they were written at. */
  readonly requirements: readonly (string | RootRequirement)[];
  /** Limits on versions that ask for nothing themselves. */
  readonly constraints?: readonly (string | RootRequirement)[];
  /** Each replaces whatever anybody asks of its package. */
  readonly overrides?: readonly (string | RootRequirement)[];
  /** Where packages come from. What it has read it keeps: give the same one to later calls. */
  readonly source: PackageSource;
  /** Those not given are `defaultOptions`. */
  readonly options?: Partial<ResolveOptions>;
  /** Files that requirements with `--hash` allow; packages without such a line are not limited. */
  readonly hashes?: readonly HashedLine[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ResolveProgress) => void;
  /** Changes to the inputs that may be tried, to offer repairs of a refusal; none where not given. */
  readonly repairTrials?: number;
  /** Versions that each may look into, beyond what a plan takes; by default 20, or 120 where nothing is found. */
  readonly repairVersions?: number;
  /** The name that was perhaps meant by one that the index lacks, normalised; null: none. For repairs. */
  readonly spelling?: (name: string) => Promise<string | null>;
}

/** What is wanted, for which targets, from where. */
export interface PlanRequest extends SharedRequest {
  /** `3.12`, or several. Default: the newest released. With `platform`, each with each. */
  readonly python?: string | readonly string[];
  /** `linux`, `macos`, `windows`, or a triple as uv's `--python-platform`. Default: this machine's. */
  readonly platform?: string | readonly string[];
  /** Instead of `python` and `platform`. */
  readonly targets?: readonly Target[];
}

/** A request with its defaults filled in, and notes of what was assumed. */
export interface CompleteRequest {
  readonly request: ResolveRequest;
  readonly assumed: readonly Note[];
}

/**
 * Parses the strings of a request and fills in its defaults.
 *
 * @throws InputError for a requirement that does not parse.
 * @throws InvalidTargetError for a Python or platform that there is none of.
 */
export function completeRequest(request: PlanRequest): CompleteRequest {
  const { targets, assumed } =
    request.targets === undefined ? namedTargets(request) : { targets: request.targets, assumed: [] };
  return { assumed, request: { ...completeShared(request), targets } };
}

/** The part of a request that has nothing to do with targets. @throws InputError */
export function completeShared(request: SharedRequest): Omit<ResolveRequest, 'targets'> {
  const hashes = request.hashes ?? [];
  return {
    requirements: request.requirements.map(parsed),
    constraints: (request.constraints ?? []).map(parsed),
    overrides: (request.overrides ?? []).map(parsed),
    source: hashes.length === 0 ? request.source : hashedSource(request.source, hashes),
    options: { ...defaultOptions, ...request.options },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
    ...(request.repairTrials === undefined ? {} : { repairTrials: request.repairTrials }),
    ...(request.repairVersions === undefined ? {} : { repairVersions: request.repairVersions }),
    ...(request.spelling === undefined ? {} : { spelling: request.spelling }),
  };
}

function parsed(requirement: string | RootRequirement): RootRequirement {
  return typeof requirement === 'string' ? readRequirement(requirement, argumentOrigin) : requirement;
}

function namedTargets(request: PlanRequest): { targets: readonly Target[]; assumed: readonly Note[] } {
  const assumed: Note[] = [];
  const assume = (text: string): void => void assumed.push({ kind: 'assumed', package: null, text });
  const pythons = listOf(request.python) ?? [newestPython];
  if (request.python === undefined) assume(`Python ${newestPython}, the newest released`);
  const machine = request.platform === undefined ? assumePlatform(thisMachine()) : null;
  const platforms = listOf(request.platform) ?? [machine?.value ?? ''];
  if (machine !== null) assume(`platform ${machine.value}, ${machine.reason}`);
  return {
    targets: pythons.flatMap((python) => platforms.map((platform) => target(python, platform))),
    assumed,
  };
}

function listOf(value: string | readonly string[] | undefined): readonly string[] | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? [value] : value;
}
