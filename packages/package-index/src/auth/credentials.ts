import type { MaybePromise } from '@pyplan/resolver';
import { withoutCredentials } from '../http/url.ts';

/** What proves to a server who asks. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** Credentials for a URL and what lies beside it on the same host. */
export interface ScopedCredentials {
  /** Without credentials. */
  readonly url: string;
  readonly credentials: Credentials;
}

/** Who may be told what. */
export interface CredentialStore {
  /** For a request; null to send none. Only what is meant for the scheme, host and port of `url`. */
  find(url: URL): Credentials | null;
  /** After a 401: a last place to look, such as a keyring; null where there is none. */
  ask(url: URL): MaybePromise<Credentials | null>;
  /** Takes the user name and password out of a URL and keeps them for its host; gives the URL without. */
  take(url: string): string;
}

export interface CredentialStoreOptions {
  readonly known?: readonly ScopedCredentials[];
  /** By host, whatever the scheme and port, as a netrc file has it. */
  readonly netrc?: (host: string) => Credentials | null;
  /** For a URL and perhaps a user name, when an index has said 401. */
  readonly keyring?: (url: URL, username: string | null) => Promise<Credentials | null>;
}

/** Credentials from URLs and the given places. */
export function credentialStore(options: CredentialStoreOptions = {}): CredentialStore {
  const byOrigin = new Map<string, ScopedCredentials[]>();
  const asked = new Map<string, Promise<Credentials | null>>();
  const keep = (scoped: ScopedCredentials): void => {
    const { origin } = new URL(scoped.url);
    byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), scoped]);
  };
  for (const { url, credentials } of options.known ?? []) keep({ url: withoutCredentials(url), credentials });
  const closest = (url: URL): Credentials | null => closestTo(url, byOrigin.get(url.origin) ?? []);
  return {
    find: (url) => {
      const known = closest(url);
      if (known !== null && !isHalf(known)) return known;
      return options.netrc?.(url.hostname) ?? known;
    },
    ask: (url) => {
      if (options.keyring === undefined) return null;
      const known = closest(url);
      const username = known?.kind === 'basic' && known.username !== '' ? known.username : null;
      let answer = asked.get(url.origin);
      if (answer === undefined) {
        answer = options.keyring(url, username);
        asked.set(url.origin, answer);
      }
      return answer.then((credentials) => {
        if (credentials !== null) byOrigin.set(url.origin, [{ url: `${url.origin}/`, credentials }]);
        return credentials;
      });
    },
    take: (given) => {
      const url = URL.parse(given);
      if (url === null || (url.username === '' && url.password === '')) return given;
      const credentials: Credentials = {
        kind: 'basic',
        username: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
      };
      url.username = '';
      url.password = '';
      keep({ url: url.href, credentials });
      return url.href;
    },
  };
}

/** A user name that waits for its password. */
function isHalf(credentials: Credentials): boolean {
  return credentials.kind === 'basic' && credentials.password === '';
}

/** Of several on one host, those whose path shares the most leading segments. */
function closestTo(url: URL, scoped: readonly ScopedCredentials[]): Credentials | null {
  let best: Credentials | null = null;
  let most = -1;
  for (const { url: scope, credentials } of scoped) {
    const shared = sharedSegments(url.pathname, new URL(scope).pathname);
    if (shared > most) {
      most = shared;
      best = credentials;
    }
  }
  return best;
}

function sharedSegments(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let count = 0;
  while (count < left.length && count < right.length && left[count] === right[count]) count++;
  return count;
}

/** The value of an Authorization header (RFC 7617, RFC 6750). */
export function authorization(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'basic':
      return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
    case 'bearer':
      return `Bearer ${credentials.token}`;
  }
}
