export { LockFormatError, LockSelectError, LockWriteError } from './errors.ts';
export { type CyclonedxOptions, writeCyclonedx } from './export/cyclonedx.ts';
export { writeLockJson } from './export/lock-json.ts';
export { type PipReportOptions, writePipReport } from './export/pip-report.ts';
export { purl } from './export/purl.ts';
export { type WrittenFile, writeFileAtomically } from './file/write-file-atomically.ts';
export { lockPlans } from './from-plans.ts';
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
export { formatPylock } from './pylock/format-pylock.ts';
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
export { toPylock } from './pylock/to-pylock.ts';
export { type PylockOptions, writePylock } from './pylock/write-pylock.ts';
export { readCondaList, readPipList } from './read/installed-lists.ts';
export { readPdmLock } from './read/pdm-lock.ts';
export { readPipfileLock } from './read/pipfile-lock.ts';
export { readPoetryLock } from './read/poetry-lock.ts';
export { readUvLock } from './read/uv-lock.ts';
export { formatRequirements, type RequirementsOptions } from './requirements/format-requirements.ts';
export { writeRequirements } from './requirements/write-requirements.ts';
