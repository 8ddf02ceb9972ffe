import {
  compareVersions,
  normalizeName,
  parseIndexRequirement,
  type Requirement,
  tryParseVersion,
} from '@pyplan/markers';
import { type Hashes, SourceError } from '@pyplan/resolver';
import {
  askService,
  isObject,
  type JsonObject,
  numberAt,
  objectAt,
  objectsAt,
  type ServiceOptions,
  textAt,
  textsAt,
} from './service.ts';

/** A requirement as the service gives it, and as it reads. */
export interface ApiRequirement {
  readonly text: string;
  /** Null where it is beyond repair. */
  readonly requirement: Requirement | null;
}

/** `info` of a project or release. Texts are null where they are empty. */
export interface ApiInfo {
  readonly name: string;
  readonly version: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly licenseExpression: string | null;
  readonly author: string | null;
  readonly maintainer: string | null;
  readonly homePage: string | null;
  readonly projectUrls: Readonly<Record<string, string>>;
  readonly keywords: string | null;
  readonly classifiers: readonly string[];
  readonly requiresPython: string | null;
  /** Null: the service does not know (it reads only what was uploaded with it); empty: there are none. */
  readonly requiresDist: readonly ApiRequirement[] | null;
  readonly providesExtra: readonly string[];
  /** Null: not yanked. Otherwise the reason, empty where none was given. */
  readonly yanked: string | null;
}

export interface ApiFile {
  readonly filename: string;
  readonly url: string;
  readonly packageType: string | null;
  readonly pythonVersion: string | null;
  readonly requiresPython: string | null;
  readonly size: number | null;
  readonly uploadTime: string | null;
  readonly hashes: Hashes;
  readonly yanked: string | null;
}

/** A known vulnerability of a release, as the OSV project records it. */
export interface ApiVulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string | null;
  readonly details: string | null;
  readonly fixedIn: readonly string[];
  readonly link: string | null;
  readonly source: string | null;
  /** When it was found to be none, else null. */
  readonly withdrawn: string | null;
}

/** Who may upload, where the service says so. */
export interface ApiOwnership {
  readonly organization: string | null;
  readonly roles: readonly { readonly role: string; readonly user: string }[];
}

export interface ApiRelease {
  readonly info: ApiInfo;
  /** Files of this release. */
  readonly urls: readonly ApiFile[];
  readonly vulnerabilities: readonly ApiVulnerability[];
  readonly ownership: ApiOwnership | null;
  readonly lastSerial: number | null;
}

export interface ApiProject extends ApiRelease {
  /** All versions, also those without files, by version as the service writes it. */
  readonly releases: ReadonlyMap<string, readonly ApiFile[]>;
}

export interface JsonApi {
  /** The latest release and the list of all; null where there is no such project. May lag minutes behind. */
  project(name: string, signal?: AbortSignal): Promise<ApiProject | null>;
  /** One release, fresher than `project` gives it; null where there is none. */
  release(name: string, version: string, signal?: AbortSignal): Promise<ApiRelease | null>;
  /** The release `newest`, which a page lists, where `project` does not know it yet; else its latest. */
  latest(name: string, newest: string | null, signal?: AbortSignal): Promise<ApiRelease | null>;
}

/** Minutes that the service's answers are cached on the way to here. */
const KEEP_FOR = 600_000;

/**
 * A client of the JSON API (`/pypi/<name>/json`, `/pypi/<name>/<version>/json`), which serves other data than
 * the Simple API.
 *
 * @param base what comes before `<name>/json`, with a slash at the end; see `jsonApiBase`.
 */
export function jsonApi(base: string, options: ServiceOptions): JsonApi {
  const ask = askService(options);
  const root = base.endsWith('/') ? base : `${base}/`;
  const release = async (name: string, version: string, signal?: AbortSignal): Promise<ApiRelease | null> => {
    const url = `${root}${encodeURIComponent(normalizeName(name))}/${encodeURIComponent(version)}/json`;
    const answer = await ask({ url, what: `release ${version} of ${name}`, keepFor: KEEP_FOR, signal });
    return answer === null ? null : readRelease(answer, url);
  };
  const project = async (name: string, signal?: AbortSignal): Promise<ApiProject | null> => {
    const url = `${root}${encodeURIComponent(normalizeName(name))}/json`;
    const answer = await ask({ url, what: `the project ${name}`, keepFor: KEEP_FOR, signal });
    if (answer === null) return null;
    const releases = Object.entries(objectAt(answer, 'releases')).map(
      ([version, files]) =>
        [version, Array.isArray(files) ? files.filter(isObject).map(readFile) : []] as const,
    );
    return { ...readRelease(answer, url), releases: new Map(releases) };
  };
  return {
    project,
    release,
    latest: async (name, newest, signal) => {
      const known = await project(name, signal);
      const wanted = newest === null ? null : tryParseVersion(newest);
      const version = known === null ? null : tryParseVersion(known.info.version);
      if (newest === null || wanted === null) return known;
      if (version !== null && compareVersions(version, wanted) >= 0) return known;
      return (await release(name, newest, signal)) ?? known;
    },
  };
}

