import type { MarkerEnvironment } from '@pyplan/markers';
import type { TagTarget } from '@pyplan/wheel-meta';
import type { Hashes, ProjectStatus } from '../package-source.ts';
import type { PrereleaseMode } from '../request.ts';

/**
 * What a resolution rests on, as a document that a program which knows nothing of the solver can check
 * (docs/evidence.md). Types alone: a checker shares no code with what writes it.
 */
export interface Evidence {
  /** Number of the format. */
  readonly evidence: 1;
  readonly inputs: EvidenceInputs;
  /** By key: a normalised name, or `name @ url` for a direct reference. */
  readonly projects: Readonly<Record<string, EvidenceProject>>;
  readonly targets: readonly EvidenceTarget[];
}

/** What the answers of a project rest on whose extras and groups conflict: one for each selection of its parts. */
export interface ApartEvidence {
  /** Number of the format. */
  readonly evidence: 1;
  readonly selections: readonly EvidenceSelection[];
}

export interface EvidenceSelection {
  /** The conflicting parts that are selected, `extra cpu`; empty: none of them. */
  readonly parts: readonly string[];
  readonly answer: Evidence;
}

/** A line of the user's, with its place. */
export interface EvidenceLine {
  /** As written, without credentials. */
  readonly text: string;
  readonly source: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** An override, perhaps of what one package asks. */
export interface EvidenceOverride extends EvidenceLine {
  readonly scope?: EvidenceScope;
}

/** A package whose requirements are changed. */
export interface EvidenceScope {
  readonly package: string;
  /** Null: all versions that no other entry is for. */
  readonly version: string | null;
}

/** What was asked for, and the options that limit candidates. */
export interface EvidenceInputs {
  readonly requirements: readonly EvidenceLine[];
  readonly constraints: readonly EvidenceLine[];
  readonly overrides: readonly EvidenceOverride[];
  readonly prerelease: PrereleaseMode;
  /** By normalised name, in place of `prerelease`. */
  readonly prereleasePackages: Readonly<Record<string, PrereleaseMode>>;
  /** ISO 8601; files uploaded at or after it, or at no known time, are no candidates. */
  readonly excludeNewer: string | null;
  /** By normalised name, in place of `excludeNewer`; null: no limit. */
  readonly excludeNewerPackages: Readonly<Record<string, string | null>>;
  /** Normalised names of packages that nobody gets, whoever asks. */
  readonly excludes: readonly string[];
  /** Names that one package does not get; not given where there are none. */
  readonly scopedExcludes?: readonly { readonly scope: EvidenceScope; readonly names: readonly string[] }[];
  readonly onlyBinary: 'all' | readonly string[];
  readonly noBinary: 'all' | readonly string[];
  /** Versions of an existing lock, by normalised name: there a yanked version is a candidate. */
  readonly preferences: Readonly<Record<string, readonly string[]>>;
  /** Files that the user allows by `--hash`: by line, `algorithm:hex`. */
  readonly hashes: readonly { readonly name: string; readonly allowed: readonly string[] }[];
}

/** A project's page, as far as the evidence rests on it. */
export interface EvidenceProject {
  /** URL of the index, without credentials; null where it has none that others could ask. */
  readonly index: string | null;
  /** sha256 of the page; null where there were no bytes. */
  readonly page: string | null;
  /** `absent`: the index has no such project. */
  readonly status: ProjectStatus['kind'] | 'absent';
  /** All of the page, ascending, where a refusal rests on them; else null. */
  readonly versions: readonly string[] | null;
  /** Files by name. */
  readonly files: Readonly<Record<string, EvidenceFile>>;
}

/** A file with what its page and its metadata say. */
export interface EvidenceFile {
  readonly version: string;
  readonly hashes: Hashes;
  readonly size: number | null;
  readonly uploadTime: string | null;
  readonly requiresPython: string | null;
  readonly yanked: string | null;
  /** sha256 of the metadata; null where there were no bytes. */
  readonly metadata: string | null;
  readonly metadataPython: string | null;
  /** Requires-Dist: all of it, or the lines that a refusal rests on. */
  readonly requires: readonly string[];
  readonly complete: boolean;
}

export interface EvidenceTarget {
  readonly python: string;
  readonly platform: string;
  readonly environment: MarkerEnvironment;
  /** What the wheel tags follow from. */
  readonly tags: TagTarget;
  readonly plan?: EvidencePlan;
  readonly refusal?: EvidenceRefusal;
}

/** What would be installed, and why each package has to be there. */
export interface EvidencePlan {
  readonly packages: readonly EvidencePackage[];
}

export interface EvidencePackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  /** Asked for, normalised and sorted. */
  readonly extras: readonly string[];
  /** Places among the file's `requires` of the lines that hold. */
  readonly active: readonly number[];
}

/** Flat half-open intervals `[lo, hi, lo, hi, …]` of places in a project's `versions`, ascending. */
export type EvidenceSet = readonly number[];

/** What a file, or a version as a whole, is passed over for. */
export type EvidenceReason = readonly [
  kind:
    | 'quarantined'
    | 'pre-release'
    | 'hashes'
    | 'wheel'
    | 'sdist'
    | 'tags'
    | 'uploaded'
    | 'python'
    | 'yanked'
    | 'dynamic'
    | 'unusable'
    | 'metadata-python'
    | 'direct'
    | 'itself',
  value: string | null,
];

export interface EvidenceRefusal {
  /** By project key: versions that are no candidates, and why each of their files is none. */
  readonly excluded: Readonly<Record<string, readonly EvidenceExclusion[]>>;
  /** By project key and place of a version: the file whose metadata counts. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Each rests on steps before it; the last one says that there is no solution. */
  readonly steps: readonly EvidenceStep[];
}

export interface EvidenceExclusion {
  readonly versions: EvidenceSet;
  readonly because: readonly EvidenceReason[];
}

/** A package is `name`, or `name[extra]`: the extra of it, at the version that it is chosen at. */
export type EvidenceStep =
  /** A line of the user's asks for `package` in `allowed`: `not package in allowed` can't be. */
  | {
      readonly rule: 'required';
      readonly line: number;
      readonly package: string;
      readonly allowed: EvidenceSet;
    }
  /** Each of the versions, or its file's metadata, asks for `on` in `allowed`, or is no candidate. */
  | {
      readonly rule: 'requires';
      readonly package: string;
      readonly versions: EvidenceSet;
      readonly on: string;
      readonly allowed: EvidenceSet;
    }
  /** None of the versions is a candidate. */
  | { readonly rule: 'excluded'; readonly package: string; readonly versions: EvidenceSet }
  /** One of the constraints named, by their places among the lines, forbids each of the versions. */
  | {
      readonly rule: 'constrained';
      readonly lines: readonly number[];
      readonly package: string;
      readonly versions: EvidenceSet;
    }
  /** Follows by unit propagation from other steps. All of `in` and none of `out` can't be. */
  | {
      readonly rule: 'follows';
      readonly in: Readonly<Record<string, EvidenceSet>>;
      readonly out: Readonly<Record<string, EvidenceSet>>;
      readonly from: readonly number[];
    };
