export { durationText, uploadBound } from './candidate/upload-limit.ts';
export type {
  AskingCause,
  Difference,
  DifferenceCause,
  DifferenceKind,
  VersionCause,
} from './difference/difference.ts';
export { differencesOf } from './difference/differences.ts';
export type { ComparedSide } from './difference/side.ts';
export {
  BudgetError,
  InvalidTargetError,
  type SearchEffort,
  SourceError,
  type SourceFailure,
} from './errors.ts';
export type {
  ApartEvidence,
  Evidence,
  EvidenceExclusion,
  EvidenceFile,
  EvidenceInputs,
  EvidenceLine,
  EvidenceOverride,
  EvidencePackage,
  EvidencePlan,
  EvidenceProject,
  EvidenceReason,
  EvidenceRefusal,
  EvidenceScope,
  EvidenceSelection,
  EvidenceSet,
  EvidenceStep,
  EvidenceTarget,
} from './evidence/document.ts';
export { type EvidenceOptions, evidenceOf, evidenceOfUniverse } from './evidence/evidence-of.ts';
export { formatEvidence } from './evidence/format-evidence.ts';
export type { NearMiss, NearMissKind } from './explanation/near-misses/near-misses.ts';
export type { DerivationStep, Reason } from './explanation/reason.ts';
export { type MemoryStatuses, type MemoryVersion, type MemoryWorld, memorySource } from './memory-source.ts';
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
export { type ProjectPageInput, projectPage } from './project-page.ts';
export type { Repair } from './repair/repair.ts';
export type {
  CoolDown,
  PackageSelection,
  PrereleaseMode,
  ResolutionMode,
  ResolveOptions,
  ResolveProgress,
  ResolveRequest,
  ScopedExcludes,
  UniversalRequest,
  UploadLimit,
} from './request.ts';
export type {
  Demand,
  Note,
  Origin,
  Plan,
  PlannedPackage,
  Refusal,
  RequirementScope,
  Resolution,
  ResolvedRequirement,
  RootRequirement,
  Uncovered,
  UniversalLock,
  UniversalPackage,
  UniversalResolution,
} from './resolution.ts';
export { defaultOptions, resolve, resolveUniversal } from './resolve.ts';
export { type ReportedTarget, reportedTarget } from './target/reported-target.ts';
export { newestPython, releasedPythons, type Target, target, targetName } from './target/target.ts';
export { projectionFaults } from './universe/check-lock.ts';
export { universalPlatforms } from './universe/region.ts';
export { inScope } from './world/scopes.ts';
