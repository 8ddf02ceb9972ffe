import type { PackageSource } from './package-source.ts';
import type { RootRequirement } from './resolution.ts';
import type { Target } from './target/target.ts';

/** Which version a package gets where several would do (as uv's `--resolution`). */
export type ResolutionMode = 'highest' | 'lowest' | 'lowest-direct';

/** When a pre-release is a candidate (as uv's `--prerelease`). */
export type PrereleaseMode = 'disallow' | 'allow' | 'if-necessary' | 'explicit' | 'if-necessary-or-explicit';

/** Packages by normalised name, or all of them. */
export type PackageSelection = 'all' | ReadonlySet<string>;

export interface ResolveOptions {
  readonly mode: ResolutionMode;
  readonly prerelease: PrereleaseMode;
  /** Milliseconds since the epoch; files uploaded at or after it, or at no known time, are no candidates. */
  readonly excludeNewer: number | null;
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
  readonly overrides: readonly RootRequirement[];
  readonly targets: readonly Target[];
  readonly source: PackageSource;
  readonly options: ResolveOptions;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ResolveProgress) => void;
  /** Changes to the inputs that may be tried, to offer repairs of a refusal; none where not given. */
  readonly repairTrials?: number;
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
}
