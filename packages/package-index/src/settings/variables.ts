import type { ScopedCredentials } from '../auth/credentials.ts';
import { type IndexSetting, indexStrategy, type PartialSettings, simpleIndex } from './index-settings.ts';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the `UV_*` variables that concern indexes. */
export function uvVariables(environment: Environment): PartialSettings {
  const read = reader(environment);
  const defaultUrl = read('UV_DEFAULT_INDEX') ?? read('UV_INDEX_URL');
  const strategy = read('UV_INDEX_STRATEGY');
  const keyring = read('UV_KEYRING_PROVIDER');
  const client = read('SSL_CLIENT_CERT');
  const authority = read('SSL_CERT_FILE');
  const indexes = [
    ...words(read('UV_INDEX')).map(namedIndex),
    ...words(read('UV_EXTRA_INDEX_URL')).map((url) => simpleIndex(url)),
  ];
  return {
    ...(defaultUrl === null ? {} : { defaultIndex: namedIndex(defaultUrl) }),
    indexes,
    noIndex: isTrue(read('UV_NO_INDEX')),
    insecureHosts: words(read('UV_INSECURE_HOST')),
    findLinks: (read('UV_FIND_LINKS') ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
    ...(strategy === null ? {} : { strategy: indexStrategy(strategy, 'UV_INDEX_STRATEGY') }),
    ...(keyring === null ? {} : { keyring: keyring === 'subprocess' }),
    ...(authority === null ? {} : { caFile: authority }),
    ...(client === null ? {} : { clientCertFile: client }),
  };
}

/** Reads the `PIP_*` variables that concern indexes. */
export function pipVariables(environment: Environment): PartialSettings {
  const read = reader(environment);
  const url = read('PIP_INDEX_URL');
  const provider = read('PIP_KEYRING_PROVIDER');
  const authority = read('PIP_CERT') ?? read('REQUESTS_CA_BUNDLE') ?? read('CURL_CA_BUNDLE');
  const client = read('PIP_CLIENT_CERT');
  const proxy = read('PIP_PROXY');
  return {
    ...(url === null ? {} : { defaultIndex: simpleIndex(url) }),
    indexes: words(read('PIP_EXTRA_INDEX_URL')).map((extra) => simpleIndex(extra)),
    noIndex: isTrue(read('PIP_NO_INDEX')),
    findLinks: words(read('PIP_FIND_LINKS')),
    insecureHosts: words(read('PIP_TRUSTED_HOST')),
    ...(provider === null ? {} : { keyring: provider === 'subprocess' }),
    ...(authority === null ? {} : { caFile: authority }),
    ...(client === null ? {} : { clientCertFile: client }),
    ...(proxy === null ? {} : { proxy }),
  };
}

/** `UV_INDEX_<NAME>_USERNAME` and `_PASSWORD`, for the indexes that have a name. */
export function indexCredentials(
  indexes: readonly IndexSetting[],
  environment: Environment,
): readonly ScopedCredentials[] {
  const read = reader(environment);
  return indexes.flatMap((index) => {
    if (index.name === null) return [];
    const prefix = `UV_INDEX_${index.name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    const username = read(`${prefix}_USERNAME`);
    const password = read(`${prefix}_PASSWORD`);
    if (username === null && password === null) return [];
    const credentials = { kind: 'basic' as const, username: username ?? '', password: password ?? '' };
    return [{ url: index.url, credentials }];
  });
}

/** `name=url`, or a URL alone. */
export function namedIndex(text: string): IndexSetting {
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)$/.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined
    ? simpleIndex(match[2], match[1])
    : simpleIndex(text);
}

function reader(environment: Environment): (name: string) => string | null {
  return (name) => {
    const value = environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
}

export function words(text: string | null): readonly string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

export function isTrue(text: string | null): boolean {
  return text !== null && /^(1|y|yes|t|true|on)$/i.test(text);
}
