import type { PackageSource } from './package-source.ts';
import type { RequirementScope, RootRequirement } from './resolution.ts';
import type { Target } from './target/target.ts';

/** Which version a package gets where several would do (as uv's `--resolution`). */
export type ResolutionMode = 'highest' | 'lowest' | 'lowest-direct';

/** When a pre-release is a candidate (as uv's `--prerelease`). */
export type PrereleaseMode = 'disallow' | 'allow' | 'if-necessary' | 'explicit' | 'if-necessary-or-explicit';

/** Packages by normalised name, or all of them. */
export type PackageSelection = 'all' | ReadonlySet<string>;

/** A file must have been out for `age` milliseconds at `now`, which is in milliseconds since the epoch. */
export interface CoolDown {
  readonly now: number;
  readonly age: number;
}

/** A moment (milliseconds since the epoch) before which a file must have been uploaded, or how long it must have been out. */
export type UploadLimit = number | CoolDown;

/** What is left out of the requirements of one package. */
export interface ScopedExcludes {
  readonly scope: RequirementScope;
  /** Normalised. */
  readonly names: readonly string[];
}

export interface ResolveOptions {
  readonly mode: ResolutionMode;
  readonly prerelease: PrereleaseMode;
  /** By normalised name, in place of `prerelease` (as uv's `--prerelease-package`). */
  readonly prereleasePackages: ReadonlyMap<string, PrereleaseMode>;
  /** Files uploaded at or after it, or at no known time, are no candidates (as uv's `--exclude-newer`). */
  readonly excludeNewer: UploadLimit | null;
  /** By normalised name, in place of `excludeNewer`; null: no limit (as uv's `--exclude-newer-package`). */
  readonly excludeNewerPackages: ReadonlyMap<string, UploadLimit | null>;
  /** Normalised names of packages that are left out with all that they ask for, whoever asks (as uv's `--excludes`). */
  readonly excludes: ReadonlySet<string>;
  /** Normalised names that one package does not get (as uv's `exclude-dependencies` with `package`); default: none. */
  readonly scopedExcludes?: readonly ScopedExcludes[];
  /** Packages of which an sdist is no candidate (pip's `--only-binary`). */
  readonly onlyBinary: PackageSelection;
  /** Packages of which a wheel is no candidate (pip's `--no-binary`). */
  readonly noBinary: PackageSelection;
  /**
   * Versions to choose where they are allowed, by normalised name, the first allowed one of several:
   * those of an existing lock.
   */
  readonly preferences: ReadonlyMap<string, string | readonly string[]>;
  /** Steps of the solver a target may take before it gives up with a `BudgetError`. */
  readonly maxSteps: number;
}

/** What is going on, for a progress line. Counts grow. */
export interface ResolveProgress {
  readonly phase: 'resolving' | 'done';
  readonly target: Target | null;
  /** The package last heard of. */
  readonly name: string | null;
  readonly pages: number;
  readonly metadata: number;
  readonly decided: number;
}

export interface ResolveRequest {
  readonly requirements: readonly RootRequirement[];
  readonly constraints: readonly RootRequirement[];
  /** Those with a scope count for the requirements of that package alone. */
  readonly overrides: readonly RootRequirement[];
  readonly targets: readonly Target[];
  readonly source: PackageSource;
  readonly options: ResolveOptions;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ResolveProgress) => void;
  /** Changes to the inputs that may be tried, to offer repairs of a refusal; none where not given. */
  readonly repairTrials?: number;
  /**
   * Versions that each of these trials may look into besides one of each project and those that the refusal looked
   * into; by default 20, and 120 where nothing is found otherwise. A refusal says where that left repairs untried.
   */
  readonly repairVersions?: number;
  /** The name that was perhaps meant by one that the index lacks, normalised; null: none. For repairs. */
  readonly spelling?: (name: string) => Promise<string | null>;
}

/** What to lock for a whole universe of targets. */
export interface UniversalRequest extends Omit<ResolveRequest, 'targets'> {
  /** A specifier set that admits the Pythons to cover, e.g. `>=3.10`; without an upper bound, those that are out. */
  readonly requiresPython: string;
  /** Platforms that must be covered; null: the usual six, each where it can be. */
  readonly platforms: readonly string[] | null;
  /**
   * Markers (PEP 508) of environments that must be covered too, e.g.
   * `sys_platform == "linux" and platform_machine == "ppc64le"`; default: none. One that no usual platform
   * satisfies brings the platforms that do.
   */
  readonly requiredEnvironments?: readonly string[];
  /**
   * Markers of the environments that the universe is limited to (uv's `environments`); default: not limited. One that
   * no usual platform satisfies brings the platforms that do; one of which nothing can be covered refuses the lock.
   */
  readonly environments?: readonly string[];
}
