import type {
  ApiRelease,
  ApiVulnerability,
  JsonApi,
  RecentDownloads,
  Statistics,
} from '@pyplan/package-index';
import { SourceError } from '@pyplan/resolver';

/** What services beside the index say of a project. */
export interface ProjectServices {
  readonly summary: string | null;
  /** Of the release looked at, withdrawn ones left out; null where no service tells. */
  readonly vulnerabilities: readonly ApiVulnerability[] | null;
  readonly downloads: RecentDownloads | null;
  /** What could not be asked, and why. */
  readonly unavailable: readonly string[];
}

/**
 * Asks the services for a release, the newest or another. One that is not there, or fails, is told of and no more: the index has
 * answered already.
 */
export async function projectServices(
  services: { readonly api: JsonApi | null; readonly statistics: Statistics | null },
  name: string,
  release: { readonly version: string | null; readonly isNewest: boolean },
  signal?: AbortSignal,
): Promise<ProjectServices> {
  const unavailable: string[] = [];
  const softly = async <T>(what: string, ask: () => Promise<T | null>): Promise<T | null> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      unavailable.push(`${what}: ${error.message}`);
      return null;
    }
  };
  const { api, statistics } = services;
  const { version, isNewest } = release;
  const ask = async (known: JsonApi): Promise<ApiRelease | null> =>
    isNewest || version === null
      ? known.latest(name, version, signal)
      : ((await known.release(name, version, signal)) ?? known.project(name, signal));
  const [told, downloads] = await Promise.all([
    api === null ? null : softly('the JSON API', () => ask(api)),
    statistics === null ? null : softly('the statistics', () => statistics.recent(name, signal)),
  ]);
  const isOfThis = told !== null && (version === null || told.info.version === version);
  return {
    summary: told?.info.summary ?? null,
    vulnerabilities: isOfThis ? told.vulnerabilities.filter(({ withdrawn }) => withdrawn === null) : null,
    downloads,
    unavailable,
  };
}