/** The JSON API beside an index: `…/simple/` and `…/pypi/`; null where the index is not named so. */
export function jsonApiBase(indexUrl: string): string | null {
  const url = URL.parse(indexUrl);
  if (url === null) return null;
  const path = /^(.*\/)simple\/?$/.exec(url.pathname)?.[1];
  if (path === undefined) return null;
  url.pathname = `${path}pypi/`;
  url.hash = '';
  url.search = '';
  return url.href;
}

function readRelease(answer: JsonObject, url: string): ApiRelease {
  const info = objectAt(answer, 'info');
  const [name, version] = [textAt(info, 'name'), textAt(info, 'version')];
  if (name === null || version === null) {
    throw new SourceError(`${url}: expected \`info\` with a name and a version`, { kind: 'corrupt', url });
  }
  const ownership = answer['ownership'];
  return {
    info: readInfo(info, name, version),
    urls: objectsAt(answer, 'urls').map(readFile),
    vulnerabilities: objectsAt(answer, 'vulnerabilities').map(readVulnerability),
    ownership: isObject(ownership) ? readOwnership(ownership) : null,
    lastSerial: numberAt(answer, 'last_serial'),
  };
}

function readInfo(info: JsonObject, name: string, version: string): ApiInfo {
  const urls = Object.entries(objectAt(info, 'project_urls')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    name,
    version,
    summary: textAt(info, 'summary'),
    description: textAt(info, 'description'),
    license: textAt(info, 'license'),
    licenseExpression: textAt(info, 'license_expression'),
    author: textAt(info, 'author') ?? textAt(info, 'author_email'),
    maintainer: textAt(info, 'maintainer') ?? textAt(info, 'maintainer_email'),
    homePage: textAt(info, 'home_page'),
    projectUrls: Object.fromEntries(urls),
    keywords: textAt(info, 'keywords'),
    classifiers: textsAt(info, 'classifiers'),
    requiresPython: textAt(info, 'requires_python'),
    requiresDist: Array.isArray(info['requires_dist'])
      ? textsAt(info, 'requires_dist').map(readRequirement)
      : null,
    providesExtra: textsAt(info, 'provides_extra'),
    yanked: yanked(info),
  };
}

function readRequirement(text: string): ApiRequirement {
  try {
    return { text, requirement: parseIndexRequirement(text).requirement };
  } catch {
    return { text, requirement: null };
  }
}

function readFile(file: JsonObject): ApiFile {
  const digests = Object.entries(objectAt(file, 'digests')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    filename: textAt(file, 'filename') ?? '',
    url: textAt(file, 'url') ?? '',
    packageType: textAt(file, 'packagetype'),
    pythonVersion: textAt(file, 'python_version'),
    requiresPython: textAt(file, 'requires_python'),
    size: numberAt(file, 'size'),
    uploadTime: textAt(file, 'upload_time_iso_8601') ?? textAt(file, 'upload_time'),
    hashes: Object.fromEntries(digests),
    yanked: yanked(file),
  };
}

function yanked(of: JsonObject): string | null {
  return of['yanked'] === true ? (textAt(of, 'yanked_reason') ?? '') : null;
}

function readVulnerability(of: JsonObject): ApiVulnerability {
  return {
    id: textAt(of, 'id') ?? '',
    aliases: textsAt(of, 'aliases'),
    summary: textAt(of, 'summary'),
    details: textAt(of, 'details'),
    fixedIn: textsAt(of, 'fixed_in'),
    link: textAt(of, 'link'),
    source: textAt(of, 'source'),
    withdrawn: textAt(of, 'withdrawn'),
  };
}

function readOwnership(of: JsonObject): ApiOwnership {
  return {
    organization: textAt(of, 'organization'),
    roles: objectsAt(of, 'roles').map((role) => ({
      role: textAt(role, 'role') ?? '',
      user: textAt(role, 'user') ?? '',
    })),
  };
}
