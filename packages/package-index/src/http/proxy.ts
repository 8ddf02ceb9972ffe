/** Which proxy to go through; URLs may hold credentials for the proxy itself. */
export interface ProxySettings {
  /** For URLs of that scheme; null for none. */
  readonly http: string | null;
  readonly https: string | null;
  /** Hosts to reach without one. */
  readonly except: readonly string[];
  readonly any: boolean;
}

/** Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, lower case first, as curl and pip do. */
export function proxySettings(environment: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string): string | null => {
    const value = environment[name.toLowerCase()] ?? environment[name];
    return value === undefined || value === '' ? null : value;
  };
  const all = read('ALL_PROXY');
  // Upper-case HTTP_PROXY may come from a header where this runs under CGI (httpoxy).
  const { REQUEST_METHOD: underCgi, http_proxy: lowerCase } = environment;
  const plain = underCgi === undefined ? read('HTTP_PROXY') : (lowerCase ?? null);
  const http = withScheme(plain ?? all);
  const https = withScheme(read('HTTPS_PROXY') ?? all);
  const except = (read('NO_PROXY') ?? '').split(/[\s,]+/).filter((part) => part !== '');
  return { http, https, except, any: http !== null || https !== null };
}

/** No proxy at all. */
export const noProxy: ProxySettings = { http: null, https: null, except: [], any: false };

function withScheme(proxy: string | null): string | null {
  return proxy === null || proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** The proxy for a URL; null to go straight. */
export function proxyFor(url: URL, settings: ProxySettings): string | null {
  const proxy = url.protocol === 'https:' ? settings.https : settings.http;
  if (proxy === null) return null;
  return settings.except.some((pattern) => isExcepted(url, pattern.toLowerCase())) ? null : proxy;
}

/** `host`, `.domain`, `*.domain`, `host:port` or `*`: a domain covers what is below it. */
function isExcepted(url: URL, pattern: string): boolean {
  if (pattern === '*') return true;
  const [, name = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(pattern) ?? [];
  const own = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (port !== '' && port !== own) return false;
  const domain = name.replace(/^\*?\./, '');
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
}
