export {
  type DistributionFilename,
  distributionFilenameReader,
  tryParseDistributionFilename,
} from './filename/distribution-filename.ts';
export {
  InvalidSdistFilenameError,
  parseSdistFilename,
  type SdistFilename,
  type SdistFormat,
} from './filename/sdist-filename.ts';
export {
  type BuildTag,
  InvalidWheelFilenameError,
  parseWheelFilename,
  type VersionParser,
  type WheelFilename,
  wheelTags,
} from './filename/wheel-filename.ts';
export { type Claim, type Collision, collisionsOf } from './inspect/collisions.ts';
export type { Finding, FindingKind } from './inspect/finding.ts';
export type { InstalledFile, WheelInspection } from './inspect/inspect-members.ts';
export { inspectRemoteWheel, inspectWheel, type RemoteInspection } from './inspect/inspect-wheel.ts';
export type { Scheme } from './inspect/install-path.ts';
export type { Script, ShebangKind } from './inspect/scripts.ts';
export type { StartupHook } from './inspect/startup.ts';
export { type MetadataField, type RawField, rawFields } from './metadata/fields.ts';
export { type Metadata, parseMetadata } from './metadata/metadata.ts';
export { type ResolutionMetadata, readResolutionMetadata } from './metadata/resolution-metadata.ts';
export { isStaticProject, isStaticSdist, type StaticSdist } from './metadata/static-sdist.ts';
export {
  InvalidLicenseExpressionError,
  normalizeLicenseExpression,
} from './metadata/validation/license-expression.ts';
export { type MetadataProblem, validateMetadata } from './metadata/validation/validate-metadata.ts';
export {
  type Fetch,
  type HttpRequest,
  type HttpResponse,
  RemoteArchiveError,
  type RemoteErrorKind,
} from './remote/http.ts';
export {
  type RemoteMembers,
  type RemoteMetadata,
  readRemoteMember,
  readRemoteMembers,
  readRemoteMetadata,
} from './remote/remote-zip.ts';
export type { HabitMemory, ServerHabit } from './remote/server-habit.ts';
export type { RemoteOptions, TransferReport, TransferRoute } from './remote/transfer.ts';
export { type RemoteSdistMetadata, readRemoteSdist, readSdist } from './sdist/read-sdist.ts';
export type { SdistMetadata } from './sdist/sdist-members.ts';
export { bestWheel, compareBuildTags, wheelRank } from './tags/best-wheel.ts';
export { type TagSet, tagRank, tagStrings, tagsFor } from './tags/tag-set.ts';
export {
  InvalidTagTargetError,
  type PlatformKind,
  type TagPlatform,
  type TagTarget,
} from './tags/tag-target.ts';
export { checkedMetadata, distInfoOf, filenameOfUrl, type Identity, identityOf } from './wheel/dist-info.ts';
export { type EntryPoint, parseEntryPoints, parseTopLevel } from './wheel/entry-points.ts';
export {
  type LocalMetadata,
  readWheelMetadata,
  readZipDirectory,
  readZipMember,
} from './wheel/read-wheel.ts';
export { InvalidRecordError, parseRecord, type RecordEntry, type RecordHash } from './wheel/record.ts';
export { InvalidWheelFileError, parseWheelFile, type WheelFile } from './wheel/wheel-file.ts';
export { BadArchiveError, type BadArchiveKind } from './zip/bad-archive-error.ts';
export type { ZipDirectory, ZipEntry } from './zip/central-directory.ts';
export { type ArchiveLimits, defaultLimits } from './zip/limits.ts';
