export {
  type CredentialStore,
  type CredentialStoreOptions,
  type Credentials,
  credentialStore,
  type ScopedCredentials,
} from './auth/credentials.ts';
export { askKeyring, type RunKeyring, runKeyring } from './auth/keyring.ts';
export { type Netrc, NetrcError, parseNetrc } from './auth/netrc.ts';
export { type DiskCache, diskCache, type IndexCache } from './cache/disk-cache.ts';
export { type CacheInfo, cacheInfo, cleanCache, pruneCache, type Removed } from './cache/maintenance.ts';
export {
  defaultHttpOptions,
  type HttpAnswer,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpStats,
  httpClient,
} from './http/client.ts';
export { clientFetch } from './http/client-fetch.ts';
export { type Clock, systemClock } from './http/clock.ts';
export { type ProxySettings, proxySettings } from './http/proxy.ts';
export type { TlsSettings } from './http/transport.ts';
export { withoutCredentials } from './http/url.ts';
export {
  type ApiFile,
  type ApiInfo,
  type ApiOwnership,
  type ApiProject,
  type ApiRelease,
  type ApiRequirement,
  type ApiVulnerability,
  type JsonApi,
  jsonApi,
  jsonApiBase,
} from './services/json-api.ts';
export {
  type Attestation,
  type AttestationBundle,
  type AttestationStatement,
  type Provenance,
  type ProvenanceClient,
  type Publisher,
  provenanceClient,
  readProvenance,
} from './services/provenance.ts';
export type { ServiceOptions } from './services/service.ts';
export {
  type DailyDownloads,
  type DownloadBreakdown,
  type RecentDownloads,
  type Statistics,
  statistics,
} from './services/statistics.ts';
export { defaultIndexUrl } from './settings/default-index.ts';
export {
  type IndexSetting,
  type IndexSettings,
  type IndexStrategy,
  mergeSettings,
  noSettings,
  type PartialSettings,
  SettingsError,
  simpleIndex,
} from './settings/index-settings.ts';
export type { Places } from './settings/pip-config.ts';
export { readSettings, readSettingsFrom, readUvTables, type UvTable } from './settings/read-settings.ts';
export { type Environment, namedIndex } from './settings/variables.ts';
export { projectNames } from './simple/project-list.ts';
export {
  type CreateSnapshotOptions,
  createSnapshot,
  type SnapshotReport,
} from './snapshot/create-snapshot.ts';
export { type ServeOptions, type SnapshotServer, serveSnapshot } from './snapshot/serve-snapshot.ts';
export { type SnapshotUpdate, snapshotRequest, updateSnapshot } from './snapshot/update-snapshot.ts';
export { type SnapshotFinding, type SnapshotVerdict, verifySnapshot } from './snapshot/verify-snapshot.ts';
export { directPage } from './source/direct-reference.ts';
export { type HttpSource, type HttpSourceOptions, httpSource } from './source/http-source.ts';
export { type FindLinksOptions, findLinksSource } from './source/local/find-links-source.ts';
export { type IndexesSource, type OpenIndexesOptions, openIndexes } from './source/open-indexes.ts';
export { type IndexEntry, type SeveralIndexesOptions, severalIndexes } from './source/several-indexes.ts';
export { snapshotSource } from './source/snapshot-source.ts';
