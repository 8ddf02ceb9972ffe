export { type DiskCache, diskCache, type IndexCache } from './cache/disk-cache.ts';
export {
  defaultHttpOptions,
  type HttpAnswer,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpStats,
  httpClient,
} from './http/client.ts';
export { type Clock, systemClock } from './http/clock.ts';
export { type HttpSource, type HttpSourceOptions, httpSource } from './source/http-source.ts';
export { snapshotSource } from './source/snapshot-source.ts';
