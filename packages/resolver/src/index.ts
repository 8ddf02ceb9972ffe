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
export { newestPython, releasedPythons, type Target, target, targetName } from './target/target.ts';
export { BudgetError, InvalidTargetError, SourceError, type SourceFailure } from './errors.ts';
export { memorySource, type MemoryStatuses, type MemoryVersion, type MemoryWorld } from './memory-source.ts';
export { projectPage, type ProjectPageInput } from './project-page.ts';
export { defaultOptions, resolve } from './resolve.ts';
