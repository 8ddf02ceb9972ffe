export type {
  FileMetadata,
  Hashes,
  IndexFile,
  MaybePromise,
  MetadataAnswer,
  PackageSource,
  PassedOverFile,
  ProjectPage,
  ProjectStatus,
} from './package-source.ts';
export type {
  PackageSelection,
  PrereleaseMode,
  ResolutionMode,
  ResolveOptions,
  ResolveProgress,
  ResolveRequest,
} from './request.ts';
export type {
  Demand,
  Note,
  Origin,
  Plan,
  PlannedPackage,
  Refusal,
  Resolution,
  ResolvedRequirement,
  RootRequirement,
} from './resolution.ts';
export type { Target } from './target.ts';
