import type { Requirement } from '@pyplan/markers';
import type { DerivationStep, Reason } from './explanation/reason.ts';
import type { IndexFile } from './package-source.ts';
import type { Repair } from './repair/repair.ts';
import type { Target } from './target/target.ts';

/** Where a requirement was written. */
export interface Origin {
  /** A file as the user named it, or `argument` for one on the command line. */
  readonly source: string;
  /** From 1; null where there are no lines. */
  readonly line: number | null;
  /** From 1; null where there are no columns. */
  readonly column: number | null;
}

/** A requirement of the user's, with its place. */
export interface RootRequirement {
  readonly requirement: Requirement;
  readonly origin: Origin;
  /** Of an override that replaces what one package asks, or adds to it, and no more: that package. */
  readonly scope?: RequirementScope;
}

/** A package whose requirements are changed. */
export interface RequirementScope {
  /** Normalised. */
  readonly package: string;
  /** The one version that is meant; null: all that no other entry is for. */
  readonly version: string | null;
}

/** One reason why a package is in a plan: who asked, in which words. */
export interface Demand {
  /** Normalised name of the package that asks; null for the user. */
  readonly from: string | null;
  /** The requirement as written. */
  readonly text: string;
  /** For the user's own requirements, where it stands. */
  readonly origin: Origin | null;
}

/** One package of a plan. */
export interface PlannedPackage {
  /** Normalised. */
  readonly name: string;
  /** Normalised text of the version. */
  readonly version: string;
  /** What an installer would download. */
  readonly file: IndexFile;
  /** Extras in force, normalised and sorted. */
  readonly extras: readonly string[];
  /** Active requirements, as the metadata has them, without those on itself. */
  readonly requires: readonly ResolvedRequirement[];
  readonly demands: readonly Demand[];
  readonly requiresPython: string | null;
  /** The index it came from, without credentials. */
  readonly index: string | null;
  /** sha256 of the page and of the metadata that were read: the evidence of the choice. */
  readonly pageDigest: string | null;
  readonly metadataDigest: string | null;
}

/** A requirement of a planned package that is active on the target. */
export interface ResolvedRequirement {
  /** As the metadata has it, marker and all. */
  readonly text: string;
  /** Normalised name of the package that meets it. */
  readonly name: string;
  readonly extras: readonly string[];
}

/** What would be installed on one target. Packages are sorted by name. */
export interface Plan {
  readonly target: Target;
  readonly packages: readonly PlannedPackage[];
}

/** Something worth telling that changes no plan: an extra that does not exist, a repaired requirement. */
export interface Note {
  readonly kind:
    | 'unknown-extra'
    | 'repaired-metadata'
    | 'yanked'
    | 'archived'
    | 'deprecated'
    | 'metadata-differs'
    | 'assumed';
  readonly package: string | null;
  readonly text: string;
}

/** Why one target has no plan. */
export interface Refusal {
  readonly target: Target;
  /** Plain text, several lines, in the user's terms. */
  readonly explanation: string;
  /** The user's lines that conflict, each with its place. */
  readonly conflicting: readonly RootRequirement[];
  /** Why, besides that these lines are written, in the order in which they lead to one another. */
  readonly reasons?: readonly Reason[];
  /** How it follows, step by step; not given where the search took too long to tell. */
  readonly derivation?: readonly DerivationStep[];
  /** Changes under which there is a plan, the smallest first; only where trials were asked for. */
  readonly repairs?: readonly Repair[];
  /** Whether there may be more repairs as small, which would have taken more trials, or more versions looked into. */
  readonly untried?: boolean;
}

export type Resolution =
  | { readonly status: 'resolved'; readonly plans: readonly Plan[]; readonly notes: readonly Note[] }
  | {
      readonly status: 'no-solution';
      /** Plans of the targets that have one. */
      readonly plans: readonly Plan[];
      readonly refusals: readonly Refusal[];
      readonly notes: readonly Note[];
    };

/** A package of a universal lock: once for each version that some part of the universe gets. */
export interface UniversalPackage {
  /** Normalised. */
  readonly name: string;
  readonly version: string;
  /** Where this version is installed, within the lock's environments; null: everywhere. */
  readonly marker: string | null;
  /** Every file that an installer may need there, in page order. */
  readonly files: readonly IndexFile[];
  /** Requirements that are active somewhere there, as the metadata has them, sorted. */
  readonly requires: readonly ResolvedRequirement[];
  readonly demands: readonly Demand[];
  /** What the metadata of all planned files says; null where it says nothing or they disagree. */
  readonly requiresPython: string | null;
  /** The index it came from, without credentials. */
  readonly index: string | null;
}

/** A target of a universe that no combination of versions covers. */
export interface Uncovered {
  readonly python: string;
  readonly platform: string;
  /** The explanation of the refusal. */
  readonly reason: string;
}

/** One lock for every target of a universe. Packages are sorted by name, then version. */
export interface UniversalLock {
  readonly requiresPython: string;
  /** Markers, one a platform, that together hold in just the environments covered. */
  readonly environments: readonly string[];
  readonly packages: readonly UniversalPackage[];
  readonly uncovered: readonly Uncovered[];
  /** The plan of every target covered, of which the packages are the sum. */
  readonly plans: readonly Plan[];
}

export type UniversalResolution =
  | { readonly status: 'resolved'; readonly lock: UniversalLock; readonly notes: readonly Note[] }
  | {
      readonly status: 'no-solution';
      readonly refusals: readonly Refusal[];
      /** Changes under which there is a lock, the smallest first; only where trials were asked for. */
      readonly repairs?: readonly Repair[];
      /** Whether there may be more repairs as small, which would have taken more trials. */
      readonly untried?: boolean;
      readonly notes: readonly Note[];
    };
