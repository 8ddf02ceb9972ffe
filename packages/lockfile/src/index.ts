export { conflictText, partText } from './apart/conflicts-table.ts';
export { type ApartParts, lockPlansApart, lockUniversalApart } from './apart/lock-apart.ts';
export {
  conflictOf,
  type PartConflict,
  partKey,
  type Selection,
  type Selections,
  selectionsOf,
  TooManySelectionsError,
} from './apart/selections.ts';
export {
  type ChangeKind,
  type ChangeSide,
  diffLocks,
  type LockChange,
  type LockDiff,
} from './diff/diff-locks.ts';
export { type DiffTextOptions, diffJson, diffMarkdown, diffText } from './diff/format-diff.ts';
export type { ChangeReason } from './diff/reasons.ts';
export { LockFormatError, LockSelectError, LockWriteError } from './errors.ts';
export {
  type CheckedTarget,
  checkEvidence,
  type EvidenceCheck,
  type EvidenceCheckOptions,
} from './evidence/check-evidence.ts';
export { readEvidence } from './evidence/read-evidence.ts';
export { type CyclonedxOptions, writeCyclonedx } from './export/cyclonedx.ts';
export { writeLockJson, writeUniversalJson } from './export/lock-json.ts';
export { type PipReportOptions, writePipReport } from './export/pip-report.ts';
export { noSolutionJson, refusalJson } from './export/refusal-json.ts';
export { type WrittenFile, writeFileAtomically } from './file/write-file-atomically.ts';
export { fillFromIndex } from './fill-from-index.ts';
export { lockPlans } from './from-plans.ts';
export { lockUniversal } from './from-universal.ts';
export { inputsDigest, type LockInputs } from './inputs-digest.ts';
export type {
  LockedDependency,
  LockedFile,
  LockedLocation,
  LockedPackage,
  LockedSet,
  LockedSource,
  LockedTarget,
  LockFormat,
} from './locked-set.ts';
export { preferencesOf, type Upgrades, upgradeConstraints } from './preferences.ts';
export type { ProjectPart } from './project-parts.ts';
export { formatPylock } from './pylock/format-pylock.ts';
export { fromPylock, readPylock } from './pylock/from-pylock.ts';
export { parsePylock, pylockWarnings } from './pylock/parse-pylock.ts';
export {
  isPylockName,
  type Pylock,
  type PylockArchive,
  type PylockDirectory,
  type PylockFile,
  type PylockPackage,
  type PylockVcs,
} from './pylock/pylock.ts';
export { type PylockSelection, type SelectedPackage, selectFromPylock } from './pylock/select-pylock.ts';
export { type ToPylockOptions, toPylock } from './pylock/to-pylock.ts';
export { type PylockOptions, writePylock } from './pylock/write-pylock.ts';
export { readCondaList, readPipList } from './read/installed-lists.ts';
export type { LockPart } from './read/part-markers.ts';
export { readPdmLock } from './read/pdm-lock.ts';
export { readPipfileLock } from './read/pipfile-lock.ts';
export { readPoetryLock } from './read/poetry-lock.ts';
export { lockFormat, type ReadableFormat, readLock } from './read/read-lock.ts';
export { readUvLock } from './read/uv-lock.ts';
export { formatRequirements, type RequirementsOptions } from './requirements/format-requirements.ts';
export { keepComments } from './requirements/keep-comments.ts';
export { readRequirementsLock } from './requirements/read-requirements.ts';
export { writeRequirements } from './requirements/write-requirements.ts';
export type { PartNames, VerifyInputs } from './verify/against-inputs.ts';
export { type Finding, type FindingRule, ruleQuestions } from './verify/finding.ts';
export { type VerifyOptions, verifyLock } from './verify/verify-lock.ts';
