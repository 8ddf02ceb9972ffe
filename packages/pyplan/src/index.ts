export { type HttpSource, type HttpSourceOptions, httpSource, snapshotSource } from '@pyplan/package-index';
export {
  BudgetError,
  type CoolDown,
  type Demand,
  defaultOptions,
  InvalidTargetError,
  memorySource,
  type Note,
  newestPython,
  type Origin,
  type PackageSource,
  type Plan,
  type PlannedPackage,
  type Refusal,
  type ReportedTarget,
  type Resolution,
  type ResolveOptions,
  type ResolveProgress,
  type RootRequirement,
  SourceError,
  type Target,
  target,
  type UniversalLock,
  type UniversalPackage,
  type UniversalResolution,
  type UploadLimit,
} from '@pyplan/resolver';
export { InputError, type InputPlace } from './input/input-error.ts';
export type { InputFiles } from './input/input-files.ts';
export { type InstalledPackage, readInstalled } from './input/locked/installed.ts';
export { readInterpreterReport } from './input/locked/interpreter-report.ts';
export { parseExcludeNewer } from './input/options/exclude-newer.ts';
export { type SelectedPart, selectedPart } from './input/project/selected-part.ts';
export { type InputRequest, type Inputs, readInputs } from './input/read-inputs.ts';
export { formatComparison } from './render/comparison-text.ts';
export { formatNewestPython } from './render/newest-python-text.ts';
export { formatPlanChanges } from './render/plan-changes-text.ts';
export { formatChanges, formatPlan, type Layout } from './render/plan-text.ts';
export { formatBytes, formatDownload } from './render/quantities.ts';
export { plainStyle, type Style } from './render/style.ts';
export { formatTree, formatWhy } from './render/tree-text.ts';
export type { PlanRequest, SharedRequest } from './request.ts';
export type { ChangedPackage, Changes } from './verbs/changes.ts';
export { changesOf } from './verbs/changes.ts';
export { type CompareResult, compare } from './verbs/comparing/compare.ts';
export {
  type ChangedTarget,
  type ChangedVersion,
  type ChangesResult,
  compareRequests,
  type PlanChange,
  type PlanChanges,
} from './verbs/comparing/compare-two.ts';
export {
  type ComparedDifference,
  type ComparedFile,
  type ComparedPackage,
  type ComparedTarget,
  type Comparison,
  comparePlans,
  type RefusedSide,
  type TargetResult,
  type ToldCause,
} from './verbs/comparing/comparison.ts';
export {
  type BlockedPython,
  type NewestPython,
  type NewestPythonRequest,
  type NewestPythonResult,
  newestPythonFor,
} from './verbs/comparing/newest-python.ts';
export { planTree, type TreeNode, type WhyEdge, type WhyNode, whyTree } from './verbs/demand-tree.ts';
export { type Download, downloadOf } from './verbs/download.ts';
export { type EvidenceOptions, evidence, evidenceOfUniverse } from './verbs/evidence.ts';
export { lock } from './verbs/lock.ts';
export { lockUniversal, type UniverseRequest } from './verbs/lock-universal.ts';
export { type InstallPlan, type InstallPlans, type InstallRequest, plan } from './verbs/plan.ts';
export { type LockedPlanOptions, planLocked } from './verbs/plan-locked.ts';
export { type ProjectInfo, projectInfo, type ReleaseInfo } from './verbs/project-info.ts';
export { type ApartAnswers, resolveApart } from './verbs/resolve-apart.ts';
